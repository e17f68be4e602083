"""Whisper's English vocabulary: GPT-2's pieces, then the special tokens, then a token for every 20 ms of a window."""

import base64
import os
import pathlib

import tiktoken

END_OF_TEXT, START, NO_SPEECH, FIRST_TIME = 50_256, 50_257, 50_361, 50_363
N_TIMES = 1501
N_VOCABULARY = FIRST_TIME + N_TIMES
SECONDS_PER_TIME = 0.02

# `gpt2.tiktoken` of the source package openai-whisper (MIT licence), fetched by the Makefile.
VOCABULARY = pathlib.Path(os.environ.get("GPT2_TIKTOKEN", pathlib.Path(__file__).with_name("gpt2.tiktoken")))


def pieces():
    """The bytes of each piece with its number."""
    lines = VOCABULARY.read_bytes().splitlines()
    return {base64.b64decode(piece): int(rank) for piece, rank in (line.split() for line in lines if line)}


def encoding():
    pattern = r"""'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+"""
    return tiktoken.Encoding("gpt2", pat_str=pattern, mergeable_ranks=pieces(), special_tokens={})


def time_number(seconds):
    """Which of the time tokens, counted from 0."""
    return min(N_TIMES - 1, max(0, round(seconds / SECONDS_PER_TIME)))
