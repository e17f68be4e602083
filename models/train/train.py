"""Trains the model: python train.py CALLS OUT --steps N [--resume WEIGHTS] [--decay-from STEP]

Writes OUT/weights.pkl every 250 steps; a line of losses on the standard output every 25.
"""

import argparse
import json
import pathlib
import pickle
import random
import time
from concurrent.futures import ThreadPoolExecutor

import jax
import jax.numpy as jnp
import numpy as np
import optax

import network
import read_model
from corpus import Corpus
from features import RATE, log_mel, scaled
from tokens import END_OF_TEXT, N_TIMES, NO_SPEECH, N_VOCABULARY, SECONDS_PER_TIME, START, encoding, time_number

# Encoder frames (20 ms) and decoder tokens that a batch has room for, and how many clips: about 50 s of sound. Only the last
# is a whole window.
SIZES = [(100, 24, 24), (250, 48, 10), (500, 90, 5), (1000, 165, 3), (network.N_AUDIO_CONTEXT, 230, 2)]

# A clip from the middle of a window begins with about the token that this many a second would have brought it to.
TOKENS_PER_SECOND = (3.0, 8.0)
FRAME = SECONDS_PER_TIME


class Calls:
    """Calls from the shards of speech.py; a clip is a run of segments of one call."""

    def __init__(self, folder):
        self.folder, self.read, self.calls = pathlib.Path(folder), set(), []
        self.read_new()

    def read_new(self):
        """Shards that came since: speech.py may still be at work."""
        for path in sorted(self.folder.glob("calls-*[0-9].npz")):
            if path not in self.read:
                self.read.add(path)
                self._add(path)

    def _add(self, path):
        shard = np.load(path)
        samples, starts, segments = shard["samples"], shard["starts"], json.loads(str(shard["segments"]))
        for start, end, said in zip(starts[:-1], starts[1:], segments):
            self.calls.append((samples[start:end], said))

    def clip(self, random, longest):
        """Samples of at most `longest` seconds and the segments in them, cut in pauses."""
        while True:
            samples, said = random.choice(self.calls)
            if not said:
                continue
            first = random.randrange(len(said))
            start = random.uniform(said[first - 1][1] if first else 0.0, said[first][0])
            last = first
            while last + 1 < len(said) and said[last + 1][1] - start < longest and random.random() < 0.93:
                last += 1
            if said[last][1] - start >= longest:
                continue
            limit = said[last + 1][0] if last + 1 < len(said) else len(samples) / RATE
            end = min(start + longest, random.uniform(said[last][1], limit))
            cut = samples[int(start * RATE) : int(end * RATE)]
            return cut, [moved(segment, -start) for segment in said[first : last + 1]]


def moved(segment, by):
    start, end, text, words, sounds = segment
    words = [(word_start + by, word_end + by) for word_start, word_end in words]
    return start + by, end + by, text, words, [(time + by, name) for time, name in sounds]


