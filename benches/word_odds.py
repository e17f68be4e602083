"""Trains what guesses by their words what messages and sentences are.  usage: make word-odds

    word_odds.py WORDS [--out ODDS.tsv]

WORDS is the program `word_odds`. Logistic regression over the words, and for some labels the
pairs of words, of the labelled scripts in fixtures/labelled, but for
those that nobody learns from (UNREAD), on which it is scored at the end: of a message, what its labels say; of a sentence,
whether a reader marked it as what makes the label true. Needs nothing of ../shared.
"""

import argparse
import collections
import json
import pathlib
import subprocess

import numpy as np
from scipy.optimize import minimize

PROJECT = pathlib.Path(__file__).resolve().parent.parent
LABELLED = PROJECT / "fixtures" / "labelled"
UNREAD = ("published-kinds", "mainstream", "unread-sample", "fourth-sample", "fifth-unread", "faultless-unread")
ALWAYS = "(always)"
LEAST_SCRIPTS = 4  # that hold a word; a rarer one is chance (ours)
PENALTY = 3.0  # of half the squared weights, as cross-validation likes it among 1, 3 and 10
LEAST_WEIGHT = 0.1  # what says less is left out, so that the file can be read
N_FOLDS = 8
N_STEPS = 500
# As in word_odds.rs: the label, whether its sentences are weighed as well as the message, and whether pairs of words are
# weighed as well as words: where cross-validation gains by them.
TOPICS = {
    "reason": ("has_reason", True, True),
    "late_reason": ("late_reason", False, True),
    "order": ("commanding_tone", True, False),
    "private": ("privacy_leak", True, False),
    "money": ("transactional_language", True, False),
    "empty_purpose": ("weak_opener", True, False),
    "bare_ask": ("generic_cta_only", False, True),
    "private_caller": ("private_caller", False, False),  # labelled only where no company was found
}


class Script:
    def __init__(self, record, sentences):
        self.labels, self.ambiguous = record, record["ambiguous"]
        self.sentences = [set(sentence["terms"]) for sentence in sentences]
        self.words = set().union(*self.sentences)
        text = record["text"].encode()
        self.marked = {}
        for label, marks in record.get("marks", {}).items():
            places = [(text.find(mark.encode()), len(mark.encode())) for mark in marks]
            self.marked[label] = [
                any(at < sentence["end"] and sentence["start"] < at + length for at, length in places) for sentence in sentences
            ]

    def examples(self, label, of_sentences):
        """Words and truth, of the message or of each sentence; nothing where readers differ or nobody marked the sentences."""
        if label in self.ambiguous or label not in self.labels or not self.sentences:
            return []
        # Where nothing is asked there is no ask to be bare.
        if label == "generic_cta_only" and not self.labels["has_cta"]:
            return []
        if not of_sentences:
            return [(self.words, self.labels[label])]
        none = [False] * len(self.sentences)
        marked = self.marked.get(label) if self.labels[label] else none
        return list(zip(self.sentences, marked)) if marked else []


def scripts(program, names):
    records = [json.loads(line) for name in names for line in (LABELLED / f"{name}.jsonl").read_text().splitlines()]
    lines = "".join(json.dumps(record["text"]) + "\n" for record in records)
    run = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [Script(record, json.loads(line)) for record, line in zip(records, run.stdout.splitlines())]


def examples(some, label, of_sentences, has_pairs):
    found = [example for script in some for example in script.examples(label, of_sentences)]
    chosen = lambda words: words if has_pairs else {word for word in words if " " not in word}
    return [chosen(words) for words, _ in found], np.array([truth for _, truth in found])


def table(words, known):
    """A row for each example: 1 for each word in it, and for the last column, that of every example."""
    index = {word: number for number, word in enumerate(known)}
    rows = np.zeros((len(words), len(known) + 1))
    rows[:, -1] = 1
    for row, some in zip(rows, words):
        row[[index[word] for word in some if word in index]] = 1
    return rows


def trained(rows, truth, is_balanced):
    """Balanced, examples that are true weigh as much together as those that are not."""
    share = np.where(truth, len(truth) / (2 * truth.sum()), len(truth) / (2 * (~truth).sum())) if is_balanced else np.ones(len(truth))
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[-1] = 1e-6  # the level is free

    def loss(weights):
        odds = rows @ weights
        slope = rows.T @ (share * (1 / (1 + np.exp(-odds)) - truth)) + penalty * weights
        return (share * (np.logaddexp(0, odds) - truth * odds)).sum() + (penalty * weights**2).sum() / 2, slope

    return minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": N_STEPS}).x


def known_words(words):
    counts = collections.Counter(word for some in words for word in some)
    return sorted(word for word, count in counts.items() if LEAST_SCRIPTS <= count)


def balanced_accuracy(truth, found):
    return (found[truth].mean() + (~found[~truth]).mean()) / 2


def cross_validated(words, truth):
    found = np.zeros(len(truth), bool)
    for fold in range(N_FOLDS):
        left_out = np.arange(len(truth)) % N_FOLDS == fold
        rest = [some for some, out in zip(words, left_out) if not out]
        known = known_words(rest)
        weights = trained(table(rest, known), truth[~left_out], True)
        found[left_out] = 0 < table([some for some, out in zip(words, left_out) if out], known) @ weights
    return balanced_accuracy(truth, found)


def column(some, label, of_sentences, has_pairs):
    """Of each word its weight, ALWAYS among them."""
    words, truth = examples(some, label, of_sentences, has_pairs)
    known = known_words(words)
    # Of a sentence the probability is meant as such; of messages there are more with each label here than in the world.
    weights = trained(table(words, known), truth, not of_sentences)
    weights[:-1][np.abs(weights[:-1]) < LEAST_WEIGHT] = 0
    return dict(zip([*known, ALWAYS], weights))


def report(topic, label, has_pairs, some, others, weights):
    words, truth = examples(some, label, False, has_pairs)
    other_words, other_truth = examples(others, label, False, has_pairs)
    known = [word for word in weights if word != ALWAYS]
    found = 0 < table(other_words, known) @ np.array([weights[word] for word in [*known, ALWAYS]])
    print(f"  {topic:14}{cross_validated(words, truth):10.3f}{len(truth):8}{balanced_accuracy(other_truth, found):14.3f}{len(other_truth):8}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--out", type=pathlib.Path, default=PROJECT / "src/lint/reading/word_odds.tsv")
    options = parser.parse_args()

    names = sorted(path.stem for path in LABELLED.glob("*.jsonl") if path.stem not in UNREAD)
    some, others = scripts(options.program, names), scripts(options.program, UNREAD)
    columns = {}
    print("  Balanced accuracy of the words of messages alone\n  topic       cross-valid.   scripts   not learned  scripts")
    for topic, (label, has_sentences, has_pairs) in TOPICS.items():
        columns[topic] = column(some, label, False, has_pairs)
        report(topic, label, has_pairs, some, others, columns[topic])
        if has_sentences:
            columns[f"{topic}, sentence"] = column(some, label, True, has_pairs)
    words = sorted({word for weights in columns.values() for word, weight in weights.items() if weight})
    cell = lambda weight: f"{weight:.2f}" if weight else ""
    rows = ["\t".join([word, *(cell(weights.get(word, 0)) for weights in columns.values())]) for word in words]
    head = f"# Written by `make word-odds`: trained on the labels of {len(some)} scripts of fixtures/labelled."
    options.out.write_text("\n".join([head, "\t".join(["word", *columns]), *rows]) + "\n")


if __name__ == "__main__":
    main()
