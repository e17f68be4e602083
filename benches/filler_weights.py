"""Trains the network that tells filled pauses from other sounds.  usage: make filler-weights

    filler_weights.py EVIDENCE MADE --shared ../shared [--out WEIGHTS.tsv] [--seed 1]

EVIDENCE is the program `filled_pause_evidence`, MADE what made_fillers.py wrote. Trained on MADE/train and on the fluent
read speech of the same speakers; the threshold is chosen among them as well, on speakers left out in turn. What is
printed is over the other half of the speakers, and over the eight real events of one man (fillers-mfa): neither is
trained on. An event is found when its midpoint lies in the label or that of the label in the event, as in
../shared/tools.
"""

import argparse
import copy
import csv
import pathlib
import subprocess

import numpy as np

from accuracy import n_matched, read_labels

N_HIDDEN = 32  # as in classifier.rs; with 12 a tenth less is found, with 48 nothing more
FARTHEST = 4.0  # standard deviations, as in classifier.rs
# A candidate is an event when it shares so much of their union with a label, and none when it shares less than this.
IS_EVENT, IS_NONE = 0.5, 0.3
EPOCHS, BATCH, RATE, DECAY = 40, 512, 2e-3, 0.1
N_FOLDS = 3  # of the training speakers, for the threshold
# A wrongly counted um costs more trust than a missed one: precision weighs twice as much as recall (ours).
BETA = 0.5


class Candidates:
    """Evidence of the candidates of many recordings, and the labels of those."""

    def __init__(self, program, recordings, labels):
        recordings = [str(path) for path in recordings]
        run = subprocess.run([program, *recordings], capture_output=True, text=True, check=True)
        rows = list(csv.reader(run.stdout.splitlines(), delimiter="\t"))
        self.names = rows[0][3:]
        self.paths = [row[0] for row in rows[1:]]
        self.spans = np.array([[float(cell) for cell in row[1:3]] for row in rows[1:]]).reshape(-1, 2)
        self.evidence = np.array([[float(cell) for cell in row[3:]] for row in rows[1:]]).reshape(len(rows) - 1, -1)
        self.labels = {path: labels.get(path, []) for path in recordings}
        self.overlap = np.array([
            max((shared(span, label) for label in self.labels[path]), default=0.0) for path, span in zip(self.paths, self.spans)
        ])

    def of(self, recordings):
        """Those of some of the recordings."""
        part, keep = copy.copy(self), np.array([path in recordings for path in self.paths])
        part.paths = [path for path in self.paths if path in recordings]
        part.spans, part.evidence, part.overlap = self.spans[keep], self.evidence[keep], self.overlap[keep]
        part.labels = {path: self.labels[path] for path in self.labels if path in recordings}
        return part


def shared(span, label):
    """Of the union of two intervals, the part that they share."""
    return max(0.0, min(span[1], label[1]) - max(span[0], label[0])) / (max(span[1], label[1]) - min(span[0], label[0]))


# --- The network --------------------------------------------------------------------------------------------------


