"""Trains the network that tells filled pauses from other sounds.  usage: make filler-weights

    filler_weights.py FRAMES MADE CALLS --shared ../shared [--out WEIGHTS.tsv] [--epochs 24] [--seed 1]

FRAMES is the program `filled_pause_frames`, MADE what made_fillers.py wrote, CALLS a shard of models/train/speech.py.
Trained on MADE/train at several speeds, on the fluent read speech of the same speakers, and on the calls of speech
synthesisers. The threshold is chosen on a fifth of the training speakers, with networks that have not heard them; the
networks that are written have. What is printed last is over the other half of the speakers, and over the eight real events
of one man (fillers-mfa): neither is trained on. An event is found when its midpoint lies in the label or that of the
label in the event, as in ../shared/tools.

A network: a convolution over three frames; then, with growing distances between the frames they look at, residual
blocks of a convolution over five frames of each unit by itself and a mixing of the units; then one number a frame.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import tempfile
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax
import soundfile
from scipy.signal import resample_poly

from accuracy import n_matched, read_labels

RATE, STEP, FIRST = 16000, 0.01, 0.0125  # samples a second; seconds between frames, and to the centre of the first
# As in network.rs.
N_NETWORKS, N_INPUTS, N_UNITS, TAPS, DISTANCES = 2, 16, 40, 5, (1, 2, 4, 8, 16, 8, 4)
# As in filled_pauses/mod.rs.
SMOOTH, SOUNDING, SHORTEST, LIKELIEST, SHORT = 5, 0.3, 10, 30, 30

# Of the recordings: a voice of another size, that speaks faster or slower (ours).
SPEEDS = [(7, 8), (10, 11), (9, 10), (11, 10), (8, 7), (9, 8)]
N_SPEEDS = 2  # for each recording, besides its own
STRETCH, SHARE_STRETCHED = (0.8, 1.25), 0.6  # of the frames, in time alone (ours)
EDGE, EDGE_SHARE = 0.04, 6  # s beside the ends of an event where neither answer is wrong; of a short one, at most one in so many
USUAL, MOST_WEIGHT = 0.4, 2.0  # s; the frames of a shorter event weigh more, up to so much, as each event counts once
TIMES_READ, TIMES_CALLS = 10, 3  # there is less of them
LENGTH, BATCH, RATE_PEAK, DECAY, DROPPED, AVERAGED = 600, 32, 5e-3, 0.02, 0.12, 0.998
EVENT_WEIGHT = 1.5
LEFT_OUT = 5  # every so many-th speaker, for the threshold
# A wrongly counted um costs more trust than a missed one: precision weighs twice as much as recall (ours).
BETA = 0.5
# Tenths: the score is flat about its best, and a finer choice would be chance.
THRESHOLDS = np.arange(3, 10) / 10


# --- Recordings ---------------------------------------------------------------------------------------------------


class Recording:
    """Frames of a recording, and where its filled pauses are."""

    def __init__(self, speaker, inputs, events):
        self.speaker, self.inputs, self.events = speaker, inputs, events
        times = FIRST + STEP * np.arange(len(inputs))
        self.truth, self.weight = np.zeros(len(inputs), np.float32), np.ones(len(inputs), np.float32)
        for start, end in events:
            within = (start <= times) & (times <= end)
            self.truth[within] = 1
            self.weight[within] = np.clip(USUAL / (end - start), 1, MOST_WEIGHT)
            for edge in (start, end):
                self.weight[np.abs(times - edge) < min(EDGE, (end - start) / EDGE_SHARE)] = 0

    def minutes(self):
        return len(self.inputs) * STEP / 60


def frames(program, paths):
    """Of each path the frames, n by N_INPUTS."""
    run = subprocess.run([program], input="".join(f"{path}\n" for path in paths).encode(), capture_output=True, check=True)
    data, at, found = run.stdout, 0, {}
    while at < len(data):
        line = data.index(b"\n", at)
        path, n_frames = data[at:line].decode().split("\t")
        at = line + 1 + 4 * N_INPUTS * int(n_frames)
        found[path] = np.frombuffer(data[line + 1 : at], "<f4").reshape(-1, N_INPUTS)
    return found


def recordings(program, labels, speaker_of):
    found = frames(program, labels)
    return [Recording(speaker_of(path), found[path], events) for path, events in labels.items() if path in found]


def speaker_of_made(path):
    return pathlib.Path(path).stem.split("-")[0]


def made(program, folder):
    return recordings(program, read_labels(folder / "labels.tsv"), speaker_of_made)


def at_other_speeds(program, folder, rng):
    """The recordings sampled anew."""
    found = []
    for _ in range(N_SPEEDS):
        with tempfile.TemporaryDirectory() as scratch:
            labels = {}
            for path, events in read_labels(folder / "labels.tsv").items():
                up, down = SPEEDS[rng.integers(len(SPEEDS))]
                samples, _ = soundfile.read(path)
                copy = str(pathlib.Path(scratch) / pathlib.Path(path).name)
                soundfile.write(copy, np.clip(resample_poly(samples, up, down), -1, 1), RATE, subtype="PCM_16")
                labels[copy] = [(start * up / down, end * up / down) for start, end in events]
            found += recordings(program, labels, speaker_of_made)
    return found


def calls(program, shard):
    """Of speech synthesisers; a filled pause is a segment of its own there."""
    shard = np.load(shard)
    labels = {}
    with tempfile.TemporaryDirectory() as scratch:
        for number, segments in enumerate(json.loads(str(shard["segments"]))):
            path = str(pathlib.Path(scratch) / f"{number}.wav")
            start, end = shard["starts"][number : number + 2]
            soundfile.write(path, shard["samples"][start:end], RATE, subtype="PCM_16")
            labels[path] = [(first, last) for first, last, text, *_ in segments if text in ("um", "uh", "er")]
        return recordings(program, labels, lambda path: "synthetic")


def read_speech(program, shared):
    """Fluent speech without any event."""
    folder = shared / "data" / "read-speech" / "speechocean762"
    with open(folder / "manifest.tsv", newline="") as manifest:
        speakers = {str(folder / row["file"]): row["speaker"] for row in csv.DictReader(manifest, delimiter="\t")}
    return recordings(program, {path: [] for path in speakers}, speakers.get)


# --- The network --------------------------------------------------------------------------------------------------


def new_network(rng):
    draw = lambda *shape, fan: jnp.asarray(rng.uniform(-1, 1, shape) / np.sqrt(fan), jnp.float32)
    block = lambda: {
        "taps": draw(TAPS, N_UNITS, fan=TAPS), "tap_bias": draw(N_UNITS, fan=TAPS),
        "mix": draw(N_UNITS, N_UNITS, fan=N_UNITS), "bias": draw(N_UNITS, fan=N_UNITS),
    }
    return {
        "first": draw(3, N_INPUTS, N_UNITS, fan=3 * N_INPUTS), "first_bias": draw(N_UNITS, fan=3 * N_INPUTS),
        "blocks": [block() for _ in DISTANCES],
        "last": draw(N_UNITS, fan=N_UNITS), "last_bias": draw(fan=N_UNITS),
    }


def shifted(values, distance, n_taps, numbers):
    """`values`, batch by time by units, `distance` frames apart; zeros beyond the ends."""
    reach = distance * (n_taps // 2)
    padded = numbers.pad(values, ((0, 0), (reach, reach), (0, 0)))
    return [padded[:, tap * distance : tap * distance + values.shape[1]] for tap in range(n_taps)]


def logits(network, inputs, key=None, numbers=jnp):
    """One number for each frame; with a `key` some of the units are dropped, for training. `numbers`: jax's numpy or numpy."""
    values = sum(part @ network["first"][tap] for tap, part in enumerate(shifted(inputs, 1, 3, numbers)))
    values = numbers.maximum(values + network["first_bias"], 0)
    for number, (block, distance) in enumerate(zip(network["blocks"], DISTANCES)):
        seen = sum(part * block["taps"][tap] for tap, part in enumerate(shifted(values, distance, TAPS, numbers)))
        new = numbers.maximum((seen + block["tap_bias"]) @ block["mix"] + block["bias"], 0)
        if key is not None:
            kept = jax.random.bernoulli(jax.random.fold_in(key, number), 1 - DROPPED, new.shape)
            new = jnp.where(kept, new / (1 - DROPPED), 0)
        values = values + new
    return values @ network["last"] + network["last_bias"]


