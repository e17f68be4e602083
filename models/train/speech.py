"""Voicemails as sound: clauses said by one voice, with pauses, filled pauses, a line and a room; kept at 16 kHz.

    python speech.py FOLDER N_CALLS SEED [--voices trained|espeak-ng|flite]

writes shards `calls-*.npz` of `N_PER_SHARD` calls each: `samples` (of all calls, one after the other, 16 bits), `starts`
(the first sample of each call and, last, their number), `segments` (JSON: for each call its segments, a list of start,
end, text, `[start, end]` of each word and `[start, name]` of each sound; all in seconds of the call).

`espeak-ng` and `flite`: their voices that are kept aside, to test with.
"""

import argparse
import json
import pathlib
import random

import numpy as np
from scipy.signal import butter, lfilter, resample_poly, sosfilt

from corpus import Corpus
from features import RATE
from voices import ACCENTS, FILLED_PAUSE_STRETCH, FILLED_PAUSES, FLITE_HELD_OUT, FLITE_VOICES, HELD_OUT, VARIANTS, Espeak, Flite

N_PER_SHARD = 250

# Of the calls trained on, as flite has three voices to train on and espeak-ng eighteen.
SHARE_OF_FLITE = 0.25

# Texts of afterbeep's own fixtures: what the model is tested on is not what it is trained on.
FIXTURES = pathlib.Path(__file__).parents[2] / "fixtures" / "speech"


