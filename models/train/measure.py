"""Words a model gets wrong in calls that it was not trained on: python measure.py AFTERBEEP MODEL.bin CALLS.npz [N]

CALLS.npz: a shard of `speech.py --held-out`, whose voices are never trained on. AFTERBEEP: built with `transcribe`.
"""

import json
import pathlib
import sys
import tempfile
import types
import wave

import numpy as np

from features import RATE

sys.path.append(str(pathlib.Path(__file__).parents[2] / "benches"))
import word_accuracy  # noqa: E402


def main():
    binary, model, path, *n_calls = sys.argv[1:]
    shard = np.load(path)
    calls = list(zip(shard["starts"], shard["starts"][1:], json.loads(str(shard["segments"]))))
    options = types.SimpleNamespace(binary=binary, model=model)
    score = word_accuracy.Score()
    with tempfile.TemporaryDirectory() as folder:
        recording = pathlib.Path(folder) / "call.wav"
        for start, end, segments in calls[: int(n_calls[0]) if n_calls else None]:
            with wave.open(str(recording), "wb") as made:
                made.setparams((1, 2, RATE, 0, "NONE", ""))
                made.writeframes(shard["samples"][start:end].astype("<i2").tobytes())
            said = word_accuracy.spoken(" ".join(text for _, _, text, *_ in segments))
            heard = word_accuracy.transcript(options, recording)
            score.add(said, word_accuracy.spoken(" ".join(word["text"] for word in heard)))
    print(word_accuracy.HEAD)
    print(score.row("voices not trained on"))


if __name__ == "__main__":
    main()
