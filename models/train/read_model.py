"""Weights from a model that export.py wrote, to train it further when weights.pkl is gone."""

import pathlib
import struct

import numpy as np

import network
from export import BLOCK, F16, F32, FILTERS, Q8_0
from tokens import FIRST_TIME, N_TIMES, N_VOCABULARY

HEADER = "<12i"


def read(path, fresh):
    """The weights and the tokens that have a row of their own; from `fresh` the heads, which are not in the file."""
    tensors = tensors_in(pathlib.Path(path).read_bytes())
    rows = tensors["decoder.token_embedding.weight"]
    # The shared row is the commonest; the number of an ordinary token that stands alone is not known, so look.
    unused = np.median(rows[:FIRST_TIME], axis=0)
    used = np.flatnonzero(np.abs(rows[:FIRST_TIME] - unused).max(axis=1) > 1e-6).tolist()
    times = np.linalg.lstsq(network.sinusoids(N_TIMES), rows[FIRST_TIME:N_VOCABULARY], rcond=None)[0]

    def norm(name):
        return {"w": tensors[f"{name}.weight"], "b": tensors[f"{name}.bias"]}

    def linear(name):
        made = {"w": tensors[f"{name}.weight"].T.copy()}
        return made | ({"b": tensors[f"{name}.bias"]} if f"{name}.bias" in tensors else {})

    def block(name, parts):
        made = {"mlp_ln": norm(f"{name}.mlp_ln"), "mlp": [linear(f"{name}.mlp.0"), linear(f"{name}.mlp.2")]}
        for part in parts:
            made[f"{part}_ln"] = norm(f"{name}.{part}_ln")
            made[part] = {kind: linear(f"{name}.{part}.{kind}") for kind in ["query", "key", "value", "out"]}
        return made

    def convolution(name):
        kernel = tensors[f"{name}.weight"].transpose(2, 1, 0)
        return {"w": kernel.reshape(-1, kernel.shape[2]).copy(), "b": tensors[f"{name}.bias"][:, 0]}

    shape = network.Shape
    return fresh | {
        "encoder": {
            "conv1": convolution("encoder.conv1"),
            "conv2": convolution("encoder.conv2"),
            "blocks": [block(f"encoder.blocks.{index}", ["attn"]) for index in range(shape.n_audio_layer)],
            "ln_post": norm("encoder.ln_post"),
        },
        "decoder": {
            "used": rows[used],
            "unused": unused,
            "times": times.astype(np.float32),
            "positions": tensors["decoder.positional_embedding"],
            "blocks": [block(f"decoder.blocks.{index}", ["attn", "cross_attn"]) for index in range(shape.n_text_layer)],
            "ln": norm("decoder.ln"),
        },
    }, used


def tensors_in(data):
    at = struct.calcsize(HEADER) + 8 + FILTERS.nbytes
    (n_pieces,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(n_pieces):
        at += 4 + struct.unpack_from("<i", data, at)[0]
    tensors = {}
    while at < len(data):
        n_dims, length, kind = struct.unpack_from("<3i", data, at)
        shape = struct.unpack_from(f"<{n_dims}i", data, at + 12)[::-1]
        at += 12 + 4 * n_dims
        name = data[at : at + length].decode()
        at += length
        stored = {F32: "<f4", F16: "<f2", Q8_0: np.dtype([("scale", "<f2"), ("multiples", "i1", BLOCK)])}[kind]
        count = int(np.prod(shape)) // (BLOCK if kind == Q8_0 else 1)
        values = np.frombuffer(data, stored, count, at)
        at += values.nbytes
        if kind == Q8_0:
            values = values["scale"][:, None].astype(np.float32) * values["multiples"]
        tensors[name] = values.astype(np.float32).reshape(shape)
    return tensors
