"""Words that a model hears, against the words that were said; a part of accuracy.py."""

import json
import pathlib
import re
import statistics
import subprocess
import sys

FILLED_PAUSES = {"um", "uh", "er", "erm", "ah", "hmm"}
DIGITS = dict(zip("0123456789", "zero one two three four five six seven eight nine".split()))


def spoken(text):
    """Words as they are said, in lower case: digits one by one, "oh" for zero, no punctuation."""
    text = re.sub(r"\d", lambda digit: f" {DIGITS[digit.group()]} ", text.lower().replace("’", "'"))
    words = re.findall(r"[a-z']+", text.replace("-", " "))
    return ["zero" if word == "oh" else word.strip("'") for word in words if word.strip("'")]


def aligned(said, heard):
    """Pairs of a word said and the one heard for it, None where there is none; the fewest errors."""
    n, m = len(said), len(heard)
    cost = [[i + j if 0 in (i, j) else 0 for j in range(m + 1)] for i in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost[i][j] = min(cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (said[i - 1] != heard[j - 1]))
    pairs, i, j = [], n, m
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + (said[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((said[i], heard[j]))
        elif i and cost[i][j] == cost[i - 1][j] + 1:
            i -= 1
            pairs.append((said[i], None))
        else:
            j -= 1
            pairs.append((None, heard[j]))
    return pairs[::-1]


HEAD = "                                     recordings  words  word errors  fillers kept"


class Score:
    def __init__(self):
        self.n_recordings = self.n_words = self.n_errors = self.n_filled = self.n_kept = 0

    def add(self, said, heard):
        pairs = aligned(said, heard)
        self.n_recordings += 1
        self.n_words += len(said)
        self.n_errors += sum(word != other for word, other in pairs)
        filled = [other for word, other in pairs if word in FILLED_PAUSES]
        self.n_filled += len(filled)
        self.n_kept += sum(other in FILLED_PAUSES for other in filled)

    def row(self, name):
        rate = f"{100 * self.n_errors / self.n_words:6.1f} %"
        kept = f"{self.n_kept} of {self.n_filled}" if self.n_filled else "-"
        return f"  {name:34} {self.n_recordings:4} {self.n_words:6} {rate:>9}   {kept:>10}"


# Ways of listening that are options because they must show that they help.
WAYS = [["--prompt", "Um, uh, er,"], ["--filler-bias", "1"], ["--filler-bias", "3"], ["--fit-audio-context"]]


def transcript(options, recording, way=()):
    """Words with times, as `afterbeep transcribe` hears them."""
    command = [options.binary, "transcribe", str(recording), "--model", str(options.model), "--output-format", "json", *way]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"afterbeep transcribe {recording} failed: {run.stderr.strip()}")
    return json.loads(run.stdout)["transcript"]["words"]


def table(options, sets, way=()):
    """`sets`: name, recording and text of each recording."""
    scores = {}
    for name, recording, text in sets:
        words = transcript(options, recording, way)
        heard = spoken(" ".join(word["text"] for word in words))
        scores.setdefault(name, Score()).add(spoken(text), heard)
        if options.v:
            print(f"    {pathlib.Path(recording).name}: {' '.join(heard)}")
    for name, score in scores.items():
        print(score.row(" ".join([name, *way])))


def tables(options, sets, ours):
    print(HEAD)
    table(options, ours + sets)
    for way in WAYS:
        table(options, ours, way)


def fixtures(project):
    for path in sorted((project / "fixtures" / "speech").glob("*.wav")):
        yield "fixtures", path, path.with_suffix(".txt").read_text()


def word_times(options, known):
    """Errors of the starts and ends of words that were heard right."""
    errors = {}
    for name, recording, words in known:
        heard = transcript(options, recording)
        said = [(spoken(text), start, end) for start, end, text in words]
        flat = [(word, start, end) for parts, start, end in said for word in parts if len(parts) == 1]
        other = [(parts[0], word["start"], word["end"]) for word in heard if len(parts := spoken(word["text"])) == 1]
        pairs = aligned_indices([word for word, *_ in flat], [word for word, *_ in other])
        for i, j in pairs:
            errors.setdefault(name, []).extend([abs(flat[i][1] - other[j][1]), abs(flat[i][2] - other[j][2])])
    print("  starts and ends of words heard right   number   median   95th percentile")
    for name, values in errors.items():
        high = statistics.quantiles(values, n=20)[-1]
        print(f"  {name:38} {len(values):6} {statistics.median(values):7.3f} s {high:13.3f} s")


def aligned_indices(said, heard):
    """Indices of words that were heard right."""
    i = j = 0
    for word, other in aligned(said, heard):
        if word is not None and word == other:
            yield i, j
        i += word is not None
        j += other is not None
