"""espeak-ng and flite through their libraries, which tell when they say which word and which sound; at 16 kHz."""

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

# Flite's voices, of an American, another and a Scot; the last is never trained on. And how long they make the sound of a
# filled pause, as a multiple of what they give the word by themselves.
FLITE_VOICES, FLITE_HELD_OUT = ["kal16", "rms", "slt"], ["awb"]
FLITE_LIBRARY = "libflite{}.so.1"
FILLED_PAUSE_STRETCH = (1.4, 2.8)

# Of espeak-ng's library, beyond what espeak_words.py uses.
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
        cut, samples = trimmed(resample_poly(sound, 320, self.rate // 50).astype(np.float32))
        if not len(samples):
            return Said(samples)
        return Said(samples, self._words(text, cut, len(samples) / RATE), self._sounds(cut))

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


class Wave(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_char_p),
        ("rate", ctypes.c_int),
        ("n_samples", ctypes.c_int),
        ("n_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]


class Voice(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("features", ctypes.c_void_p)]


class Flite:
    """Flite has no pitch to set for most of its voices; sampled anew, a voice is higher or lower and so is its size."""

    def __init__(self):
        self.library = library = ctypes.CDLL(FLITE_LIBRARY.format(""), ctypes.RTLD_GLOBAL)
        for name in ["usenglish", "cmulex"]:
            ctypes.CDLL(FLITE_LIBRARY.format("_" + name), ctypes.RTLD_GLOBAL)
        pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float
        for function, result, arguments in [
            ("flite_synth_text", pointer, [text, ctypes.POINTER(Voice)]),
            ("utt_wave", ctypes.POINTER(Wave), [pointer]),
            ("utt_relation", pointer, [pointer, text]),
            ("relation_head", pointer, [pointer]),
            ("item_next", pointer, [pointer]),
            ("flite_ffeature_float", number, [pointer, text]),
            ("flite_ffeature_string", text, [pointer, text]),
            ("flite_feat_set_float", None, [pointer, text, number]),
            ("delete_utterance", None, [pointer]),
        ]:
            getattr(library, function).restype, getattr(library, function).argtypes = result, arguments
        library.flite_init()
        self.voices = {name: self._voice(name) for name in FLITE_VOICES + FLITE_HELD_OUT}

    def _voice(self, name):
        register = getattr(ctypes.CDLL(FLITE_LIBRARY.format("_cmu_us_" + name), ctypes.RTLD_GLOBAL), "register_cmu_us_" + name)
        register.restype = ctypes.POINTER(Voice)
        return register(None)

    def say(self, text, name, stretch, size):
        """`stretch`: of all times, 1 is the voice's own; `size`: of the speaker in hundredths, 110 is a lower voice."""
        library, voice = self.library, self.voices[name]
        library.flite_feat_set_float(voice.contents.features, b"duration_stretch", stretch * 100 / size)
        utterance = library.flite_synth_text(text.encode(), voice)
        wave = library.utt_wave(utterance).contents
        sound = np.ctypeslib.as_array(wave.samples, (wave.n_samples,)).astype(np.float32) / 32768
        # All of these voices are at 16 kHz.
        cut, samples = trimmed(resample_poly(sound, size, 100).astype(np.float32))

        def time(item, feature):
            return round(max(0.0, library.flite_ffeature_float(item, feature) * size / 100 - cut), 3)

        said = Said(samples)
        for item in self._items(utterance, b"Token"):
            start = time(item, b"R:Token.daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end")
            said.words.append((start, time(item, b"R:Token.daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end")))
        for item in self._items(utterance, b"Segment"):
            sound = library.flite_ffeature_string(item, b"name").decode()
            said.sounds.append((time(item, b"p.end"), "_" if sound == "pau" else sound))
        library.delete_utterance(utterance)
        n_words = len(text.split(" "))
        if len(said.words) != n_words:
            raise ValueError(f"flite says {len(said.words)} words, not {n_words}: {text}")
        return said

    def _items(self, utterance, relation):
        item = self.library.relation_head(self.library.utt_relation(utterance, relation))
        while item:
            yield item
            item = self.library.item_next(item)


def trimmed(samples):
    """How many seconds of silence are cut off before, and what is left."""
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    if not len(loud):
        return 0.0, samples[:0]
    first = max(0, int(loud[0]) - int(MARGIN * RATE))
    return first / RATE, samples[first : int(loud[-1]) + int(MARGIN * RATE)]