class Vocabulary:
    """The rows of the network's embedding: tokens of the corpus, times, the rest; and the sounds, silence first."""

    def __init__(self, seed, calls):
        encode, corpus = encoding().encode, Corpus(random.Random(seed))
        # So many that no piece of a word of the lists is left out.
        texts = {clause for _ in range(30_000) for clause in corpus.clauses()} | {"um", "uh", "er"}
        found = {token for text in texts for token in encode(" " + text)}
        self.used = sorted(found | {END_OF_TEXT, START, NO_SPEECH})
        self.row = {token: row for row, token in enumerate(self.used)}
        self.encode = encode
        names = {name for _, said in calls for segment in said for _, name in segment[4]}
        self.sounds = {name: number for number, name in enumerate(["_", *sorted(names - {"_"})])}

    def __len__(self):
        return len(self.used)

    def time(self, seconds):
        return len(self.used) + time_number(seconds)

    def rows(self, segments, begin):
        """What the decoder is given, what it is to say, and where that is said: first and last second of the clip.

        `begin`: the second of a window that the clip begins with.
        """
        if not segments:
            return [self.row[START], self.time(0)], [self.row[NO_SPEECH], self.row[END_OF_TEXT]], [None, None]
        rows, heard = [self.row[START]], []
        for start, end, text, words, _ in segments:
            rows.append(self.time(begin + start))
            heard.append((start - 0.1, start + 0.2))
            for word, interval in zip(text.split(" "), words):
                pieces = [self.row[token] for token in self.encode(" " + word) if token in self.row]
                rows += pieces
                heard += [interval] * len(pieces)
            rows.append(self.time(begin + end))
            heard.append((end - 0.2, end + 0.1))
        return rows, rows[1:] + [self.row[END_OF_TEXT]], heard + [None]

    def words_in(self, segments, n_frames):
        """The row of the token in each frame, pieces of a word one after the other; -1 where nothing is said."""
        frames = np.full(n_frames, -1, np.int32)
        for _, _, text, words, _ in segments:
            for word, (start, end) in zip(text.split(" "), words):
                pieces = [self.row[token] for token in self.encode(" " + word) if token in self.row]
                for index, piece in enumerate(pieces):
                    first, last = (start + (end - start) * part / len(pieces) for part in (index, index + 1))
                    frames[max(0, round(first / FRAME)) : max(0, round(last / FRAME))] = piece
        return frames

    def sounds_in(self, segments, n_frames):
        """The sound in each frame."""
        frames = np.zeros(n_frames, np.int32)
        for start, end, _, _, sounds in segments:
            times = [time for time, _ in sounds[1:]] + [end]
            for (time, name), until in zip(sounds, times):
                frames[max(0, round(time / FRAME)) : max(0, round(min(until, end) / FRAME))] = self.sounds.get(name, 0)
        return frames


def batch(calls, vocabulary, seed, shares, scale, wrong, middle):
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    n_frames, n_tokens, n_clips = rng.choices(SIZES, shares)[0]
    n_clips = max(1, round(n_clips * scale))
    seconds = n_frames * SECONDS_PER_TIME
    mels = np.zeros((n_clips, 2 * n_frames, network.BANDS), np.float32)
    given = np.zeros((n_clips, n_tokens), np.int32)
    wanted = np.full((n_clips, n_tokens), -1, np.int32)
    sounds, words = np.zeros((2, n_clips, n_frames), np.int32)
    # Where the word to come is said; everywhere where that is not known.
    heard = np.zeros((n_clips, n_tokens, 2), np.int32)
    heard[..., 1] = n_frames
    # Which frame of a window and which token of its text each clip begins with.
    begins = np.zeros((n_clips, 2), np.int32)
    for clip in range(n_clips):
        if n_frames < network.N_AUDIO_CONTEXT and rng.random() < middle:
            frame = rng.randrange(network.N_AUDIO_CONTEXT - n_frames)
            token = round(frame * SECONDS_PER_TIME * rng.uniform(*TOKENS_PER_SECOND))
            begins[clip] = frame, min(token, network.N_TEXT_CONTEXT - n_tokens)
        while True:
            samples, segments = calls.clip(rng, seconds if n_frames < network.N_AUDIO_CONTEXT else rng.uniform(1, seconds))
            if rng.random() < 0.02:
                level = 10 ** rng.uniform(-4, -1.5)
                samples, segments = (noise.standard_normal(len(samples)) * level * 32768).astype(np.int16), []
            rows, follow, places = vocabulary.rows(segments, int(begins[clip, 0]) * SECONDS_PER_TIME)
            if len(rows) <= n_tokens:
                break
        # Silence to the end of the window, as whisper.cpp adds it; in the network's scale that is its floor.
        made = scaled(log_mel(samples.astype(np.float32) / 32768))[: 2 * n_frames]
        mels[clip] = made.min()
        mels[clip, : len(made)] = made + noise.standard_normal(made.shape).astype(np.float32) * rng.uniform(0, 0.04)
        spectrum_holes(mels[clip, : len(made)], rng)
        given[clip, : len(rows)], wanted[clip, : len(rows)] = rows, follow
        given[clip, len(rows) :] = vocabulary.row[END_OF_TEXT]
        # Words before that were not said: what comes next is to be heard, not guessed from the sentence.
        for index in range(1, len(rows)):
            if rng.random() < wrong:
                given[clip, index] = rng.randrange(len(vocabulary))
        sounds[clip], words[clip] = vocabulary.sounds_in(segments, n_frames), vocabulary.words_in(segments, n_frames)
        for index, place in enumerate(places):
            if place is not None:
                first = max(0, int(place[0] / FRAME) - 2)
                heard[clip, index] = min(first, n_frames - 4), max(first + 4, int(place[1] / FRAME) + 3)
    return mels, given, wanted, sounds, words, heard, begins