class Network:
    def __init__(self, rng, evidence):
        self.mean, self.deviation = evidence.mean(0), evidence.std(0) + 1e-6
        n = evidence.shape[1]
        self.parameters = [
            rng.standard_normal((n, N_HIDDEN)) / np.sqrt(n), np.zeros(N_HIDDEN), rng.standard_normal(N_HIDDEN) / np.sqrt(N_HIDDEN), np.zeros(1),
        ]

    def standardised(self, evidence):
        return np.clip((evidence - self.mean) / self.deviation, -FARTHEST, FARTHEST)

    def logits(self, evidence):
        weights, biases, outputs, bias = self.parameters
        return np.tanh(self.standardised(evidence) @ weights + biases) @ outputs + bias[0]

    def train(self, rng, evidence, truth, importance):
        """Adam on the weighted cross-entropy, with weight decay."""
        inputs, step = self.standardised(evidence), 0
        first, second = [np.zeros_like(p) for p in self.parameters], [np.zeros_like(p) for p in self.parameters]
        for epoch in range(EPOCHS):
            order, rate = rng.permutation(len(inputs)), RATE * (1 - epoch / EPOCHS)
            for part in np.array_split(order, max(1, len(order) // BATCH)):
                gradients, step = self.gradients(inputs[part], truth[part], importance[part]), step + 1
                for k, gradient in enumerate(gradients):
                    first[k] = 0.9 * first[k] + 0.1 * gradient
                    second[k] = 0.999 * second[k] + 0.001 * gradient**2
                    move = (first[k] / (1 - 0.9**step)) / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8)
                    self.parameters[k] = self.parameters[k] - rate * (move + DECAY * self.parameters[k] * (k in (0, 2)))

    def gradients(self, inputs, truth, importance):
        weights, biases, outputs, bias = self.parameters
        hidden = np.tanh(inputs @ weights + biases)
        error = importance * (1 / (1 + np.exp(-(hidden @ outputs + bias[0]))) - truth) / importance.sum()
        back = np.outer(error, outputs) * (1 - hidden**2)
        return [inputs.T @ back, back.sum(0), hidden.T @ error, np.array([error.sum()])]


def training_set(parts):
    """Evidence, truth and importance: each event counts once however many candidates fit it, as all else does by its share."""
    keep = np.concatenate([(IS_EVENT <= part.overlap) | (part.overlap < IS_NONE) for part in parts])
    evidence = np.concatenate([part.evidence for part in parts])[keep]
    overlap = np.concatenate([part.overlap for part in parts])[keep]
    truth = (IS_EVENT <= overlap).astype(float)
    # The candidate that fits best is to win over the others: the worse it fits, the less it counts.
    importance = np.where(truth > 0, (2 * overlap) ** 2, 1.0)
    return evidence, truth, importance


# --- Scores -------------------------------------------------------------------------------------------------------


def events(candidates, logits, threshold):
    """By recording, the spans counted: of those that overlap the likeliest, as `best` in filled_pauses.rs has it."""
    found = {path: [] for path in candidates.labels}
    for index in np.argsort(-logits):
        if logits[index] < threshold:
            break
        start, end = candidates.spans[index]
        kept = found[candidates.paths[index]]
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return found


def score(candidates, logits, threshold):
    """Events labelled, found, and found right."""
    n_found = n_right = 0
    for path, found in events(candidates, logits, threshold).items():
        n_right += n_matched(found, candidates.labels[path])
        n_found += len(found)
    return sum(map(len, candidates.labels.values())), n_found, n_right


def f_measure(n_labelled, n_found, n_right, beta=1.0):
    """The harmonic mean of precision and recall; below 1, `beta` gives precision more weight."""
    return (1 + beta**2) * n_right / max(1, beta**2 * n_labelled + n_found)


def row(what, candidates, logits, threshold):
    n_labelled, n_found, n_right = score(candidates, logits, threshold)
    print(f"  {what:34} {n_labelled:5} labelled {n_found:5} found {n_right:5} right   P {n_right / max(1, n_found):.3f} R {n_right / max(1, n_labelled):.3f} F1 {f_measure(n_labelled, n_found, n_right):.3f}")


# --- Everything ---------------------------------------------------------------------------------------------------


def fluent(program, shared, speakers):
    """Candidates in the read speech of these speakers, the speaker of each recording, and the minutes."""
    folder = shared / "data" / "read-speech" / "speechocean762"
    with open(folder / "manifest.tsv", newline="") as manifest:
        rows = [row for row in csv.DictReader(manifest, delimiter="\t") if row["speaker"] in speakers]
    minutes = sum(float(row["seconds"]) for row in rows) / 60
    speaker_of = {str(folder / row["file"]): row["speaker"] for row in rows}
    return Candidates(program, speaker_of, {}), speaker_of, minutes


def trained(seed, made, read):
    rng = np.random.default_rng(seed)
    evidence, truth, importance = training_set([made, read])
    network = Network(rng, evidence)
    network.train(rng, evidence, truth, importance)
    return network


def threshold_for(seed, made, read, speaker_of):
    """The logit with the best F0.5 over speakers left out in turn, their made events and their fluent speech together."""
    speakers = sorted(set(speaker_of.values()))
    parts = []
    for fold in range(N_FOLDS):
        out = {path for path, speaker in speaker_of.items() if speakers.index(speaker) % N_FOLDS == fold}
        network = trained([seed, fold], *(part.of(set(part.labels) - out) for part in (made, read)))
        parts += [(part.of(out), network.logits(part.of(out).evidence)) for part in (made, read)]
    totals = {option: np.sum([score(part, logits, option) for part, logits in parts], axis=0) for option in np.linspace(-1, 5, 61)}
    threshold = max(totals, key=lambda option: f_measure(*totals[option], BETA))
    print(f"  threshold {threshold:.1f}: F1 {f_measure(*totals[threshold]):.3f} on training speakers left out in turn", flush=True)
    return threshold


def write(network, threshold, names, path, head):
    weights, biases, outputs, bias = network.parameters
    cells = lambda numbers: "\t".join(f"{number:.4g}" for number in np.atleast_1d(numbers))
    lines = [f"# {line}" for line in head]
    for name, mean, deviation, row in zip(names, network.mean, network.deviation, weights):
        lines.append(f"{name}\t{cells([mean, deviation])}\t{cells(row)}")
    # The threshold that was chosen becomes COUNTED_FROM.
    lines += [f"biases\t{cells(biases)}", f"outputs\t{cells(outputs)}", f"bias\t{cells(bias - threshold)}"]
    path.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("made", type=pathlib.Path)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/analysis/filled_pauses/weights.tsv"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = {}
    for half in ("train", "test"):
        made[half] = Candidates(options.program, sorted((options.made / half).glob("*.wav")), read_labels(options.made / half / "labels.tsv"))
    speaker = lambda path: pathlib.Path(path).stem.split("-")[0]
    speakers = {half: {speaker(path) for path in part.labels} for half, part in made.items()}
    read = {half: fluent(options.program, options.shared, speakers[half]) for half in made}
    folder = options.shared / "data" / "fillers-mfa"
    labels = read_labels(folder / "labels.tsv")
    real = Candidates(options.program, labels, labels)

    candidates, speaker_of, _ = read["train"]
    speaker_of.update({path: speaker(path) for path in made["train"].labels})
    threshold = threshold_for(options.seed, made["train"], candidates, speaker_of)
    network = trained(options.seed, made["train"], candidates)
    for half in ("train", "test"):
        row(f"made events, {half} speakers", made[half], network.logits(made[half].evidence), threshold)
        candidates, _, minutes = read[half]
        n_false = score(candidates, network.logits(candidates.evidence), threshold)[1]
        print(f"  fluent speech, {half} speakers: {n_false} events in {minutes:.1f} minutes")
    row("one real man (fillers-mfa)", real, network.logits(real.evidence), threshold)
    n_train = sum(map(len, made["train"].labels.values()))
    head = [
        f"Written by `make filler-weights`, seed {options.seed}: trained on {n_train} events made from the voices of {len(speakers['train'])} readers, and on their fluent speech.",
        "name, mean, standard deviation, weight to each hidden unit",
    ]
    write(network, threshold, made["train"].names, options.out, head)


if __name__ == "__main__":
    main()
