"""Whisper's network in JAX, as whisper.cpp computes it, with the parts that only training needs.

- The tokens that no text of the corpus has share one row of the embedding: as there are some 47,000 of them they would
  otherwise never learn to be improbable.
- The times' rows are a linear map of the sinusoids by which the encoder knows its frames, so that what is learnt of one
  second serves for every other.
- Two heads stand on the encoder that name the sound and the word in each frame, since the synthesiser tells when it says
  which: the encoder then learns in minutes what text alone teaches it in hours. They are not exported.
- Of each layer of the encoder two heads begin by listening a few frames before and after. From random weights a head takes
  very long to find out that a sound is told from what is next to it.
- `decode` also gives where the decoder listens, so that it can be told where the word is that comes next.
"""

import jax
import jax.numpy as jnp
import numpy as np

from tokens import N_TIMES

N_AUDIO_CONTEXT, N_TEXT_CONTEXT = 1500, 448
BANDS = 80


class Shape:
    n_state, n_head, n_audio_layer, n_text_layer = 192, 3, 3, 3


# How far the near heads of each layer listen, in frames of 20 ms, and how sharply.
NEAR, NEAR_GAIN = [3, 5, 8], 1.7


def sinusoids(length, channels=Shape.n_state, first=0):
    scales = np.exp(-np.log(10000) / (channels // 2 - 1) * np.arange(channels // 2))
    angles = (first + np.arange(length))[:, None] * scales
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def fresh(seed, n_used, n_sounds):
    """Random weights; `n_used` tokens have a row of their own. A matrix is stored as `inputs x outputs`."""
    random, d = np.random.default_rng(seed), Shape.n_state

    def matrix(rows, columns, scale=1.0):
        return (random.standard_normal((rows, columns)) * scale / np.sqrt(rows)).astype(np.float32)

    def linear(rows, columns, scale=1.0):
        return {"w": matrix(rows, columns, scale), "b": np.zeros(columns, np.float32)}

    def norm():
        return {"w": np.ones(d, np.float32), "b": np.zeros(d, np.float32)}

    def attention():
        return {"query": linear(d, d), "key": {"w": matrix(d, d)}, "value": linear(d, d), "out": linear(d, d, 0.4)}

    def block(cross):
        made = {"attn": attention(), "attn_ln": norm(), "mlp_ln": norm(), "mlp": [linear(d, 4 * d), linear(4 * d, d, 0.4)]}
        return made | ({"cross_attn": attention(), "cross_attn_ln": norm()} if cross else {})

    return {
        "encoder": with_near_heads({
            "conv1": linear(3 * BANDS, d),
            "conv2": linear(3 * d, d, 3.0),
            "blocks": [block(cross=False) for _ in range(Shape.n_audio_layer)],
            "ln_post": norm(),
        }),
        "decoder": {
            "used": matrix(n_used, d, np.sqrt(n_used) * 0.05),
            "unused": matrix(1, d, 0.05)[0],
            "times": matrix(d, d, 0.05),
            "positions": matrix(N_TEXT_CONTEXT, d, np.sqrt(N_TEXT_CONTEXT) * 0.02),
            "blocks": [block(cross=True) for _ in range(Shape.n_text_layer)],
            "ln": norm(),
        },
        "sounds": linear(d, n_sounds),
        "words": linear(d, d),
    }


def with_near_heads(encoder):
    """The sinusoids of two frames, each turned by an angle, agree where the one is so many frames after the other."""
    n_pairs, d = Shape.n_state // Shape.n_head // 2, Shape.n_state
    sines, cosines = np.arange(n_pairs), d // 2 + np.arange(n_pairs)
    speeds = np.exp(-np.log(10000) / (d // 2 - 1) * sines)
    # What else would stand in the channels of these sinusoids keeps out of them at first.
    for channel in (sines, cosines):
        encoder["conv2"]["w"][:, channel] = 0
    for block, distance in zip(encoder["blocks"], NEAR):
        for head, offset in enumerate([-distance, distance]):
            first = head * 2 * n_pairs + np.arange(n_pairs)
            query, key = block["attn"]["query"]["w"], block["attn"]["key"]["w"]
            for matrix in (query, key):
                matrix[:, head * 2 * n_pairs : (head + 1) * 2 * n_pairs] *= 0.3
            cosine, sine = NEAR_GAIN * np.cos(speeds * offset), NEAR_GAIN * np.sin(speeds * offset)
            query[sines, first] += cosine
            query[cosines, first] += sine
            query[cosines, first + n_pairs] += cosine
            query[sines, first + n_pairs] -= sine
            key[sines, first] += NEAR_GAIN
            key[cosines, first + n_pairs] += NEAR_GAIN
    return encoder


def linear(weights, x):
    y = x @ weights["w"]
    return y + weights["b"] if "b" in weights else y


def norm(weights, x):
    centred = x - x.mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(-1, keepdims=True) + 1e-5) * weights["w"] + weights["b"]


def attention(weights, x, source, mask):
    """What is gathered, and how much of it from where (B x heads x queries x keys).

    `mask`: true where a query (second last axis) may look at a key (last).
    """
    def heads(y):
        return y.reshape(*y.shape[:2], Shape.n_head, -1).transpose(0, 2, 1, 3)

    query, key, value = (heads(linear(weights[k], y)) for k, y in [("query", x), ("key", source), ("value", source)])
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1])
    shares = jax.nn.softmax(scores if mask is None else jnp.where(mask, scores, -1e9), axis=-1)
    return linear(weights["out"], (shares @ value).transpose(0, 2, 1, 3).reshape(x.shape)), shares


def perceptron(weights, x):
    return linear(weights[1], jax.nn.gelu(linear(weights[0], x), approximate=True))


def neighbours(x, step):
    """Each row with the one before and the one after it, every `step` rows."""
    padded = jnp.pad(x, ((0, 0), (1, 1), (0, 0)))
    n = x.shape[1]
    return jnp.concatenate([padded[:, k : k + n : step] for k in range(3)], axis=-1)


def encode(weights, mels, first):
    """`mels`: B x 2T x 80, scaled; gives B x T x n_state. Padding is not masked: whisper.cpp does not either.

    `first` (B): which frame of a window each clip begins with. whisper.cpp always begins with 0; a short clip from the
    middle of a window teaches its positions at a fraction of the cost of the whole.
    """
    x = jax.nn.gelu(linear(weights["conv1"], neighbours(mels, 1)), approximate=True)
    x = jax.nn.gelu(linear(weights["conv2"], neighbours(x, 2)), approximate=True)
    x = x + jnp.asarray(sinusoids(N_AUDIO_CONTEXT))[first[:, None] + np.arange(x.shape[1])]
    for block in weights["blocks"]:
        y = norm(block["attn_ln"], x)
        x = x + attention(block["attn"], y, y, None)[0]
        x = x + perceptron(block["mlp"], norm(block["mlp_ln"], x))
    return norm(weights["ln_post"], x)


def embedding(weights):
    """Rows of the used tokens, then of the times, then the one of all others."""
    times = sinusoids(N_TIMES) @ weights["times"]
    return jnp.concatenate([weights["used"], times, weights["unused"][None]])


def decode(weights, tokens, heard, first):
    """Logits of what follows each of `tokens` (B x N x rows of `embedding`), and where each layer listens meanwhile.

    `first` (B): the position of the first token, as for `encode`.
    """
    n = tokens.shape[1]
    rows = embedding(weights)
    x = rows[tokens] + weights["positions"][first[:, None] + np.arange(n)]
    past = np.tril(np.ones((n, n), bool))
    listens = []
    for block in weights["blocks"]:
        y = norm(block["attn_ln"], x)
        x = x + attention(block["attn"], y, y, past)[0]
        gathered, shares = attention(block["cross_attn"], norm(block["cross_attn_ln"], x), heard, None)
        x = x + gathered
        listens.append(shares)
        x = x + perceptron(block["mlp"], norm(block["mlp_ln"], x))
    return norm(weights["ln"], x) @ rows.T, listens
