"""Log-mel spectra as whisper.cpp makes them (`log_mel_spectrogram`), so that the model hears in use what it learned from."""

import numpy as np

RATE = 16_000
N_FFT, HOP, BANDS = 400, 160, 80


def filters():
    """80 x 201: triangles on Slaney's mel scale, each of area 1, as librosa and Whisper have them."""
    edges = _hertz(np.linspace(_mel(0.0), _mel(RATE / 2), BANDS + 2))
    bins = np.linspace(0, RATE / 2, N_FFT // 2 + 1)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return (np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


def _mel(hertz):
    hertz = np.asarray(hertz, float)
    return np.where(hertz < 1000, hertz * 3 / 200, 15 + np.log(np.maximum(hertz, 1) / 1000) * 27 / np.log(6.4))


def _hertz(mel):
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))


FILTERS = filters()
WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N_FFT) / N_FFT)).astype(np.float32)


def log_mel(samples):
    """T x 80: the base-10 logarithm of the energy in each band, 100 rows a second; `samples` within ±1 at 16 kHz."""
    samples = np.asarray(samples, np.float32)
    padded = np.concatenate([samples[N_FFT // 2 : 0 : -1], samples, np.zeros(N_FFT, np.float32)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP][: len(samples) // HOP]
    power = np.abs(np.fft.rfft(frames * WINDOW, axis=1)) ** 2
    return np.log10(np.maximum(power.astype(np.float32) @ FILTERS.T, 1e-10))


def scaled(log_mels):
    """What the encoder takes: at most eight decades below the loudest, about -1 to 1.5."""
    return (np.maximum(log_mels, log_mels.max() - 8) + 4) / 4
