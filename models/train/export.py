"""Writes the weights as a model of whisper.cpp: python export.py WEIGHTS MODEL.bin

GGML's format, matrices in q8_0 as whisper.cpp's `quantize` writes them; layout as in src/model/layout.rs of afterbeep.
"""

import pathlib
import pickle
import struct
import sys

import numpy as np

import network
from features import FILTERS
from network import N_AUDIO_CONTEXT, N_TEXT_CONTEXT, Shape
from tokens import FIRST_TIME, N_TIMES, N_VOCABULARY, pieces

MAGIC, FILE_FORMAT_Q8_0 = 0x67676D6C, 2007
F32, F16, Q8_0 = 0, 1, 8
BLOCK = 32


def main():
    saved = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())
    path = pathlib.Path(sys.argv[2])
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(b"".join(model(saved["weights"], saved["used"])))
    temporary.rename(path)
    print(f"{path}: {path.stat().st_size / 2**20:.2f} MiB after {saved['step']} steps")


def model(weights, used):
    d, n_head = Shape.n_state, Shape.n_head
    yield struct.pack("<12i", MAGIC, N_VOCABULARY, N_AUDIO_CONTEXT, d, n_head, Shape.n_audio_layer, N_TEXT_CONTEXT, d,
                      n_head, Shape.n_text_layer, network.BANDS, FILE_FORMAT_Q8_0)
    yield struct.pack("<2i", *FILTERS.shape) + FILTERS.astype("<f4").tobytes()
    by_rank = sorted((rank, piece) for piece, rank in pieces().items())
    yield struct.pack("<i", len(by_rank))
    for _, piece in by_rank:
        yield struct.pack("<i", len(piece)) + piece

    encoder, decoder = weights["encoder"], weights["decoder"]
    yield tensor("encoder.positional_embedding", network.sinusoids(N_AUDIO_CONTEXT), F32)
    for name, channels in [("conv1", network.BANDS), ("conv2", d)]:
        kernel = np.asarray(encoder[name]["w"]).reshape(3, channels, d)
        yield tensor(f"encoder.{name}.weight", kernel.transpose(2, 1, 0), F16)
        yield tensor(f"encoder.{name}.bias", np.asarray(encoder[name]["b"])[:, None], F32)
    yield from norm("encoder.ln_post", encoder["ln_post"])
    for index, block in enumerate(encoder["blocks"]):
        yield from layer(f"encoder.blocks.{index}", block)

    yield tensor("decoder.positional_embedding", decoder["positions"], F32)
    yield tensor("decoder.token_embedding.weight", embedding(decoder, used), Q8_0)
    yield from norm("decoder.ln", decoder["ln"])
    for index, block in enumerate(decoder["blocks"]):
        yield from layer(f"decoder.blocks.{index}", block)


def embedding(decoder, used):
    """A row for every token: the shared one where the corpus has no text with it."""
    rows = np.tile(np.asarray(decoder["unused"]), (N_VOCABULARY, 1))
    rows[used] = np.asarray(decoder["used"])
    rows[FIRST_TIME:] = network.sinusoids(N_TIMES) @ np.asarray(decoder["times"])
    return rows


def layer(name, block):
    for part in ["attn", "cross_attn"]:
        if part in block:
            yield from norm(f"{name}.{part}_ln", block[f"{part}_ln"])
            for kind in ["query", "key", "value", "out"]:
                yield from linear(f"{name}.{part}.{kind}", block[part][kind])
    yield from norm(f"{name}.mlp_ln", block["mlp_ln"])
    yield from linear(f"{name}.mlp.0", block["mlp"][0])
    yield from linear(f"{name}.mlp.2", block["mlp"][1])


def norm(name, weights):
    yield tensor(f"{name}.weight", weights["w"], F32)
    yield tensor(f"{name}.bias", weights["b"], F32)


def linear(name, weights):
    yield tensor(f"{name}.weight", np.asarray(weights["w"]).T, Q8_0)
    if "b" in weights:
        yield tensor(f"{name}.bias", weights["b"], F32)


def tensor(name, values, kind):
    """The header names the longest-running dimension last; GGML counts it first."""
    values = np.ascontiguousarray(values, np.float32)
    header = struct.pack("<3i", values.ndim, len(name), kind)
    header += struct.pack(f"<{values.ndim}i", *reversed(values.shape)) + name.encode()
    return header + {F32: lambda: values.astype("<f4"), F16: lambda: values.astype("<f2"), Q8_0: lambda: q8_0(values)}[kind]().tobytes()


def q8_0(values):
    """Blocks of 32 numbers: a scale in half precision, then each number as a multiple of it."""
    blocks = values.reshape(-1, BLOCK)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / 127
    multiples = np.round(blocks / np.where(scale == 0, 1, scale)).astype(np.int8)
    stored = np.zeros(len(blocks), np.dtype([("scale", "<f2"), ("multiples", "i1", BLOCK)]))
    stored["scale"], stored["multiples"] = scale[:, 0], multiples
    return stored


if __name__ == "__main__":
    main()