def loss(network, inputs, truth, weight, key):
    out = logits(network, inputs, key)
    each = EVENT_WEIGHT * truth * jax.nn.softplus(-out) + (1 - truth) * jax.nn.softplus(out)
    return (each * weight).sum() / weight.sum()


# --- Training -----------------------------------------------------------------------------------------------------


def stretched(rows, factor):
    at = np.linspace(0, len(rows) - 1, max(8, int(len(rows) * factor)))
    low = at.astype(int)
    part = (at - low).astype(np.float32).reshape(-1, *[1] * (rows.ndim - 1))
    return (1 - part) * rows[low] + part * rows[np.minimum(low + 1, len(rows) - 1)]


def drawn(rng, recording):
    """A part of a recording as another line, voice and pace would have it (ours)."""
    start = rng.integers(0, max(0, len(recording.inputs) - LENGTH) + 1)
    part = slice(start, start + LENGTH)
    inputs, truth, weight = recording.inputs[part].copy(), recording.truth[part], recording.weight[part]
    if rng.random() < SHARE_STRETCHED:
        factor = rng.uniform(*STRETCH)
        inputs, truth, weight = stretched(inputs, factor)[:LENGTH], stretched(truth, factor)[:LENGTH], stretched(weight, factor)[:LENGTH]
        truth, weight = (0.5 < truth).astype(np.float32), np.where(0.99 < weight, weight, 0)
    inputs[:, 0] += 0.2 * rng.standard_normal()
    inputs[:, 1:13] += 0.25 * rng.standard_normal(12)
    inputs[:, 15] += 0.4 * rng.standard_normal()
    inputs[:, 1:13] *= 1 + 0.12 * rng.standard_normal()
    inputs += 0.07 * rng.standard_normal(inputs.shape)
    # Now and then something is not known: one of the numbers, or all that F0 analysis says.
    if rng.random() < 0.25:
        inputs[:, rng.integers(N_INPUTS)] = 0
    if rng.random() < 0.1:
        inputs[:, 13:] = 0
    return inputs, truth, weight


