"""What transcription costs, and what of it is ours.  usage: make bench-transcription [ARGS=MODEL.bin]

    transcription.py TARGET [MODEL]       without MODEL: our own, in models/

Everything runs with one thread on one core, but for the batch. whisper.cpp by itself is the library that the bindings
link, called from C++ (whisper_cpp.cpp).
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from bench import ONE_CORE, PROJECT, clips, machine

RECORDING = PROJECT / "fixtures" / "speech" / "demo.wav"
# One window of our own model (8 s) holds it: what we give whisper.cpp is then what it is given here by itself.
ONE_WINDOW = PROJECT / "fixtures" / "speech" / "near-miss-gb.wav"
OURS = PROJECT / "models" / "ggml-trial.en.bin"
# Whisper's, by name; the weights are random, which costs the encoder the same time.
SIZES = [("tiny.en", 384, 4), ("base.en", 512, 6)]
N_RUNS = 9


def build_peer(target, folder):
    """whisper_cpp.cpp, linked with the whisper.cpp that the bindings were built from."""
    archives = sorted(target.glob("release/build/whisper-rs-sys-*/out/**/libwhisper.a"), key=lambda path: path.stat().st_mtime)
    if not archives:
        sys.exit(f"no libwhisper.a below {target}/release/build")
    out = next(parent for parent in archives[-1].parents if parent.name == "out")
    libraries = [next(out.rglob(f"lib{name}.a")) for name in ["whisper", "ggml", "ggml-cpu", "ggml-base"]]
    include = [f"-I{path.parent}" for name in ["whisper.h", "ggml.h"] for path in list(out.rglob(name))[:1]]
    program = folder / "whisper_cpp"
    source = PROJECT / "benches" / "whisper_cpp.cpp"
    command = ["c++", "-O2", "-std=c++17", str(source), *include, *map(str, libraries), "-lpthread", "-fopenmp", "-o", str(program)]
    subprocess.run(command, check=True)
    return program


def seconds(command):
    run = subprocess.run([*ONE_CORE, *map(str, command)], capture_output=True, text=True, check=True)
    return [float(line) for line in run.stdout.split()]


def decoded(example, recording, folder):
    """Its samples as whisper.cpp takes them (32-bit floats at 16 kHz, in a file), and its length in seconds."""
    samples = folder / f"{recording.stem}.f32"
    subprocess.run([example, "--samples", recording, samples], check=True)
    return samples, samples.stat().st_size / 4 / 16_000


def random_model(example, folder, width, n_layers):
    command = [example, "--random", str(width), str(n_layers), folder]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def interleaved(*commands):
    """Median seconds of each, a run of one after a run of the other, so that both see the same machine."""
    rounds = [[min(seconds(command)) for command in commands] for _ in range(N_RUNS)]
    return [statistics.median(values) for values in zip(*rounds)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("model", type=pathlib.Path, nargs="?", default=OURS)
    options = parser.parse_args()
    example, binary = options.target / "release/examples/transcription", options.target / "release/afterbeep"
    print(machine())
    with tempfile.TemporaryDirectory(prefix="afterbeep-bench-") as folder:
        folder = pathlib.Path(folder)
        peer = build_peer(options.target, folder)
        samples, length = decoded(example, ONE_WINDOW, folder)

        model = options.model
        transcribe = [example, model, ONE_WINDOW, 3]
        ours, theirs, fitted = interleaved(
            transcribe, [peer, model, samples, 3, 0, 0], [*transcribe, "--fit-audio-context"]
        )
        print(f"\n{model} on {length:.1f} s, one thread, {N_RUNS} rounds\n")
        print(f"  {'through the bindings':40} {ours:8.3f} s")
        print(f"  {'whisper.cpp by itself':40} {theirs:8.3f} s   ours is {ours / theirs:.3f} times that")
        print(f"  {'with --fit-audio-context':40} {fitted:8.3f} s   {ours / fitted:.1f} times as fast")

        samples, length = decoded(example, RECORDING, folder)
        print(f"\nOne pass of the encoder and one token, random weights, {length:.1f} s of speech\n")
        context = int(length * 50) + 50
        for name, width, n_layers in SIZES:
            model = random_model(example, folder, width, n_layers)
            whole, fitted = interleaved([peer, model, samples, 1, 0, 1], [peer, model, samples, 1, context, 1])
            print(f"  {f'the size of {name}':40} {whole:8.3f} s   fitted to the clip {fitted:.3f} s, {whole / fitted:.1f} times as fast")

        print("\nReview of 20 clips of 20 s\n")
        clips(folder / "clips", 20)
        review = [binary, "review", "--isolated", "--no-cache", "--output-format", "csv", "--model", options.model, folder / "clips"]
        for name, command in [("every core", review), ("one core", [*ONE_CORE, *review, "--threads", "1"])]:
            started = time.perf_counter()
            subprocess.run(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            took = time.perf_counter() - started
            print(f"  {name:40} {took:8.2f} s   {400 / took:.1f} times real time, {3600 * 20 / took:,.0f} recordings an hour")


if __name__ == "__main__":
    main()
