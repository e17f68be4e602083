"""Filled pauses made from people's own voices, put into their read speech, labelled.

    made_fillers.py --shared ../shared --out DIR [--seed 1] [--variations 2]

There is hardly any free recording with labelled um, uh and er in it, but there is read speech that has almost none.
This program makes the one into the other. For every speaker it looks up steady pieces of vowel and of nasal, draws
them out to the length of an um, and sets them where people hesitate. It writes two folders with different speakers:

    DIR/train, DIR/test     0007.wav …         clips of 8 to 20 s, 16 kHz, one channel, 16 bits
                            labels.tsv         file, start, end, label, note; the file alone where there is no event
                            distractors.tsv    file, start, end, kind: what a detector might take for one and must not

The first word of a note says how the event was placed:

    pause           silence on both sides          start, end      before the first word, after the last one
    joined-before   no silence to the word before  cut             after a word broken off in its vowel
    joined-after    no silence to the word after   joined-both     no silence on either side

The other words say how it was made: `world` (vocoder) or `psola` (own pitch periods, overlapped and added); `modal`,
`creaky-end`, `creaky` or `breathy`; `soft` or `glottal` onset; the nasal's origin, `nasal-own` or `nasal-made`.

The same seed makes the same files on the same versions of the libraries. What it makes is a likeness: a result on it
is not a result on people.

The vocoder leaves traces, and none of them may tell an um from a word: half of the clips are analysed and synthesised
whole, ordinary words are drawn out with the same tools, and so are held vowels ("sooo"), mm-hm and sung vowels, which
are not labelled.
"""

import argparse
import csv
import dataclasses
import pathlib

import numpy as np
import parselmouth
import pyworld
import soundfile
from scipy import signal

RATE = 16000
FRAME = 80  # samples: 5 ms, WORLD's usual step
FRAMES_A_SECOND = RATE // FRAME
EPSILON = 1e-12
# Some 1,300 events for testing: the standard error of a recall of 0.87 is then 0.009; of 200 it was 0.024.
TEST_VARIATIONS = 12

# --- What is drawn. "ours" is a choice of ours that nothing was measured for. -------------------------------------

SHARE_WITH_EVENTS = 0.75  # of the clips; the others show what silence about fillers looks like (ours)
EVENTS_IN_CLIP = {1: 0.2, 2: 0.27, 3: 0.27, 4: 0.16, 5: 0.1}  # some 12 a minute, the rate that harms (evidence.md)
LABELS = {"um": 0.42, "uh": 0.43, "er": 0.15}  # er is how the British write uh; here a closer, more central vowel
SHARE_INNER = 0.65  # of the events stand within an utterance, the others before, between and after (ours)
INNER_PLACES = {"pause": 0.34, "joined-before": 0.24, "joined-after": 0.2, "joined-both": 0.12, "cut": 0.1}  # ours
QUALITIES = {"modal": 0.55, "creaky-end": 0.18, "creaky": 0.1, "breathy": 0.17}  # ours; a third of fillers-mfa creaks
SHARE_GLOTTAL = 0.3  # of the events after silence, the others begin softly (ours)
SHARE_PSOLA = 0.45  # of what meets no neighbour: so that not all share one way of making (ours)
SHARE_OWN_NASAL = 0.7  # where the speaker has one; the others are made of a vowel (ours)

# Log-normal seconds: median, spread of the logarithm, least, most. The eight of fillers-mfa: 0.27-0.63 s.
DURATION = {"um": (0.46, 0.32, 0.26, 0.95), "uh": (0.34, 0.38, 0.18, 0.8), "er": (0.38, 0.38, 0.18, 0.8)}
NASAL_SHARE, NASAL_SECONDS = (0.3, 0.6), (0.08, 0.4)
# F1 and F2 in Hz of a man; fillers-mfa lies at 720-770 and 1350-1450, the heuristics at 400-800 and 1000-1600.
VOWEL = {"um": (640, 1300), "uh": (650, 1320), "er": (530, 1430)}
VOWEL_SPREAD = 0.1  # of both formants, relative (ours)
WOMANS_FORMANTS = 1.16  # over a man's: Peterson & Barney's means, from memory
MOST_WARP = 1.22  # formants moved farther sound of a machine (ours)
F0_START, F0_SLOPE, MOST_FALL = (-4.0, 0.8), (-6.0, 0.3), 4.5  # semitones re the median, a second, in all
LEVEL = (-2.5, 3.5, -10.0, 3.0)  # dB re the speech: mean, SD, least, most; fillers-mfa is louder than its speech
SILENCE = (0.05, 0.6)  # s beside an event
PAUSE = (0.25, 0.9)  # s between utterances without one

DISTRACTORS_A_CLIP = (1, 5)  # least, and one more than the most; in pauses that have no event (ours)
PAUSE_DISTRACTORS = {"breath": 0.32, "hum": 0.12, "tone": 0.12, "mm-hm": 0.22, "sung": 0.22}
WORD_DISTRACTORS = {"held-vowel": 0.5, "final-lengthening": 0.3, "stretched-word": 0.2}  # the last is not listed
SHARE_WORD_DISTRACTOR = 0.35  # of the phrases

SHARE_RESYNTHESISED = 0.5
SHARE_PHONE, SHARE_NOISE, SHARE_GAIN, SHARE_REVERB = 0.3, 0.35, 0.5, 0.2
CLIP_SECONDS, SECONDS_BESIDE = (8.0, 20.0), 1.5  # an utterance brings so much beside its words


def choose(rng, shares):
    return rng.choice(list(shares), p=np.array(list(shares.values())) / sum(shares.values())).item()


def smooth_noise(rng, n, step):
    """n values of slow noise, SD about 1: a new value every `step` frames, a line between."""
    knots = rng.standard_normal(int(n / step) + 3)
    return np.interp(np.arange(n) / step + rng.random(), np.arange(len(knots)), knots)


def decibels(power):
    return 10 * np.log10(np.maximum(power, EPSILON))