def batch_of(rng, some):
    inputs, truth, weight = np.zeros((BATCH, LENGTH, N_INPUTS), np.float32), *np.zeros((2, BATCH, LENGTH), np.float32)
    for row, recording in enumerate(some):
        part = drawn(rng, recording)
        start = rng.integers(0, LENGTH - len(part[0]) + 1)
        for whole, values in zip((inputs, truth, weight), part):
            whole[row, start : start + len(values)] = values
    return inputs, truth, weight


def trained(seed, some, epochs, what):
    """The network's average over its last steps (Adam with weight decay, one cycle of rates)."""
    rng = np.random.default_rng(seed)
    network = new_network(rng)
    n_steps = len(some) // BATCH
    rates = optax.cosine_onecycle_schedule(epochs * n_steps, RATE_PEAK)
    optimiser = optax.adamw(rates, weight_decay=DECAY)

    @jax.jit
    def step(network, average, state, inputs, truth, weight, key):
        value, gradients = jax.value_and_grad(loss)(network, inputs, truth, weight, key)
        updates, state = optimiser.update(gradients, state, network)
        network = optax.apply_updates(network, updates)
        average = jax.tree.map(lambda old, new: AVERAGED * old + (1 - AVERAGED) * new, average, network)
        return network, average, state, value

    average, state, started = network, optimiser.init(network), time.time()
    for epoch in range(epochs):
        order, total = rng.permutation(len(some)), 0.0
        for number in range(n_steps):
            batch = batch_of(rng, [some[index] for index in order[number * BATCH : (number + 1) * BATCH]])
            key = jax.random.key(int(rng.integers(2**31)))
            network, average, state, value = step(network, average, state, *batch, key)
            total += float(value)
        print(f"  {what}, epoch {epoch + 1} of {epochs}: loss {total / n_steps:.4f}, {time.time() - started:.0f} s", flush=True)
    return jax.tree.map(np.asarray, average)


# --- Scores -------------------------------------------------------------------------------------------------------


def events(networks, recording):
    """Start, end and score of each run that sounds like a filled pause, as `stretches` in filled_pauses/mod.rs has it (which also leaves out what climbs in pitch)."""
    if len(recording.inputs) < SMOOTH:
        return []
    each = [logits(network, recording.inputs[None], numbers=np)[0] for network in networks]
    probability = 1 / (1 + np.exp(-np.mean(each, axis=0)))
    smooth = np.convolve(probability, np.ones(SMOOTH) / SMOOTH, "same")
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (SOUNDING < smooth).astype(int), [0]])))
    runs = [(first, last) for first, last in edges.reshape(-1, 2) if SHORTEST <= last - first]

    def score(first, last):
        mean = np.sort(smooth[first:last])[-LIKELIEST:].mean()
        return mean / (2 - mean) if last - first <= SHORT else mean

    return [(FIRST + STEP * first, FIRST + STEP * last, score(first, last)) for first, last in runs]


def totals(some, found, threshold):
    """Events labelled, found, and found right."""
    n_found = n_right = 0
    for recording, every in zip(some, found):
        counted = [(start, end) for start, end, score in every if threshold <= score]
        n_right += n_matched(counted, recording.events)
        n_found += len(counted)
    return sum(len(recording.events) for recording in some), n_found, n_right


