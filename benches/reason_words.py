"""Trains what tells messages with a reason from others by their words.  usage: make reason-words

    reason_words.py WORDS [--out WEIGHTS.tsv]

WORDS is the program `reason_words`. Logistic regression over the words of the labelled scripts in fixtures/labelled, but
for those that nobody learns from (UNREAD), on which it is scored at the end. Needs nothing of ../shared.
"""

import argparse
import collections
import json
import pathlib
import subprocess

import numpy as np

PROJECT = pathlib.Path(__file__).resolve().parent.parent
LABELLED = PROJECT / "fixtures" / "labelled"
UNREAD = ("published-kinds", "mainstream", "unread-sample")
ALWAYS = "(always)"
LEAST_SCRIPTS = 4  # that hold a word; a rarer one is chance (ours)
PENALTY = 3.0  # of half the squared weights, as cross-validation likes it among 1, 3 and 10
LEAST_WEIGHT = 0.1  # what says less is left out, so that the file can be read
N_FOLDS = 8
N_STEPS = 30


def scripts(names):
    """Of the sets with these names the scripts about whose reason readers agree."""
    records = [json.loads(line) for name in names for line in (LABELLED / f"{name}.jsonl").read_text().splitlines()]
    return [record for record in records if "has_reason" not in record["ambiguous"]]


def words_of(program, some):
    lines = "".join(json.dumps(record["text"]) + "\n" for record in some)
    run = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [line.split(" ") for line in run.stdout.splitlines()]


def table(words, known):
    """A row for each script: 1 for each word in it, and for the last column, that of every script."""
    index = {word: number for number, word in enumerate(known)}
    rows = np.zeros((len(words), len(known) + 1))
    rows[:, -1] = 1
    for row, some in zip(rows, words):
        row[[index[word] for word in some if word in index]] = 1
    return rows


def trained(rows, truth):
    """Weights by Newton's method; scripts with a reason weigh as much together as those without."""
    share = np.where(truth, len(truth) / (2 * truth.sum()), len(truth) / (2 * (~truth).sum()))
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[-1] = 1e-6  # the level is free
    weights = np.zeros(rows.shape[1])
    for _ in range(N_STEPS):
        probability = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (truth - probability)) - penalty * weights
        curve = (rows * (share * probability * (1 - probability))[:, None]).T @ rows + np.diag(penalty)
        weights += np.linalg.solve(curve, slope)
    return weights


def balanced_accuracy(truth, found):
    return (found[truth].mean() + (~found[~truth]).mean()) / 2


def known_words(words):
    counts = collections.Counter(word for some in words for word in some)
    return sorted(word for word, count in counts.items() if LEAST_SCRIPTS <= count)


def cross_validated(words, truth):
    found = np.zeros(len(truth), bool)
    for fold in range(N_FOLDS):
        left_out = np.arange(len(truth)) % N_FOLDS == fold
        rest = [some for some, out in zip(words, left_out) if not out]
        known = known_words(rest)
        weights = trained(table(rest, known), truth[~left_out])
        found[left_out] = 0 < table([some for some, out in zip(words, left_out) if out], known) @ weights
    return balanced_accuracy(truth, found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--out", type=pathlib.Path, default=PROJECT / "src/lint/reading/reason_words.tsv")
    options = parser.parse_args()

    names = sorted(path.stem for path in LABELLED.glob("*.jsonl") if path.stem not in UNREAD)
    some, others = scripts(names), scripts(UNREAD)
    words, other_words = words_of(options.program, some), words_of(options.program, others)
    truth, other_truth = (np.array([record["has_reason"] for record in records]) for records in (some, others))
    known = known_words(words)
    weights = trained(table(words, known), truth)
    weights[:-1][np.abs(weights[:-1]) < LEAST_WEIGHT] = 0
    print(f"  {len(some)} scripts, {np.count_nonzero(weights) - 1} words; balanced accuracy of the words alone:")
    print(f"  {N_FOLDS}-fold cross-validation {cross_validated(words, truth):.3f}")
    print(f"  {len(others)} scripts not learned from {balanced_accuracy(other_truth, 0 < table(other_words, known) @ weights):.3f}")
    head = f"# Written by `make reason-words`: trained on the labels of {len(some)} scripts of fixtures/labelled."
    rows = [f"{word}\t{weight:.2f}" for word, weight in zip(known, weights) if weight]
    options.out.write_text("\n".join([head, f"{ALWAYS}\t{weights[-1]:.2f}", *rows]) + "\n")


if __name__ == "__main__":
    main()