def runs(mask, at_least):
    """First and last (exclusive) index of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return [(first, last) for first, last in edges.reshape(-1, 2) if last - first >= at_least]


# --- Frames of WORLD ----------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Frames:
    """F0 (0 where unvoiced), log power envelope and aperiodicity, every 5 ms."""

    f0: np.ndarray
    envelope: np.ndarray
    aperiodicity: np.ndarray

    def __len__(self):
        return len(self.f0)

    def at(self, positions, f0_positions=None):
        """The frames at these positions, in between interpolated. F0 may go its own way."""
        positions = np.clip(positions, 0, len(self) - 1)
        f0_positions = positions if f0_positions is None else np.clip(f0_positions, 0, len(self) - 1)
        voiced = np.flatnonzero(self.f0 > 0)
        f0 = np.zeros(len(positions))
        if len(voiced):
            f0 = np.exp(np.interp(f0_positions, voiced, np.log(self.f0[voiced])))
            f0[self.f0[np.rint(positions).astype(int)] == 0] = 0
        return Frames(f0, interpolate(self.envelope, positions), interpolate(self.aperiodicity, positions))

    def samples(self):
        audio = pyworld.synthesize(self.f0, np.exp(self.envelope), np.clip(self.aperiodicity, 0, 1), RATE, 1000 * FRAME / RATE)
        return audio[: len(self) * FRAME]


def interpolate(rows, positions):
    low = np.floor(positions).astype(int)
    high = np.minimum(low + 1, len(rows) - 1)
    part = (positions - low)[:, None]
    return (1 - part) * rows[low] + part * rows[high]


def blend(frames, others, part):
    """From `frames` (part 0) to `others` (part 1), row by row. F0 is that of `frames`."""
    part = part[:, None]
    return Frames(
        frames.f0,
        (1 - part) * frames.envelope + part * others.envelope,
        (1 - part) * frames.aperiodicity + part * others.aperiodicity,
    )


# --- Speakers -----------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Utterance:
    samples: np.ndarray
    frames: Frames
    intensity: np.ndarray  # dB
    formants: np.ndarray  # rows of F1, F2, F3 in Hz
    pulses: np.ndarray  # s, Praat's
    first: int  # the speech, in frames
    last: int
    level: float  # dB re full scale, of the speech

    def voiced(self):
        return self.frames.f0 > 0

    def span(self, first, last):
        return self.samples[first * FRAME : last * FRAME]


@dataclasses.dataclass
class Piece:
    """A steady stretch of an utterance."""

    utterance: Utterance
    first: int
    last: int

    def frames(self):
        return self.utterance.frames.at(np.arange(self.first, self.last))

    def formants(self):
        return np.nanmedian(self.utterance.formants[self.first : self.last], axis=0)


@dataclasses.dataclass
class Speaker:
    name: str
    woman: bool
    utterances: list
    f0: float  # median
    vowels: list  # of Piece: like schwa
    open_vowels: list  # of Piece: any
    nasals: list  # of Piece, may be empty
    noise: np.ndarray  # power spectrum of the recordings' silence

    def formants(self, label):
        return np.array(VOWEL[label]) * (WOMANS_FORMANTS if self.woman else 1)


def praat_tracks(samples, woman, n_frames):
    """F0, intensity and formants at the times of WORLD's frames, and the pitch pulses."""
    sound = parselmouth.Sound(samples, RATE)
    times = np.arange(n_frames) * FRAME / RATE
    pitch = sound.to_pitch_ac(time_step=FRAME / RATE, pitch_floor=70, pitch_ceiling=500)
    nearest = np.clip(np.searchsorted(pitch.xs(), times - FRAME / RATE / 2), 0, len(pitch.xs()) - 1)
    f0 = pitch.selected_array["frequency"][nearest]
    intensity = sound.to_intensity(minimum_pitch=100, time_step=FRAME / RATE)
    intensity = np.interp(times, intensity.xs(), intensity.values[0])
    found = sound.to_formant_burg(time_step=FRAME / RATE, maximum_formant=5500 if woman else 5000)
    formants = np.array([[found.get_value_at_time(number, time) for number in (1, 2, 3)] for time in times])
    pulses = parselmouth.praat.call([sound, pitch], "To PointProcess (cc)")
    n_pulses = parselmouth.praat.call(pulses, "Get number of points")
    pulses = np.array([parselmouth.praat.call(pulses, "Get time from index", number + 1) for number in range(n_pulses)])
    return f0, intensity, formants, pulses


def read_utterance(path, woman):
    samples, rate = soundfile.read(path)
    assert rate == RATE and samples.ndim == 1, path
    n_frames = len(samples) // FRAME + 1
    f0, intensity, formants, pulses = praat_tracks(samples, woman, n_frames)
    times = np.arange(n_frames) * FRAME / RATE
    envelope = pyworld.cheaptrick(samples, f0, times, RATE)
    frames = Frames(f0, np.log(envelope + EPSILON), pyworld.d4c(samples, f0, times, RATE))
    speech = intensity > intensity.max() - 25  # as de Jong & Wempe take it
    first, last = np.flatnonzero(speech)[[0, -1]]
    # Out to where the word has died away.
    floor = np.percentile(intensity, 5) + 6
    while first > 0 and intensity[first] > floor:
        first -= 1
    while last < n_frames - 2 and intensity[last] > floor:
        last += 1
    power = np.mean(10 ** ((intensity[speech] - 94) / 10))  # Praat's dB are re 2e-5
    return Utterance(samples, frames, intensity, formants, pulses, first, last, decibels(power))


def steadiest(utterance, first, last, most=18):
    """The part of at most 90 ms whose envelope changes least."""
    if last - first <= most:
        return Piece(utterance, first, last)
    change = np.abs(np.diff(utterance.frames.envelope[first:last, :256], axis=0)).mean(axis=1)
    start = first + int(np.argmin(np.convolve(change, np.ones(most - 1), "valid")))
    return Piece(utterance, start, start + most)


def vowel_pieces(utterances, low, high, at_least=10):
    """Pieces of at least 50 ms, voiced and loud, whose F1 and F2 lie between `low` and `high`."""
    pieces = []
    for utterance in utterances:
        loud = utterance.intensity > utterance.intensity.max() - 14
        f1, f2, f3 = utterance.formants.T
        like = (low[0] < f1) & (f1 < high[0]) & (low[1] < f2) & (f2 < high[1]) & (f3 > f2 + 600)
        pieces += [steadiest(utterance, *run) for run in runs(utterance.voiced() & loud & like, at_least)]
    return pieces


def nasal_pieces(utterances):
    """Voiced pieces of at least 40 ms with their energy below 500 Hz and little above."""
    hertz = np.arange(513) * RATE / 1024
    low, high = (150 < hertz) & (hertz < 450), (600 < hertz) & (hertz < 2500)
    pieces = []
    for utterance in utterances:
        power = np.exp(utterance.frames.envelope)
        ratio = decibels(power[:, low].mean(axis=1)) - decibels(power[:, high].mean(axis=1))
        heard = utterance.intensity > utterance.intensity.max() - 20
        pieces += [steadiest(utterance, *run, most=20) for run in runs(utterance.voiced() & heard & (ratio > 18), 8)]
    return pieces