def f_measure(n_labelled, n_found, n_right, beta=1.0):
    """The harmonic mean of precision and recall; below 1, `beta` gives precision more weight."""
    return (1 + beta**2) * n_right / max(1, beta**2 * n_labelled + n_found)


def threshold_for(networks, some):
    found = [events(networks, recording) for recording in some]
    threshold = max(THRESHOLDS, key=lambda option: f_measure(*totals(some, found, option), BETA))
    print(f"  threshold {threshold:.2f}: F1 {f_measure(*totals(some, found, threshold)):.3f} on training speakers left out", flush=True)
    return threshold


def row(what, networks, some, threshold):
    n_labelled, n_found, n_right = totals(some, [events(networks, recording) for recording in some], threshold)
    minutes = sum(recording.minutes() for recording in some)
    print(f"  {what:32} {minutes:6.1f} min {n_labelled:5} labelled {n_found:5} found {n_right:5} right   P {n_right / max(1, n_found):.3f} R {n_right / max(1, n_labelled):.3f} F1 {f_measure(n_labelled, n_found, n_right):.3f}")


# --- Everything ---------------------------------------------------------------------------------------------------


def learned(seed, some, judged, left_out, epochs):
    """The networks that have heard `some`, and the threshold, chosen on those of `judged` whose speakers are left out, with
    networks that have not heard them."""
    fewer = [recording for recording in some if recording.speaker not in left_out]
    without = [trained(seed + number, fewer, epochs, f"network {number}, without a fifth") for number in range(N_NETWORKS)]
    threshold = threshold_for(without, [recording for recording in judged if recording.speaker in left_out])
    return [trained(seed + number, some, epochs, f"network {number}") for number in range(N_NETWORKS)], threshold


def lines_of(networks, threshold):
    """As network.rs reads them."""
    cells = lambda numbers: "\t".join(f"{number:.4g}" for number in np.atleast_1d(np.asarray(numbers, np.float64)))
    for network in networks:
        for tap in range(3):
            for number in range(N_INPUTS):
                yield f"first {tap} {number}\t{cells(network['first'][tap][number])}"
        yield f"first bias\t{cells(network['first_bias'])}"
        for number, block in enumerate(network["blocks"]):
            for tap in range(TAPS):
                yield f"block {number} tap {tap}\t{cells(block['taps'][tap])}"
            yield f"block {number} tap bias\t{cells(block['tap_bias'])}"
            for unit in range(N_UNITS):
                yield f"block {number} unit {unit}\t{cells(block['mix'][unit])}"
            yield f"block {number} bias\t{cells(block['bias'])}"
        yield f"last\t{cells(network['last'])}"
        yield f"last bias\t{cells(network['last_bias'])}"
    yield f"threshold\t{cells(threshold)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("made", type=pathlib.Path)
    parser.add_argument("calls", type=pathlib.Path)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/analysis/filled_pauses/weights.tsv"))
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    train, test = (made(options.program, options.made / half) for half in ("train", "test"))
    heard, unheard = ({recording.speaker for recording in half} for half in (train, test))
    read = read_speech(options.program, options.shared)
    read_heard, read_unheard = ([recording for recording in read if recording.speaker in some] for some in (heard, unheard))
    some = train + at_other_speeds(options.program, options.made / "train", np.random.default_rng(options.seed))
    some += TIMES_CALLS * calls(options.program, options.calls) + TIMES_READ * read_heard
    print(f"  {len(some)} recordings to learn from", flush=True)
    networks, threshold = learned(options.seed, some, train + read_heard, set(sorted(heard)[::LEFT_OUT]), options.epochs)

    folder = options.shared / "data" / "fillers-mfa"
    real = recordings(options.program, read_labels(folder / "labels.tsv"), lambda path: "real")
    row("made events, training speakers", networks, train, threshold)
    row("fluent speech, training speakers", networks, read_heard, threshold)
    row("made events, other speakers", networks, test, threshold)
    row("fluent speech, other speakers", networks, read_unheard, threshold)
    row("one real man (fillers-mfa)", networks, real, threshold)
    n_train = sum(len(recording.events) for recording in train)
    head = [
        f"# Written by `make filler-weights`, seed {options.seed}: trained on {n_train} events made from the voices of {len(heard)} readers, on",
        "# their fluent speech, and on what speech synthesisers say. Of each layer the weights to each of its units.",
    ]
    options.out.write_text("\n".join([*head, *lines_of(networks, threshold)]) + "\n")


if __name__ == "__main__":
    main()