class Studio:
    def __init__(self, seed, voices):
        self.random = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        texts = [path.read_text() for path in sorted(FIXTURES.glob("*.txt"))]
        fixture_clauses = [part for text in texts for part in text.replace("?", ".").replace(",", ".").split(".")]
        self.corpus = Corpus(self.random, fixture_clauses)
        self.espeak, self.flite = Espeak(), Flite()
        self.voices = voices

    def call(self):
        """Samples of one call and its segments, as above."""
        random = self.random
        speak, fill = self._speaker()
        # One after the other, so that there are calls longer than a window of 30 s.
        n_messages = random.choice([1, 1, 2, 3])
        clauses = [clause for _ in range(n_messages) for clause in self.corpus.clauses()]
        share_of_filled_pauses = random.choice([0, 0, 0.3, 0.6, 0.8])
        parts, segments, at = [], [], 0

        def put(samples):
            nonlocal at
            parts.append(samples)
            at += len(samples)

        def add(said, text):
            start, end = at / RATE, (at + len(said.samples)) / RATE
            words = [(start + word_start, start + word_end) for word_start, word_end in said.words]
            sounds = [(start + time, name) for time, name in said.sounds]
            if len(said.samples):
                segments.append((start, end, text, words, sounds))
            put(said.samples)

        def pause(low, high):
            put(np.zeros(int(random.uniform(low, high) * RATE), np.float32))

        pause(0.05, 0.6)
        for clause in clauses:
            words = clause.split(" ")
            if random.random() < share_of_filled_pauses:
                cut = random.randrange(len(words))
                label = random.choice(["um", "um", "uh", "uh", "er"])
                if cut:
                    add(speak(" ".join(words[:cut])), " ".join(words[:cut]))
                    pause(0.03, 0.4)
                add(fill(label), label)
                pause(0.03, 0.5)
                words = words[cut:]
            add(speak(" ".join(words)), " ".join(words))
            if random.random() < 0.06:
                pause(0.8, 3.0)
            else:
                pause(0.05, 0.35 if clause.endswith(",") else 0.6)
        pause(0.0, 0.5)
        return self._line(np.concatenate(parts)), segments

    def _speaker(self):
        """How this call's voice says a text, and a filled pause."""
        if self.voices == "flite" or self.voices == "trained" and self.random.random() < SHARE_OF_FLITE:
            return self._flite()
        return self._espeak()

    def _espeak(self):
        random, espeak = self.random, self.espeak
        name = random.choice(ACCENTS) + random.choice(VARIANTS) if self.voices == "trained" else random.choice(HELD_OUT)
        pitch, speed, pitch_range = random.randint(35, 70), random.randint(125, 205), random.choice([0, 15, 25, 50, 50, 65, 85])
        espeak.voice(name)

        def speak(text):
            return espeak.say(text, speed + random.randint(-8, 8), pitch + random.randint(-5, 8), pitch_range)

        def fill(label):
            phonemes = random.choice(FILLED_PAUSES[label])
            return espeak.say(f"[[{phonemes}]]", random.randint(80, 130), pitch, random.choice([0, 10, 25]))

        return speak, fill

    def _flite(self):
        random, flite = self.random, self.flite
        name = random.choice(FLITE_VOICES if self.voices == "trained" else FLITE_HELD_OUT)
        stretch, size = random.uniform(0.8, 1.3), random.randint(88, 112)

        def speak(text):
            return flite.say(text, name, stretch * random.uniform(0.95, 1.05), size)

        def fill(label):
            return flite.say(label, name, random.uniform(*FILLED_PAUSE_STRETCH), size)

        return speak, fill

    def _line(self, samples):
        """Through a telephone or a narrower microphone, into a room with some noise, at some level."""
        random, n = self.random, len(samples)
        kind = random.random()
        if kind < 0.25:
            samples = sosfilt(butter(4, [300, 3400], "band", fs=RATE, output="sos"), samples)
            samples = mu_law(samples / max(1e-6, np.abs(samples).max()) * 0.7)
        elif kind < 0.5:
            cut = random.choice([3800, 4000, 5500, 5500, 7000])
            samples = sosfilt(butter(8, cut, fs=RATE, output="sos"), samples)
        if random.random() < 0.1:
            echo = self.noise.standard_normal(RATE // 8) * np.exp(-np.arange(RATE // 8) / (RATE * random.uniform(0.01, 0.05)))
            echo[0] = random.uniform(3, 12)
            samples = np.convolve(samples, echo / np.abs(echo).max())[:n]
        samples = samples / max(1e-6, np.abs(samples).max()) * 10 ** random.uniform(-1.0, -0.1)
        rms = np.sqrt(np.mean(samples[np.abs(samples) > 0.01] ** 2)) if np.any(np.abs(samples) > 0.01) else 0.1
        noise = self.noise.standard_normal(n)
        colour = random.random()
        if colour < 0.4:
            noise = lfilter([0.05], [1, -0.95], noise)
        noise = noise / np.sqrt(np.mean(noise**2))
        samples = samples + noise * rms * 10 ** (-random.uniform(20, 65) / 20)
        if random.random() < 0.1:
            hum = random.choice([50, 60])
            samples = samples + rms * 10 ** (-random.uniform(20, 40) / 20) * np.sin(2 * np.pi * hum * np.arange(n) / RATE)
        return np.clip(np.round(samples * 32768), -32768, 32767).astype(np.int16)


def mu_law(samples, levels=255):
    """There and back at 8 kHz, by the companding law of ITU-T G.711 in its continuous form."""
    slow = np.clip(resample_poly(samples, 1, 2), -1, 1)
    pressed = np.sign(slow) * np.log1p(levels * np.abs(slow)) / np.log1p(levels)
    coarse = np.round(pressed * 127) / 127
    slow = np.sign(coarse) * np.expm1(np.abs(coarse) * np.log1p(levels)) / levels
    return resample_poly(slow, 2, 1)[: len(samples)]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("n_calls", type=int)
    arguments.add_argument("seed", type=int)
    arguments.add_argument("--voices", choices=["trained", "espeak-ng", "flite"], default="trained")
    arguments = arguments.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for shard in range(0, arguments.n_calls, N_PER_SHARD):
        studio = Studio(arguments.seed * 1_000_003 + shard, arguments.voices)
        calls, segments, starts = [], [], [0]
        for _ in range(min(N_PER_SHARD, arguments.n_calls - shard)):
            samples, said = studio.call()
            calls.append(samples)
            segments.append(said)
            starts.append(starts[-1] + len(samples))
        path = arguments.folder / f"calls-{arguments.seed}-{shard:06}.npz"
        temporary = path.with_suffix(".tmp.npz")
        np.savez(temporary, samples=np.concatenate(calls), starts=np.array(starts), segments=json.dumps(segments))
        temporary.rename(path)
        print(f"{path.name}: {starts[-1] / RATE / 3600:.2f} h", flush=True)


if __name__ == "__main__":
    main()