def noise_spectrum(utterances):
    """Mean power spectrum of the quietest fifth, per FFT bin of a 512-sample Hann window."""
    blocks = np.concatenate([np.lib.stride_tricks.sliding_window_view(u.samples, 512)[::256] for u in utterances])
    quiet = blocks[np.argsort((blocks**2).sum(axis=1))[: max(8, len(blocks) // 5)]]
    window = signal.windows.hann(512, sym=False)
    return (np.abs(np.fft.rfft(quiet * window)) ** 2).mean(axis=0) / (window**2).sum()


def read_speaker(name, woman, paths):
    utterances = [read_utterance(path, woman) for path in paths]
    f0 = float(np.median(np.concatenate([u.frames.f0[u.voiced()] for u in utterances])))
    scale = WOMANS_FORMANTS if woman else 1
    box = lambda *hertz: np.array(hertz) * scale
    vowels = vowel_pieces(utterances, box(430, 1000), box(800, 1700))
    if len(vowels) < 3:
        vowels += vowel_pieces(utterances, box(330, 800), box(950, 2000), at_least=8)
    target = box(620, 1330)
    vowels.sort(key=lambda piece: np.abs(np.log(piece.formants()[:2] / target)).sum())
    open_vowels = vowel_pieces(utterances, box(280, 600), box(1000, 2600))
    return Speaker(name, woman, utterances, f0, vowels[:8], open_vowels, nasal_pieces(utterances), noise_spectrum(utterances))


def list_speakers(folder):
    """Name, whether a woman, and recordings of each speaker of data/read-speech."""
    speakers = {}
    with open(folder / "speechocean762" / "manifest.tsv", newline="") as manifest:
        for row in csv.DictReader(manifest, delimiter="\t"):
            _, _, paths = speakers.setdefault(row["speaker"], (row["speaker"], row["gender"] == "f", []))
            paths.append(folder / "speechocean762" / row["file"])
    misc = folder / "misc"
    speakers["1089"] = ("1089", False, sorted(misc.glob("1089-*.flac")))
    speakers["jfk"] = ("jfk", False, sorted(misc.glob("jfk.wav")))
    return [(name, woman, sorted(paths)) for name, woman, paths in speakers.values() if paths]


def split(speakers, seed):
    """Half of the women and half of the men for training, the others for testing."""
    rng = np.random.default_rng([seed, 0])
    halves = {"train": [], "test": []}
    for woman in (False, True):
        some = [speaker for speaker in speakers if speaker[1] == woman]
        order = rng.permutation(len(some))
        halves["train"] += [some[i] for i in order[::2]]
        halves["test"] += [some[i] for i in order[1::2]]
    return {name: sorted(half) for name, half in halves.items()}


# --- Voices drawn out ---------------------------------------------------------------------------------------------


def walk(rng, n, width):
    """n positions in 0 … width that go to and fro at a slow, uneven pace, so that no frame stands still."""
    pace = np.abs(0.25 + 0.2 * smooth_noise(rng, n, 12))
    way = (np.cumsum(pace) + rng.random() * 2 * width) % (2 * width) if width > 0 else np.zeros(n)
    return np.where(way > width, 2 * width - way, way)


def warped(frames, old, new):
    """The envelope with the formants `old` moved to `new`; above F3 it stays."""
    ratio = np.clip(np.array(new) / old, 1 / MOST_WARP, MOST_WARP)
    hertz = np.arange(frames.envelope.shape[1]) * RATE / 2 / (frames.envelope.shape[1] - 1)
    source = np.interp(hertz, [0, *(old * ratio), 3300, RATE / 2], [0, *old, 3300, RATE / 2])
    bins = source / hertz[1]
    return Frames(frames.f0, interpolate(frames.envelope.T, bins).T, frames.aperiodicity)


def drifting(rng, frames, depth=0.16):
    """Slow random changes of the envelope (some 1 dB) and a little shimmer: no voice holds still."""
    n, n_bins = frames.envelope.shape
    part = np.arange(n_bins) / n_bins
    drift = sum(np.outer(smooth_noise(rng, n, 18), np.cos(np.pi * k * part)) / np.sqrt(k) for k in (1, 2, 3, 5, 8))
    shimmer = 0.06 * rng.standard_normal((n, 1))
    return Frames(frames.f0, frames.envelope + depth * drift + shimmer, frames.aperiodicity)


def vowel_frames(rng, speaker, label, n):
    """n frames of a vowel near the label's: one piece walked through, or from one to another."""
    goal = speaker.formants(label) * (1 + VOWEL_SPREAD * rng.standard_normal(2)).clip(0.75, 1.25)
    made = []
    for _ in range(2):
        piece = speaker.vowels[int(len(speaker.vowels) * rng.random() ** 1.5)]
        frames = piece.frames().at(walk(rng, n, piece.last - piece.first - 1))
        frames.envelope += level_difference(frames, made[0]) if made else 0
        made.append(warped(frames, piece.formants()[:2], goal))
    part = rng.choice([0, 1]) * np.linspace(0, rng.uniform(0.4, 1), n)
    return blend(*made, part)


def level_difference(frames, wanted):
    """What brings the log envelope of `frames` to the power of `wanted`."""
    return np.log(np.exp(wanted.envelope).sum(axis=1).mean() / np.exp(frames.envelope).sum(axis=1).mean())


def made_nasal(rng, frames):
    """A vowel's envelope turned into a nasal's: F1 at 250-300 Hz, steep roll-off, an antiformant."""
    hertz = np.arange(frames.envelope.shape[1]) * RATE / 1024
    peak = lambda at, width: 1 / (1 + ((hertz - at) / width) ** 2)
    flat = frames.envelope.mean(axis=0) * 0.25 + 0.75 * np.percentile(frames.envelope.mean(axis=0)[:200], 60)
    gain = 4.0 * peak(rng.uniform(240, 300), 110) - 5.5 / (1 + np.exp((700 - hertz) / 90)) - hertz / 3500
    gain += 1.0 * peak(rng.uniform(1000, 1300), 120) + 1.2 * peak(rng.uniform(2100, 2500), 180)
    gain -= 1.5 * peak(rng.uniform(750, 950), 90)
    own = 0.3 * (frames.envelope - frames.envelope.mean(axis=0))
    return Frames(frames.f0, flat + gain + own, frames.aperiodicity)


def nasal_frames(rng, speaker, n, own):
    if own and speaker.nasals:
        piece = speaker.nasals[rng.integers(len(speaker.nasals))]
        return piece.frames().at(walk(rng, n, piece.last - piece.first - 1))
    return made_nasal(rng, vowel_frames(rng, speaker, "um", n))


def with_nasal(rng, speaker, vowel, n_nasal, own):
    """The vowel, its end turned into a nasal of n frames over 30-60 ms in which the lips close."""
    n_turn = rng.integers(6, 13)
    n = len(vowel)
    nasal = nasal_frames(rng, speaker, n, own)
    nasal.envelope += level_difference(nasal, vowel) - rng.uniform(3, 9) * np.log(10) / 10
    part = np.clip((np.arange(n) - (n - n_nasal - n_turn)) / n_turn, 0, 1)
    goal = speaker.formants("um")
    closing = warped(vowel, goal, goal * (0.83, 0.87))
    vowel = blend(vowel, closing, np.clip(2 * part, 0, 1))
    return blend(vowel, nasal, np.clip(2 * part - 0.6, 0, 1.4) / 1.4)


def filler_f0(rng, speaker, n):
    """Near or below the speaker's median, flat or slowly falling, with drift and jitter."""
    seconds = np.arange(n) / FRAMES_A_SECOND
    slope = rng.uniform(*F0_SLOPE) if rng.random() < 0.7 else rng.normal(0, 0.7)
    fall = np.clip(slope * seconds, -MOST_FALL, 1)
    semitones = rng.uniform(*F0_START) + fall + 0.2 * smooth_noise(rng, n, 25) + jitter(rng, n)
    return speaker.f0 * 2 ** (semitones / 12)


def jitter(rng, n):
    return rng.uniform(0.04, 0.12) * rng.standard_normal(n)


def ramp(n, n_in, n_out):
    """1, with half a cosine at either end."""
    shape = np.ones(n)
    n_in, n_out = min(n_in, n // 2), min(n_out, n // 2)
    shape[:n_in] = 0.5 - 0.5 * np.cos(np.pi * (np.arange(n_in) + 0.5) / n_in)
    shape[n - n_out :] = 0.5 + 0.5 * np.cos(np.pi * (np.arange(n_out) + 0.5) / n_out)
    return shape


def creak(rng, n, start):
    """Factor of F0 and change of the log power from frame `start` on: about half, irregular, of uneven strength."""
    into = np.clip((np.arange(n) - start) / 8, 0, 1)
    low = rng.uniform(0.42, 0.62) * (1 + 0.12 * smooth_noise(rng, n, 3))
    return 1 + into * (np.clip(low, 0.3, 0.8) - 1), into * 0.35 * smooth_noise(rng, n, 3)


def breathe(rng, frames, start):
    """From frame `start` on: more and more breath, above all high up."""
    n, n_bins = len(frames) - start, frames.envelope.shape[1]
    amount = np.outer(np.linspace(0.2, rng.uniform(0.5, 0.9), n), np.clip(np.arange(n_bins) / n_bins * 4, 0.15, 1))
    aperiodicity = frames.aperiodicity.copy()
    aperiodicity[start:] += amount * (1 - aperiodicity[start:])
    return Frames(frames.f0, frames.envelope, aperiodicity)


def glottal_onset(rng, f0):
    """Two or three slow pulses first, as after a glottal stop."""
    n = min(rng.integers(4, 9), len(f0) // 3)
    return np.concatenate([np.minimum(f0[:n], rng.uniform(55, 90)), f0[n:]])


def meet(rng, frames, neighbour):
    """The first 40-80 ms come from the neighbour's frame: its F0, its formants, its level."""
    n = min(rng.integers(8, 17), len(frames) // 2)
    part = np.ones(len(frames))
    part[:n] = np.linspace(0, 1, n)
    repeated = neighbour.at(np.zeros(len(frames)))
    met = blend(repeated, frames, part)
    met.f0 = np.exp((1 - part) * np.log(repeated.f0) + part * np.log(frames.f0))
    return met


def reversed_frames(frames):
    return frames.at(np.arange(len(frames))[::-1])


@dataclasses.dataclass
class Making:
    """How one event is made: its frames, those of the nasal at its end, and the words of its note."""

    n: int
    n_nasal: int
    own_nasal: bool
    psola: bool
    quality: str
    glottal: bool

    def note(self):
        nasal = [] if not self.n_nasal else ["nasal-own"] if self.own_nasal else ["nasal-made"]
        return " ".join(["psola" if self.psola else "world", self.quality, "glottal" if self.glottal else "soft", *nasal])


def draw_making(rng, speaker, label, alone, left_alone):
    """`alone`: meets no voiced neighbour; `left_alone`: none before it."""
    median, spread, least, most = DURATION[label]
    seconds = float(np.clip(median * np.exp(spread * rng.standard_normal()), least, most))
    n_nasal = int(np.clip(seconds * rng.uniform(*NASAL_SHARE), *NASAL_SECONDS) * FRAMES_A_SECOND) if label == "um" else 0
    own_nasal = bool(speaker.nasals) and rng.random() < SHARE_OWN_NASAL
    # Pitch periods can neither be made nasal nor breathy.
    psola = alone and (own_nasal or not n_nasal) and rng.random() < SHARE_PSOLA
    quality = choose(rng, {name: share for name, share in QUALITIES.items() if not psola or name != "breathy"})
    glottal = left_alone and rng.random() < SHARE_GLOTTAL
    return Making(int(seconds * FRAMES_A_SECOND), n_nasal, own_nasal, psola, quality, glottal)


def filler_tracks(rng, speaker, making, before=None, after=None):
    """F0 and log power, frame by frame: melody, creak, onset and offset."""
    n = making.n
    f0, power = filler_f0(rng, speaker, n), np.zeros(n)
    if making.quality.startswith("creaky"):
        factor, power = creak(rng, n, 0 if making.quality == "creaky" else int(n * rng.uniform(0.4, 0.75)))
        f0 = f0 * factor
    if making.glottal:
        f0 = glottal_onset(rng, f0)
    onset = 2 if making.glottal or before else rng.integers(4, 16)
    offset = 3 if after else rng.integers(8, 30)
    return f0, power + 2 * np.log(ramp(n, onset, 0)) + rng.uniform(2, 4) * np.log(ramp(n, 0, offset))


def vocoded_filler(rng, speaker, label, making, level, before, after):
    """By WORLD. `before` and `after` are the voiced frames that it is joined to, if any."""
    frames = vowel_frames(rng, speaker, label, making.n)
    if making.n_nasal:
        frames = with_nasal(rng, speaker, frames, making.n_nasal, making.own_nasal)
    frames = drifting(rng, frames)
    frames.f0, power = filler_tracks(rng, speaker, making, before, after)
    if making.quality == "breathy":
        frames = breathe(rng, frames, 0 if rng.random() < 0.5 else int(making.n * rng.uniform(0.4, 0.75)))
    frames.envelope += power[:, None]
    frames.envelope += (level - active_level(frames.samples())) * np.log(10) / 10
    if before:
        frames = meet(rng, frames, before)
    if after:
        frames = reversed_frames(meet(rng, reversed_frames(frames), after))
    return frames.samples()


def pitch_periods(piece):
    """Two periods about each pulse, windowed, of equal power."""
    utterance = piece.utterance
    pulses = np.rint(utterance.pulses * RATE).astype(int)
    periods = []
    for left, pulse, right in zip(pulses, pulses[1:], pulses[2:]):
        inside = (piece.first - 2) * FRAME <= pulse <= (piece.last + 2) * FRAME
        if inside and right - left < 2 * RATE / 60 and right < len(utterance.samples):
            rise, fall = np.arange(pulse - left) / (pulse - left), np.arange(right - pulse)[::-1] / (right - pulse)
            period = utterance.samples[left:right] * (0.5 - 0.5 * np.cos(np.pi * np.concatenate([rise, fall])))
            periods.append((pulse - left, period / np.sqrt((period**2).mean() + EPSILON)))
    return periods


def overlapped(rng, periods, f0, power):
    """Pitch periods set at the pulses of `f0`, one neighbour after the other, to and fro; `power` is logarithmic."""
    samples, at, index, step = np.zeros(len(f0) * FRAME), 0.0, int(rng.integers(len(periods))), 1
    while at < len(samples):
        frame = int(at) // FRAME
        before, period = periods[index]
        first, skipped = int(at) - before, max(0, before - int(at))
        part = period[skipped : skipped + max(0, len(samples) - max(first, 0))]
        samples[max(first, 0) : max(first, 0) + len(part)] += part * np.exp(power[frame] / 2) * (1 + 0.04 * rng.standard_normal())
        at += RATE / f0[frame]
        if rng.random() < 0.15 or not 0 <= index + step < len(periods):
            step = -step
        index = int(np.clip(index + step, 0, len(periods) - 1))
    return samples


def overlapped_filler(rng, speaker, label, making):
    """Of the speaker's own pitch periods, overlapped and added; nothing where no piece near the vowel has three."""
    # Their formants stay as they are, so they must be near.
    near = [p for p in speaker.vowels if np.all(np.abs(np.log(p.formants()[:2] / speaker.formants(label))) < np.log(MOST_WARP))]
    vowels = [periods for piece in near if len(periods := pitch_periods(piece)) >= 3]
    nasals = [periods for piece in speaker.nasals if len(periods := pitch_periods(piece)) >= 3]
    if not vowels or (making.n_nasal and not nasals):
        return None
    f0, power = filler_tracks(rng, speaker, making)
    vowel, turn = vowels[rng.integers(len(vowels))], rng.integers(6, 13)
    if not making.n_nasal:
        return overlapped(rng, vowel, f0, power)
    # The one fades as the other rises, at the same pulses.
    part = np.clip((np.arange(making.n) - (making.n - making.n_nasal - turn)) / turn, 0, 1)
    nasal = overlapped(rng, nasals[rng.integers(len(nasals))], f0, power + 2 * np.log(part + EPSILON))
    vowel = overlapped(rng, vowel, f0, power + 2 * np.log(1 - part + EPSILON))
    return vowel + nasal * 10 ** (-rng.uniform(3, 9) / 20)


def make_filler(rng, speaker, label, level, before=None, after=None):
    """Samples of an um, uh or er at `level` dB, and the words on its making."""
    making = draw_making(rng, speaker, label, before is None and after is None, before is None)
    samples = overlapped_filler(rng, speaker, label, making) if making.psola else None
    if samples is None:
        making.psola = False
        samples = vocoded_filler(rng, speaker, label, making, level, before, after)
    else:
        samples = scaled(samples, level)
    return samples, making.note()


def active_level(samples):
    """dB of the louder half."""
    blocks = (samples[: len(samples) // 160 * 160].reshape(-1, 160) ** 2).mean(axis=1)
    return decibels(np.sort(blocks)[len(blocks) // 2 :].mean())


# --- What is no filled pause --------------------------------------------------------------------------------------


def scaled(samples, level):
    return samples * 10 ** ((level - active_level(samples)) / 20)


def make_breath(rng, speaker, level):
    n = int(rng.uniform(0.15, 0.55) * RATE)
    noise = rng.standard_normal(n)
    shaped = 0.15 * signal.lfilter([1], [1, -0.6], noise)
    for centre in (rng.uniform(450, 900), rng.uniform(1300, 1900), rng.uniform(2300, 3200)):
        shaped += rng.uniform(0.5, 1) * signal.lfilter(*signal.butter(1, [0.75 * centre, 1.3 * centre], "band", fs=RATE), noise)
    shape = ramp(n, int(rng.uniform(0.3, 0.6) * n), int(rng.uniform(0.2, 0.4) * n))
    return scaled(shaped * shape, level - rng.uniform(14, 28))


def make_hum(rng, speaker, level):
    n = int(rng.uniform(0.3, 1.5) * RATE)
    mains, time = rng.choice([50, 60]), np.arange(n) / RATE
    parts = [rng.uniform(0.2, 1) / k**0.7 * np.sin(2 * np.pi * (k * mains * time + rng.random())) for k in range(1, 9)]
    return scaled(sum(parts) * ramp(n, 400, 400), level - rng.uniform(5, 20))


def make_tone(rng, speaker, level):
    n = int(rng.uniform(0.15, 0.8) * RATE)
    tones = rng.choice([[440, 440], [440, 480], [350, 440], [1000, 1000], [400, 400]])  # A, ring, dial, beep, tone
    wave = sum(np.sin(2 * np.pi * hertz * np.arange(n) / RATE) for hertz in tones)
    return scaled(wave * ramp(n, 160, 160), level - rng.uniform(2, 15))


def make_mm_hm(rng, speaker, level):
    """Two pulses of nasal, the second higher and rising, with a breath between."""
    lengths = rng.integers(20, 45), rng.integers(8, 18), rng.integers(24, 60)
    n = sum(lengths)
    frames = drifting(rng, nasal_frames(rng, speaker, n, rng.random() < SHARE_OWN_NASAL))
    first, jump, rise = rng.uniform(-4, 0), rng.uniform(1, 4), rng.uniform(1, 4)
    semitones = np.interp(np.arange(n), [0, lengths[0], n - lengths[2], n - 1], [first, first - 1, first + jump, first + jump + rise])
    frames.f0 = speaker.f0 * 2 ** ((semitones + jitter(rng, n)) / 12)
    gap = np.zeros(n)
    gap[lengths[0] : lengths[0] + lengths[1]] = signal.windows.hann(lengths[1])
    frames.envelope -= (rng.uniform(2, 4.5) * gap)[:, None]
    frames.aperiodicity = np.maximum(frames.aperiodicity, 0.9 * gap[:, None])
    frames.envelope += 2 * np.log(ramp(n, 10, 18))[:, None]
    return scaled(frames.samples(), level - rng.uniform(0, 8))


def make_sung(rng, speaker, level):
    """A vowel on one note with vibrato, or over a step ("hi-i")."""
    n = rng.integers(70, 240)
    piece = speaker.open_vowels[rng.integers(len(speaker.open_vowels))]
    frames = drifting(rng, piece.frames().at(walk(rng, n, piece.last - piece.first - 1)))
    seconds = np.arange(n) / FRAMES_A_SECOND
    semitones = rng.uniform(-2, 7) + jitter(rng, n)
    if rng.random() < 0.5:
        semitones = semitones + rng.uniform(0.4, 1.2) * np.sin(2 * np.pi * rng.uniform(4.5, 6.5) * seconds) * np.clip(3 * seconds, 0, 1)
    if rng.random() < 0.6:
        semitones = semitones + rng.choice([-5, -4, -3, -2, 2, 3, 4, 5]) / (1 + np.exp((rng.uniform(0.35, 0.65) * n - np.arange(n)) / 3))
    frames.f0 = speaker.f0 * 2 ** (semitones / 12)
    power = 2 * np.log(ramp(n, 8, 20))
    frames.envelope += power[:, None]
    periods = pitch_periods(piece)
    psola = len(periods) >= 3 and rng.random() < SHARE_PSOLA
    return scaled(overlapped(rng, periods, frames.f0, power) if psola else frames.samples(), level - rng.uniform(-2, 6))


MAKERS = {"breath": make_breath, "hum": make_hum, "tone": make_tone, "mm-hm": make_mm_hm, "sung": make_sung}


# --- Phrases: stretches of an utterance ---------------------------------------------------------------------------


@dataclasses.dataclass
class Edit:
    """Frames first … last (exclusive) give way to those at `positions`."""

    kind: str
    first: int
    last: int
    positions: np.ndarray
    f0_positions: np.ndarray


@dataclasses.dataclass
class Phrase:
    utterance: Utterance
    first: int
    last: int
    edit: Edit = None

    def frame(self, index):
        """The frame at `index` if it is voiced."""
        frame = self.utterance.frames.at(np.array([index]))
        return frame if frame.f0[0] > 0 else None


def dips(utterance, apart=70):
    """Frames between two loud parts at which an utterance may be parted: at least 8 dB below both sides."""
    smooth = np.convolve(utterance.intensity, np.ones(5) / 5, "same")
    found = []
    for index in range(utterance.first + apart, utterance.last - apart):
        near = smooth[index - 4 : index + 5]
        left, right = smooth[index - 30 : index].max(), smooth[index + 1 : index + 31].max()
        if smooth[index] == near.min() and min(left, right) - smooth[index] > 8:
            if not found or index - found[-1] >= apart:
                found.append(index)
    return found


def tighten(phrase, side):
    """Cut the quiet edge of the phrase away: to within 10 dB of what is loud in its outermost 250 ms."""
    intensity, reach = phrase.utterance.intensity, 50
    if side == "end":
        part = intensity[max(phrase.first, phrase.last - reach) : phrase.last]
        phrase.last -= int(np.argmax(part[::-1] > part.max() - 10))
    else:
        part = intensity[phrase.first : min(phrase.last, phrase.first + reach)]
        phrase.first += int(np.argmax(part > part.max() - 10))


def break_off(rng, phrase):
    """End the phrase within its last vowel."""
    vowel = last_vowel(phrase)
    if vowel:
        phrase.last = int(vowel[0] + rng.uniform(0.3, 0.7) * (vowel[1] - vowel[0]))


def vowels_of(phrase):
    utterance, here = phrase.utterance, slice(phrase.first, phrase.last)
    intensity = utterance.intensity[here]
    like = utterance.voiced()[here] & (intensity > intensity.max() - 12) & (utterance.formants[here, 0] > 280)
    return [(phrase.first + first, phrase.first + last) for first, last in runs(like, 12)]


def last_vowel(phrase):
    return (vowels_of(phrase) or [None])[-1]


def held(rng, kind, first, last, n):
    """The middle of a vowel walked through for n frames; its F0 keeps its own movement, slower."""
    middle = (first + last) // 2
    reach = min(8, (last - first) // 3)
    inner = middle - reach + walk(rng, n, 2 * reach)
    fade = np.minimum(np.arange(n), np.arange(n)[::-1]) / 8
    inner = np.where(fade < 1, middle + fade * (inner - middle), inner)
    positions = np.concatenate([np.arange(first, middle), inner, np.arange(middle, last)])
    return Edit(kind, first, last, positions, np.linspace(first, last - 1, len(positions)))


def stretched(kind, first, last, factor):
    positions = np.linspace(first, last - 1, int(factor * (last - first)))
    return Edit(kind, first, last, positions, positions)


def draw_edit(rng, phrase):
    """A vowel held, the last syllable lengthened, or any word drawn out."""
    kind, vowels = choose(rng, WORD_DISTRACTORS), vowels_of(phrase)
    if not vowels:
        return None
    first, last = vowels[-1] if rng.random() < 0.7 else vowels[rng.integers(len(vowels))]
    if kind == "held-vowel":
        return held(rng, kind, first, last, int(np.clip(rng.lognormal(np.log(0.35), 0.4), 0.15, 0.8) * FRAMES_A_SECOND))
    if kind == "final-lengthening":
        return stretched(kind, *vowels[-1], rng.uniform(1.5, 2.4))
    wider = max(phrase.first, first - rng.integers(10, 40)), min(phrase.last, last + rng.integers(10, 40))
    return stretched(kind, *wider, rng.uniform(1.15, 1.6))


JOIN = 160  # samples of overlap where two sounds are joined: 10 ms
SEARCH = 130  # samples by which a sound may be moved to meet the other in phase: half a period at 60 Hz


def best_shift(tail, head):
    """Where in `head` (JOIN + SEARCH samples) the sound is most like `tail` (JOIN samples)."""
    windows = np.lib.stride_tricks.sliding_window_view(head, len(tail))
    likeness = windows @ tail / np.sqrt((windows**2).sum(axis=1) + EPSILON)
    return int(np.argmax(likeness))


def join(left, right):
    """One after the other, crossed over 10 ms in phase."""
    if min(len(left), len(right)) < JOIN + SEARCH:
        return np.concatenate([left, right])
    shift = best_shift(left[-JOIN:], right[: JOIN + SEARCH])
    right = right[shift:]
    rise = 0.5 - 0.5 * np.cos(np.pi * (np.arange(JOIN) + 0.5) / JOIN)
    cross = left[-JOIN:] * (1 - rise) + right[:JOIN] * rise
    return np.concatenate([left[:-JOIN], cross, right[JOIN:]])


def render(rng, phrase, resynthesised):
    """Samples of the phrase, and where in them (s) its edit lies."""
    utterance, edit = phrase.utterance, phrase.edit
    frames, margin = utterance.frames, 8
    if edit is None:
        positions = np.arange(phrase.first, phrase.last)
        return frames.at(positions).samples() if resynthesised else utterance.span(phrase.first, phrase.last), None
    # What is synthesised: all, or the edit with a margin for the joins.
    first = phrase.first if resynthesised else max(phrase.first, edit.first - margin)
    last = phrase.last if resynthesised else min(phrase.last, edit.last + margin)
    ways = [
        np.concatenate([np.arange(first, edit.first), way, np.arange(edit.last, last)])
        for way in (edit.positions, edit.f0_positions)
    ]
    made = frames.at(*ways)
    drift = ramp(len(made), 20, 20)[:, None] * (drifting(rng, made).envelope - made.envelope)
    made = Frames(made.f0 * 2 ** (jitter(rng, len(made)) / 12), made.envelope + drift, made.aperiodicity).samples()
    head, tail = utterance.span(phrase.first, first), utterance.span(last, phrase.last)
    samples = join(head, made) if len(head) else made
    start = (len(samples) - len(made) + (edit.first - first) * FRAME) / RATE
    samples = join(samples, tail) if len(tail) else samples
    return samples, (start, start + len(edit.positions) * FRAME / RATE)


# --- Clips --------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Boundary:
    """What stands before a phrase, or after the last one: an event, a distractor or nothing but a pause."""

    inner: bool  # within an utterance
    label: str = None
    place: str = None
    distractor: str = None

    def empty(self):
        return not self.label and not self.distractor


class Clip:
    """Speech laid out in time, over the recordings' own noise."""

    def __init__(self):
        self.layers = []  # sample at which it begins, samples
        self.covered = []  # first and last sample, and the fades, of what brings its own noise
        self.end = 0
        self.events, self.distractors = [], []

    def silence(self, seconds):
        self.end += int(seconds * RATE)

    def lay(self, samples, overlap=0):
        """Add samples at the end, or `overlap` samples before it; returns where they begin."""
        start = max(0, self.end - overlap)
        self.layers.append((start, samples))
        self.end = start + len(samples)
        return start

    def speech(self, samples, fade_in, fade_out, joined):
        if joined:
            samples = self.in_phase(samples)
        start = self.lay(samples * ramp(len(samples), fade_in, fade_out), fade_in if joined else 0)
        self.covered.append((start, self.end, fade_in, fade_out))
        return start

    def in_phase(self, samples):
        """Without its first samples, up to a half period, so that it meets the last layer in phase."""
        if not self.layers or len(samples) < 4 * (JOIN + SEARCH) or len(self.layers[-1][1]) < JOIN:
            return samples
        return samples[best_shift(self.layers[-1][1][-JOIN:], samples[: JOIN + SEARCH]) :]

    def mixed(self, rng, noise_power):
        mix, bed = np.zeros(self.end), np.ones(self.end)
        for start, samples in self.layers:
            mix[start : start + len(samples)] += samples
        for first, last, fade_in, fade_out in self.covered:
            bed[first:last] -= ramp(last - first, fade_in, fade_out) ** 2
        return mix + shaped_noise(rng, self.end, noise_power) * np.sqrt(np.clip(bed, 0, 1))


def shaped_noise(rng, n, power):
    taps = signal.firwin2(513, np.linspace(0, 1, len(power)), np.sqrt(power))
    return signal.fftconvolve(rng.standard_normal(n + 512), taps, "valid")[:n]


def audible(samples):
    """First and last sample within 26 dB of the loudest 10 ms."""
    blocks = (samples[: len(samples) // 80 * 80].reshape(-1, 80) ** 2).mean(axis=1)
    loud = np.flatnonzero(decibels(blocks) > decibels(blocks.max()) - 26)
    return loud[0] * 80, (loud[-1] + 1) * 80


def draw_phrases(rng, utterances, n_inner):
    """The utterances in order, parted at n places within them if they have as many."""
    cuts = [(number, dip) for number, utterance in enumerate(utterances) for dip in dips(utterance)]
    chosen = sorted(cuts[i] for i in rng.permutation(len(cuts))[:n_inner])
    phrases, boundaries = [], []
    for number, utterance in enumerate(utterances):
        edges = [utterance.first, *(dip for owner, dip in chosen if owner == number), utterance.last]
        for i, (first, last) in enumerate(zip(edges, edges[1:])):
            boundaries.append(Boundary(inner=i > 0))
            phrases.append(Phrase(utterance, first, last))
    return phrases, [*boundaries, Boundary(inner=False)]


def draw_events(rng, boundaries, n_events):
    """Put the events at boundaries, most of them within utterances, and distractors at some of the others."""
    inner = rng.permutation([i for i, boundary in enumerate(boundaries) if boundary.inner]).tolist()
    outer = rng.permutation([i for i, boundary in enumerate(boundaries) if not boundary.inner]).tolist()
    n_inner = min(len(inner), max(round(SHARE_INNER * n_events), n_events - len(outer)))
    for i in [*inner[:n_inner], *outer[: n_events - n_inner]]:
        boundaries[i].label = choose(rng, LABELS)
        boundaries[i].place = "start" if i == 0 else "end" if i == len(boundaries) - 1 else choose(rng, INNER_PLACES)
    free = [boundary for boundary in boundaries if boundary.empty()]
    for i in rng.permutation(len(free))[: rng.integers(*DISTRACTORS_A_CLIP)]:
        free[i].distractor = choose(rng, PAUSE_DISTRACTORS)


def shape_phrases(rng, phrases, boundaries):
    """Cut the phrases as what stands beside them asks, and hold or stretch some words."""
    for phrase, before, after in zip(phrases, boundaries, boundaries[1:]):
        if before.place in ("joined-after", "joined-both"):
            tighten(phrase, "start")
        if after.place in ("joined-before", "joined-both"):
            tighten(phrase, "end")
        if after.place == "cut":
            break_off(rng, phrase)
        if rng.random() < SHARE_WORD_DISTRACTOR:
            phrase.edit = draw_edit(rng, phrase)


def lay_event(rng, clip, speaker, boundary, left, right):
    """The event of a boundary with the silences beside it."""
    place, level = boundary.place, speaker.utterances[0].level if left is None else left.utterance.level
    to_left = place in ("joined-before", "joined-both")
    to_right = place in ("joined-after", "joined-both") or place == "start" and rng.random() < 0.2
    before = left.frame(left.last - 1) if to_left else None
    after = right.frame(right.first) if to_right else None
    shift = float(np.clip(rng.normal(*LEVEL[:2]), *LEVEL[2:]))
    samples, making = make_filler(rng, speaker, boundary.label, level + shift, before, after)
    if place == "cut":
        clip.silence(rng.uniform(0.02, 0.25))
    elif not to_left:
        clip.silence(rng.uniform(*SILENCE))
    if before:
        samples = clip.in_phase(samples)
    samples = samples * ramp(len(samples), JOIN if before else 0, JOIN if after else 0)
    start = clip.lay(samples, JOIN if to_left else 0)
    first, last = audible(samples)
    clip.events.append(((start + first) / RATE, (start + last) / RATE, boundary.label, f"{place} {making}"))
    if not to_right:
        clip.silence(rng.uniform(*SILENCE))
    return to_right


def lay_distractor(rng, clip, speaker, kind, level):
    clip.silence(rng.uniform(*SILENCE))
    samples = MAKERS[kind](rng, speaker, level)
    start = clip.lay(samples)
    first, last = audible(samples)
    clip.distractors.append(((start + first) / RATE, (start + last) / RATE, kind))
    clip.silence(rng.uniform(*SILENCE))


def lay_boundary(rng, clip, speaker, boundary, left, right):
    """Whether the next phrase follows without a silence."""
    if boundary.label:
        return lay_event(rng, clip, speaker, boundary, left, right)
    if boundary.distractor:
        lay_distractor(rng, clip, speaker, boundary.distractor, (left or right).utterance.level)
    else:
        clip.silence(rng.uniform(*PAUSE))
    return False


def make_clip(rng, speaker, utterances):
    n_events = choose(rng, EVENTS_IN_CLIP) if rng.random() < SHARE_WITH_EVENTS else 0
    n_inner = rng.binomial(n_events, SHARE_INNER) + rng.integers(0, 2)
    phrases, boundaries = draw_phrases(rng, utterances, n_inner)
    draw_events(rng, boundaries, n_events)
    shape_phrases(rng, phrases, boundaries)
    resynthesised = rng.random() < SHARE_RESYNTHESISED
    clip = Clip()
    for i, phrase in enumerate(phrases):
        left = phrases[i - 1] if i else None
        joined = lay_boundary(rng, clip, speaker, boundaries[i], left, phrase)
        samples, edited = render(rng, phrase, resynthesised)
        tight_end = boundaries[i + 1].place in ("joined-before", "joined-both", "cut")
        start = clip.speech(samples, JOIN if joined else 400, JOIN if tight_end else 400, joined)
        if edited and phrase.edit.kind != "stretched-word":
            clip.distractors.append((start / RATE + edited[0], start / RATE + edited[1], phrase.edit.kind))
    lay_boundary(rng, clip, speaker, boundaries[-1], phrases[-1], None)
    return clip, through_channel(rng, clip.mixed(rng, speaker.noise))


def groups(rng, utterances):
    """The utterances in another order, in groups for clips of about CLIP_SECONDS."""
    order = rng.permutation(len(utterances))
    seconds = sum(u.last - u.first for u in utterances) / FRAMES_A_SECOND + SECONDS_BESIDE * len(utterances)
    fewest, most = int(np.ceil(seconds / CLIP_SECONDS[1])), int(seconds / CLIP_SECONDS[0])
    parts = np.array_split(order, min(len(order), rng.integers(fewest, max(fewest, most) + 1)))
    return [[utterances[i] for i in part] for part in parts]


# --- The channel --------------------------------------------------------------------------------------------------


def through_phone(samples):
    """300-3400 Hz, mu-law at 8 kHz and back."""
    band = signal.butter(4, [300, 3400], "band", fs=RATE, output="sos")
    low = signal.resample_poly(signal.sosfilt(band, samples), 1, 2)
    squeezed = np.sign(low) * np.log1p(255 * np.abs(np.clip(low, -1, 1))) / np.log(256)
    squeezed = np.rint(squeezed * 127) / 127
    return signal.resample_poly(np.sign(squeezed) * np.expm1(np.abs(squeezed) * np.log(256)) / 255, 2, 1)


def with_noise(rng, samples):
    """White to brown noise, 15 to 35 dB below the speech."""
    colour = rng.uniform(0, 2)
    spectrum = np.maximum(np.arange(257), 3.0) ** -colour
    noise = shaped_noise(rng, len(samples), spectrum)
    return samples + scaled(noise, active_level(samples) - rng.uniform(15, 35))


def with_reverb(rng, samples):
    """A small room: a tail of noise that dies away, 5 to 14 dB below the direct sound."""
    n = int(0.35 * RATE)
    tail = rng.standard_normal(n) * 10 ** (-3 * np.arange(n) / RATE / rng.uniform(0.15, 0.45))
    tail[: int(0.002 * RATE)] = 0
    tail *= 10 ** (-rng.uniform(5, 14) / 20) / np.sqrt((tail**2).sum())
    return samples + signal.fftconvolve(samples, tail)[: len(samples)]


def through_channel(rng, samples):
    if rng.random() < SHARE_REVERB:
        samples = with_reverb(rng, samples)
    if rng.random() < SHARE_NOISE:
        samples = with_noise(rng, samples)
    samples = samples * min(1, 0.9 / np.abs(samples).max())
    if rng.random() < SHARE_PHONE:
        samples = through_phone(samples)
    if rng.random() < SHARE_GAIN:
        samples = samples * 10 ** (-rng.uniform(0, 20) / 20)
    return samples * min(1, 0.97 / np.abs(samples).max())


# --- Everything ---------------------------------------------------------------------------------------------------


def write_clip(folder, name, clip, samples, labels, distractors):
    soundfile.write(folder / name, samples, RATE, subtype="PCM_16")
    for start, end, label, note in sorted(clip.events):
        labels.append(f"{name}\t{start:.3f}\t{end:.3f}\t{label}\t{note}")
    if not clip.events:
        labels.append(name)
    for start, end, kind in sorted(clip.distractors):
        distractors.append(f"{name}\t{start:.3f}\t{end:.3f}\t{kind}")


def make_half(folder, speakers, seed, variations):
    """One folder; returns its clips, events and seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    labels, distractors, n_clips, n_samples = [], [], 0, 0
    for name, woman, paths in speakers:
        speaker = read_speaker(name, woman, paths)
        for variation in range(variations):
            # One stream for each, so that more variations leave the first ones as they are.
            rng = np.random.default_rng([seed, 1, variation, *name.encode()])
            for number, utterances in enumerate(groups(rng, speaker.utterances)):
                clip, samples = make_clip(rng, speaker, utterances)
                write_clip(folder, f"{name}-{variation}{number}.wav", clip, samples, labels, distractors)
                n_clips, n_samples = n_clips + 1, n_samples + len(samples)
    (folder / "labels.tsv").write_text("".join(f"{line}\n" for line in labels))
    (folder / "distractors.tsv").write_text("".join(f"{line}\n" for line in distractors))
    return n_clips, sum("\t" in line for line in labels), len(distractors), n_samples / RATE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True, help="the folder with data/read-speech")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1, help="another seed: other speakers in train, other draws")
    parser.add_argument("--variations", type=int, default=2, help=f"times that each utterance is used for training (at most {TEST_VARIATIONS} times for testing)")
    options = parser.parse_args()
    halves = split(list_speakers(options.shared / "data" / "read-speech"), options.seed)
    for name, speakers in halves.items():
        variations = options.variations if name == "train" else min(TEST_VARIATIONS, options.variations)
        n_clips, n_events, n_distractors, seconds = make_half(options.out / name, speakers, options.seed, variations)
        print(f"{name:6} {len(speakers)} speakers, {n_clips} clips, {seconds / 60:.1f} minutes, {n_events} filled pauses, {n_distractors} distractors")


if __name__ == "__main__":
    main()
