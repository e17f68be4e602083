"""espeak-ng through its library, which tells when it says which word and which sound; at 16 kHz."""

import ctypes
import pathlib
import sys
from dataclasses import dataclass, field

import numpy as np
from scipy.signal import resample_poly

from features import RATE

sys.path.append(str(pathlib.Path(__file__).parents[2] / "fixtures"))
from espeak_words import CALLBACK, CHARS_UTF8, END, LIBRARY, SYNCHRONOUS, WORD  # noqa: E402
from espeak_words import RATE as SPEED  # noqa: E402

# Accents, and variants that sound like people. `HELD_OUT` are never trained on.
ACCENTS = ["en-us", "en-us", "en-us", "en-gb", "en-gb-scotland"]
VARIANTS = ["", "", "", "+m1", "+m3", "+f2", "+f4", "+Annie", "+Annie"]
HELD_OUT = ["en-us+m4", "en-us+m7", "en-gb+f5", "en-gb+Michael", "en-us+Andy"]

# Filled pauses in espeak-ng's phonemes: a long level vowel, with a nasal tail for um.
FILLED_PAUSES = {"um": ["V::m:", "V:m::", "@:m:", "V::m"], "uh": ["V::", "V:::", "@::", "V:"], "er": ["3::", "3:::", "3:"]}

# Of the library, beyond what espeak_words.py uses.
PHONEME_EVENTS, PHONEMES = 1, 0x100
PITCH, RANGE = 3, 4
PHONEME = 7

# Silence kept before and after what is said.
MARGIN = 0.015


@dataclass
class Said:
    """`words`: start and end of each word of the text; `sounds`: start and name of each; all in seconds."""

    samples: np.ndarray
    words: list = field(default_factory=list)
    sounds: list = field(default_factory=list)


class Espeak:
    """One to a process: the library keeps its state for itself."""

    def __init__(self):
        self.library = ctypes.CDLL(LIBRARY)
        self.rate = self.library.espeak_Initialize(SYNCHRONOUS, 0, None, PHONEME_EVENTS)
        self.parts, self.events = [], []

        def on_sound(samples, count, events):
            if samples and count:
                self.parts.append(np.ctypeslib.as_array(samples, (count,)).copy())
            index = 0
            while events[index].type != END:
                event = events[index]
                self.events.append((event.type, event.sample / self.rate, event.text_position - 1, event.id))
                index += 1
            return 0

        self.callback = CALLBACK(on_sound)
        self.library.espeak_SetSynthCallback(self.callback)

    def voice(self, name):
        self.library.espeak_SetVoiceByName(name.encode())

    def say(self, text, speed, pitch, pitch_range):
        """`speed` in words a minute; `pitch` and `pitch_range` from 0 to 100, 50 is the voice's own."""
        for parameter, value in [(SPEED, speed), (PITCH, pitch), (RANGE, pitch_range)]:
            self.library.espeak_SetParameter(parameter, int(value), 0)
        self.parts, self.events = [], []
        encoded = text.encode()
        self.library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, CHARS_UTF8 | PHONEMES, None, None)
        sound = np.concatenate(self.parts or [np.zeros(1, np.int16)]).astype(np.float32) / 32768
        samples = resample_poly(sound, 320, self.rate // 50).astype(np.float32)
        loud = np.flatnonzero(np.abs(samples) > 0.005)
        if not len(loud):
            return Said(samples[:0])
        first = max(0, int(loud[0]) - int(MARGIN * RATE))
        samples = samples[first : int(loud[-1]) + int(MARGIN * RATE)]
        return Said(samples, self._words(text, first / RATE, len(samples) / RATE), self._sounds(first / RATE))

    def _words(self, text, cut, length):
        """A word without an event of its own is said within the one before it."""
        offsets, at = [], 0
        for word in text.split(" "):
            offsets.append(at)
            at += len(word) + 1
        starts = {}
        for kind, time, position, _ in self.events:
            if kind == WORD and position >= 0:
                word = sum(offset <= position for offset in offsets) - 1
                starts.setdefault(word, max(0.0, time - cut))
        times = [starts.get(word) for word in range(len(offsets))]
        times[0] = 0.0
        for word in range(1, len(times)):
            times[word] = times[word - 1] if times[word] is None else times[word]
        ends = [next((later for later in times[word + 1 :] if later > times[word]), length) for word in range(len(times))]
        return [(round(start, 3), round(end, 3)) for start, end in zip(times, ends)]

    def _sounds(self, cut):
        found = [(time - cut, name) for kind, time, _, name in self.events if kind == PHONEME]
        # Stress marks and lengths go: the sound is the same.
        names = [(round(max(0.0, time), 3), name.decode("utf-8", "ignore").strip("',%=_|:;-")) for time, name in found]
        return [(time, name or "_") for time, name in names]