def spectrum_holes(mels, rng):
    """SpecAugment (Park et al. 2019), mildly."""
    if rng.random() < 0.5:
        band, width = rng.randrange(network.BANDS), rng.randint(1, 8)
        mels[:, band : band + width] = mels.mean()
    if rng.random() < 0.4:
        start, width = rng.randrange(max(1, len(mels))), rng.randint(1, 8)
        mels[start : start + width] = mels.mean()


# Cross-attention of these layers is told where to listen, in one head each; the others are free.
GUIDED = [(1, 0), (2, 0)]


def losses(weights, mels, given, wanted, sounds, words, heard, begins, log_n_others, sounds_share, words_share, guide_share):
    encoded = network.encode(weights["encoder"], mels, begins[:, 0])
    logits, listens = network.decode(weights["decoder"], given, encoded, begins[:, 1])
    # The last row stands for all tokens that no text has.
    logits = logits.at[..., -1].add(log_n_others)
    known = wanted >= 0
    picked = jnp.take_along_axis(jax.nn.log_softmax(logits), jnp.maximum(wanted, 0)[..., None], -1)[..., 0]
    text = -(picked * known).sum() / known.sum()
    right = ((logits.argmax(-1) == wanted) & known).sum() / known.sum()

    named = jax.nn.log_softmax(network.linear(weights["sounds"], encoded))
    naming = -jnp.take_along_axis(named, sounds[..., None], -1).mean()

    # Every other frame is enough.
    words = words[:, ::2]
    spoken = network.linear(weights["words"], encoded[:, ::2]) @ weights["decoder"]["used"].T
    picked = jnp.take_along_axis(jax.nn.log_softmax(spoken), jnp.maximum(words, 0)[..., None], -1)[..., 0]
    wording = -(picked * (words >= 0)).sum() / jnp.maximum(1, (words >= 0).sum())

    frames = jnp.arange(encoded.shape[1])
    there = (heard[..., :1] <= frames) & (frames < heard[..., 1:])
    shares = [(listens[layer][:, head] * there).sum(-1) for layer, head in GUIDED]
    guide = -sum((jnp.log(share + 1e-4) * known).sum() for share in shares) / known.sum()
    return text + sounds_share * naming + words_share * wording + guide_share * guide, (text, naming, wording, guide, right)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("calls")
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--steps", type=int, required=True)
    arguments.add_argument("--peak", type=float, default=2e-3)
    arguments.add_argument("--warm-up", type=int, default=300)
    arguments.add_argument("--decay-from", type=int)
    arguments.add_argument("--resume", type=pathlib.Path, help="weights.pkl, or a model that export.py wrote")
    arguments.add_argument("--from-step", type=int, default=0, help="how many steps a resumed model has behind it")
    arguments.add_argument("--shares", default="3,3,3,2,2", help="of batches, by the sizes of clips")
    arguments.add_argument("--scale", type=float, default=1.0, help="of the batches: many small steps at first, few large ones later")
    arguments.add_argument("--sounds", type=float, default=1.0, help="weight of naming the sounds")
    arguments.add_argument("--words", type=float, default=1.0, help="weight of naming the words")
    arguments.add_argument("--guide", type=float, default=0.3, help="weight of listening in the right place")
    arguments.add_argument("--wrong", type=float, default=0.0, help="share of the words before that are put in at random")
    arguments.add_argument("--middle", type=float, default=0.7, help="share of the clips shorter than a window that are taken for the middle of one")
    arguments.add_argument("--seed", type=int, default=1)
    arguments = arguments.parse_args()
    shares = [float(share) for share in arguments.shares.split(",")]
    arguments.out.mkdir(parents=True, exist_ok=True)

    calls = Calls(arguments.calls)
    vocabulary = Vocabulary(arguments.seed, calls.calls)
    first = 0
    if arguments.resume:
        if arguments.resume.suffix == ".bin":
            made = network.fresh(arguments.seed, len(vocabulary), len(vocabulary.sounds))
            weights, used = read_model.read(arguments.resume, made)
            # What the corpus says now and did not then.
            new = [row for row, token in enumerate(vocabulary.used) if token not in set(used)]
            weights["decoder"]["used"] = np.concatenate([weights["decoder"]["used"], made["decoder"]["used"][new]])
            vocabulary.used = used + [vocabulary.used[row] for row in new]
            state, first = None, arguments.from_step
        else:
            saved = pickle.loads(arguments.resume.read_bytes())
            weights, state, first = saved["weights"], saved.get("state"), saved["step"]
            vocabulary.used, vocabulary.sounds = saved["used"], saved["sounds"]
        vocabulary.row = {token: row for row, token in enumerate(vocabulary.used)}
    else:
        weights, state = network.fresh(arguments.seed, len(vocabulary), len(vocabulary.sounds)), None
    hours = sum(len(samples) for samples, _ in calls.calls) / RATE / 3600
    print(f"{hours:.1f} h in {len(calls.calls)} calls, {len(vocabulary)} tokens", flush=True)

    decay_from = arguments.decay_from if arguments.decay_from is not None else arguments.steps * 7 // 10

    def rate(step):
        warm = min(1.0, (step - first + 1) / arguments.warm_up)
        cool = min(1.0, max(0.02, (arguments.steps - step) / max(1, arguments.steps - decay_from)))
        return arguments.peak * warm * cool

    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(1.0, b2=0.98, weight_decay=0.01))
    state = optimiser.init(weights) if state is None else state
    log_n_others = np.log(N_VOCABULARY - len(vocabulary) - N_TIMES)

    @jax.jit
    def step_of(weights, state, data, rate):
        shares = (arguments.sounds, arguments.words, arguments.guide)
        grads, told = jax.grad(losses, has_aux=True)(weights, *data, log_n_others, *shares)
        updates, state = optimiser.update(grads, state, weights)
        updates = jax.tree.map(lambda update: rate * update, updates)
        return optax.apply_updates(weights, updates), state, told

    def save(step):
        temporary = arguments.out / "weights.tmp"
        host = jax.device_get((weights, state))
        temporary.write_bytes(pickle.dumps({"weights": host[0], "state": host[1], "step": step, "used": vocabulary.used, "sounds": vocabulary.sounds}))
        temporary.rename(arguments.out / "weights.pkl")

    begun, told_of = time.time(), []
    with ThreadPoolExecutor(1) as pool:
        seeds = iter(range(arguments.seed * 10_000_000 + first, 1 << 62))
        coming = pool.submit(batch, calls, vocabulary, next(seeds), shares, arguments.scale, arguments.wrong, arguments.middle)
        for step in range(first, arguments.steps):
            data = coming.result()
            coming = pool.submit(batch, calls, vocabulary, next(seeds), shares, arguments.scale, arguments.wrong, arguments.middle)
            weights, state, told = step_of(weights, state, data, rate(step))
            told_of.append([float(value) for value in told])
            if (step + 1) % 25 == 0:
                text, naming, wording, guide, right = np.mean(told_of, axis=0)
                told_of = []
                seconds = time.time() - begun
                print(f"{step + 1}\ttext {text:.3f}\tsounds {naming:.3f}\twords {wording:.3f}\tguide {guide:.3f}\tright {right:.3f}\t{seconds:.0f} s", flush=True)
            if (step + 1) % 250 == 0 or step + 1 == arguments.steps:
                save(step + 1)
                calls.read_new()


if __name__ == "__main__":
    main()
