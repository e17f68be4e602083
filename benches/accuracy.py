"""How right afterbeep is, in tables.  usage: make accuracy [ARGS='pitch lint …']

    accuracy.py BINARY [--shared DIR] [PART…]     parts: pitch intensity syllables liveliness length lint fillers false-alarms word-times masked details words

Real speech and labelled scripts are not part of the project: they are looked for in ../shared/data (or below
$AFTERBEEP_SHARED, or --shared). What is not there is skipped, in one line.

Definitions, the same as those of ../shared/tools:

    gross error (GPE)    |F0 - truth| > 20 % of the truth, of the frames that both call voiced
    voicing error (VDE)  frames that one calls voiced and the other does not, of all frames
    frame error (FFE)    either of the two, of all frames
    balanced accuracy    the mean of recall and specificity; labels marked ambiguous are left out of their script
    filled pause         found when the midpoint of the event lies in the label or that of the label in the event
"""

import argparse
import collections
import csv
import io
import json
import os
import pathlib
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import parselmouth

import word_accuracy

PROJECT = pathlib.Path(__file__).resolve().parent.parent

F0_STEP, F0_FLOOR, F0_CEILING = 0.005, 75, 600
TRUTH_STEP = 0.015


# --- The program, and Praat ---------------------------------------------------------------------------------------


def contour(binary, recording):
    """Times, F0 (0 where unvoiced) and intensity (not a number where there is none) of `afterbeep pitch`."""
    run = subprocess.run([binary, "pitch", str(recording)], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"afterbeep pitch {recording} failed: {run.stderr.strip()}")
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    column = lambda name, absent: np.array([float(row[name] or absent) for row in rows])
    return column("time_s", 0), column("f0_hz", 0), column("intensity_db", np.nan)


def reviews(binary, recordings):
    """Path and review of each recording; those that could not be read are said and left out."""
    recordings = [str(recording) for recording in recordings]
    run = subprocess.run([binary, "review", "--no-cache", "--output-format", "jsonl", *recordings], capture_output=True, text=True)
    found = {}
    for line in run.stdout.splitlines():
        review = json.loads(line)
        if review.get("error"):
            print(f"  {review['path']}: {review['error']}")
        else:
            found[review["path"]] = review
    if len(found) < len(recordings):
        print(f"  {len(recordings) - len(found)} of {len(recordings)} recordings were not reviewed: {run.stderr.strip()[-300:]}")
    return found


def counted(review):
    return [
        (event["start"], event["end"])
        for event in review["events"]
        if event["kind"] == "filled_pause" and event.get("counted", True)
    ]


def metric(review, name):
    return (review["metrics"].get(name) or {}).get("value")


def percent(part, whole):
    return f"{100 * part / whole:6.2f} %" if whole else "    n/a "


# --- F0 and intensity ---------------------------------------------------------------------------------------------


class PitchErrors:
    def __init__(self):
        self.gross = self.both = self.voicing = self.frames = 0

    def add(self, truth, found):
        voiced, called = truth > 0, found > 0
        both = voiced & called
        self.gross += int((np.abs(found[both] - truth[both]) > 0.2 * truth[both]).sum())
        self.both += int(both.sum())
        self.voicing += int((voiced != called).sum())
        self.frames += len(truth)

    def __add__(self, other):
        sum_ = PitchErrors()
        for name in vars(sum_):
            setattr(sum_, name, getattr(self, name) + getattr(other, name))
        return sum_

    def frame_error(self):
        return (self.gross + self.voicing) / self.frames

    def row(self, who):
        gross, voicing = percent(self.gross, self.both), percent(self.voicing, self.frames)
        return f"  {who:22} {gross} {voicing} {percent(self.gross + self.voicing, self.frames)} {self.frames:8}"


def nearest(times, values, wanted):
    """The value of the frame nearest to each wanted time; 0 farther than half a reference frame."""
    right = np.clip(np.searchsorted(times, wanted), 1, len(times) - 1)
    nearer_left = np.abs(times[right - 1] - wanted) <= np.abs(times[right] - wanted)
    index = np.where(nearer_left, right - 1, right)
    return np.where(np.abs(times[index] - wanted) <= TRUTH_STEP / 2 + 1e-4, values[index], 0)


def part_pitch(options):
    folder = options.data("pitch-fda")
    if not folder:
        return
    print("  -- as recorded")
    pitch_table(options, [(recording, recording) for recording in sorted(folder.glob("*.wav"))])
    print("\n  -- as a phone line leaves it: 300 to 3400 Hz, 8 kHz, mu-law")
    with tempfile.TemporaryDirectory() as phone:
        pairs = [(over_phone(recording, pathlib.Path(phone)), recording) for recording in sorted(folder.glob("*.wav"))]
        pitch_table(options, pairs)


def over_phone(recording, folder):
    """The recording through a phone band and G.711 mu-law, as a WAV of 16 bits."""
    sound = parselmouth.praat.call(parselmouth.Sound(str(recording)), "Filter (pass Hann band)", 300, 3400, 100).resample(8000)
    samples = sound.values[0]
    samples = samples / max(1e-9, np.abs(samples).max()) * 0.5
    coded = np.round(np.sign(samples) * np.log1p(255 * np.abs(samples)) / np.log(256) * 127) / 127
    decoded = np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255
    path = folder / recording.name
    parselmouth.Sound(decoded, sampling_frequency=8000).save(str(path), "WAV")
    return path


def pitch_table(options, pairs):
    """Errors of both over pairs of a recording and the one whose truth is known."""
    ours, praat = {}, {}
    ours_seconds = praat_seconds = speech_seconds = 0.0
    for recording, known in pairs:
        speaker = recording.stem[:2]
        truth = np.loadtxt(known.with_suffix(".f0ref"))
        wanted = np.arange(len(truth)) * TRUTH_STEP
        sound = parselmouth.Sound(str(recording))
        speech_seconds += sound.duration

        started = time.perf_counter()
        pitch = sound.to_pitch_ac(time_step=F0_STEP, pitch_floor=F0_FLOOR, pitch_ceiling=F0_CEILING)
        praat_seconds += time.perf_counter() - started
        values = np.nan_to_num(np.array([pitch.get_value_at_time(t) for t in wanted]))
        praat.setdefault(speaker, PitchErrors()).add(truth, values)

        started = time.perf_counter()
        times, f0, _ = contour(options.binary, recording)
        ours_seconds += time.perf_counter() - started
        ours.setdefault(speaker, PitchErrors()).add(truth, nearest(times, f0, wanted))
    print(f"  {'':22} {'gross':>8} {'voicing':>8} {'frame':>8} {'frames':>8}")
    for speaker in sorted(ours):
        print(ours[speaker].row(f"{speaker} afterbeep"))
        print(praat[speaker].row(f"{speaker} Praat"))
    all_ours, all_praat = sum(ours.values(), PitchErrors()), sum(praat.values(), PitchErrors())
    print(all_ours.row("all afterbeep"))
    print(all_praat.row("all Praat"))
    print(f"  frame error {all_ours.frame_error() / all_praat.frame_error():.2f} times Praat's")
    print(
        f"  a second of speech takes afterbeep {1000 * ours_seconds / speech_seconds:.1f} ms (process and CSV included), "
        f"Praat {1000 * praat_seconds / speech_seconds:.1f} ms (F0 alone, in process)"
    )


def part_intensity(options):
    folder = options.data("pitch-fda")
    if not folder:
        return
    differences = []
    for recording in sorted(folder.glob("*.wav")):
        intensity = parselmouth.Sound(str(recording)).to_intensity(minimum_pitch=100, time_step=F0_STEP)
        times, values = intensity.xs(), intensity.values[0]
        our_times, _, ours = contour(options.binary, recording)
        # At the times of our rows, for which Praat's frames are interpolated; where both have a value.
        inside = ~np.isnan(ours) & (times[0] <= our_times) & (our_times <= times[-1])
        praat, ours = np.interp(our_times[inside], times, values), ours[inside]
        # Speech: within 25 dB of the loudest frame, as de Jong & Wempe take it.
        speech = values.max() - 25 < praat
        differences.append(np.abs(ours - praat)[speech])
    every = np.concatenate(differences)
    print(
        f"  difference to Praat over {len(every)} speech frames: median {np.median(every):.4f} dB, "
        f"95th percentile {np.percentile(every, 95):.4f} dB, largest {every.max():.4f} dB"
    )


# --- Syllables ----------------------------------------------------------------------------------------------------


# Where English spells a vowel that is not said …
SILENT_E = re.compile(
    r"(?<![aeiouy])(?<![^aeiouy]l)e$"
    r"|(?<![aeiouy])(?<!s|z|x|c|g)(?<![cs]h)(?<![^aeiouy]l)es$"
    r"|(?<![tde])ed$"
    r"|(?<=[aeiouy][^aeiouy])e(?=(?:ly|ments?|things?|times|ness|ful|less|where)$)"
)
# … and where two that stand together are said apart.
HIATUS = re.compile(
    r"(?<![tcsgx])(?<!ll)i(?=a|o|u)"  # furious, radio
    r"|(?<=[aeiouy])(?=ing$)|(?<=[aeo]y)(?=ers?$)"  # going, player
    r"|[^aeiou]{2}i(?=et|en[ct])|qui(?=et)"  # science, quiet
    r"|(?<=cre)(?=at)|u(?=al$)|(?<=[aeiou][rd]e)(?=as?$)"  # create, actual, area
)


def syllables_of_word(word):
    """Vowel groups, corrected by the two patterns above. Right to a few percent over running text."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if not word:
        return 0
    groups = len(re.findall(r"[aeiouy]+", word))
    return max(1, groups - len(SILENT_E.findall(word)) + len(HIATUS.findall(word)))


def read_speech(folder):
    """Recording and verbatim words, where the words are known."""
    with open(folder / "speechocean762" / "manifest.tsv", newline="") as manifest:
        for row in csv.DictReader(manifest, delimiter="\t"):
            yield folder / "speechocean762" / row["file"], row["text"]
    for transcripts in sorted((folder / "misc").glob("*.trans.txt")):
        for line in transcripts.read_text().splitlines():
            name, _, text = line.partition(" ")
            recording = folder / "misc" / f"{name}.flac"
            if recording.exists():
                yield recording, text


def part_syllables(options):
    folder = options.data("read-speech")
    if not folder:
        return
    words = {str(recording): text for recording, text in read_speech(folder)}
    found = options.reviews(words)
    with open(folder / "speechocean762" / "manifest.tsv", newline="") as manifest:
        speakers = {row["file"]: row["speaker"] for row in csv.DictReader(manifest, delimiter="\t")}
    # misc is named SPEAKER-CHAPTER-NUMBER.
    speaker = lambda path: speakers.get(pathlib.Path(path).name) or pathlib.Path(path).stem.split("-")[0]
    # Every second speaker was looked at when the detector's limits were chosen.
    tuned_on = set(sorted(set(map(speaker, found)))[::2])
    for name, wanted in [("speakers tuned on", True), ("other speakers", False)]:
        print(f"  -- {name}")
        syllable_table({path: review for path, review in found.items() if (speaker(path) in tuned_on) == wanted}, words)


def syllable_table(found, words):
    ours, truth, n_unmeasured = [], [], 0
    for path, review in found.items():
        rate = metric(review, "articulation_rate")
        speech = sum(end - start for start, end in review["speech"])
        if rate is None:
            n_unmeasured += 1
            continue
        ours.append(rate)
        truth.append(sum(map(syllables_of_word, words[path].split())) / speech)
    if not ours:
        print("  no articulation rate in any review")
        return
    ours, truth = np.array(ours), np.array(truth)
    relative = np.abs(ours - truth) / truth
    print(f"  {len(ours)} utterances ({n_unmeasured} more too short to measure); the text's syllables by rule")
    print(f"  syllables a second of speech: nuclei {ours.mean():.2f}, text {truth.mean():.2f}; nuclei per syllable {ours.sum() / truth.sum():.3f}")
    print(f"  off by {100 * np.median(relative):.1f} % (median), {100 * np.percentile(relative, 90):.1f} % (90th percentile); correlation {np.corrcoef(ours, truth)[0, 1]:.3f}")


# --- Liveliness ---------------------------------------------------------------------------------------------------

PITCH_METRICS = ("liveliness", "pitch_sd", "pitch_range", "pitch_variation_quotient")
N_FLATTENED = 80


def flattened(recording, folder):
    """The recording resynthesised three times (PSOLA): as it is, its pitch half as wide, and flat but for its sinking."""
    sound = parselmouth.Sound(str(recording))
    call = parselmouth.praat.call
    manipulation = call(sound, "To Manipulation", 0.01, F0_FLOOR, F0_CEILING)
    tier = call(manipulation, "Extract pitch tier")
    numbers = range(1, call(tier, "Get number of points") + 1)
    if len(numbers) < 20:
        return None
    times = np.array([call(tier, "Get time from index", number) for number in numbers])
    f0 = np.array([call(tier, "Get value at index", number) for number in numbers])
    middle = np.median(f0)
    semitones = 12 * np.log2(f0 / middle)
    line = np.polyval(np.polyfit(times, semitones, 1), times)
    paths = []
    for kind, wanted in [("as-read", semitones), ("half", 0.5 * semitones), ("sinking", line + 0.35 * (semitones - line))]:
        call(tier, "Remove points between", 0, sound.duration)
        for time_, value in zip(times, middle * 2 ** (wanted / 12)):
            call(tier, "Add point", float(time_), float(value))
        call([manipulation, tier], "Replace pitch tier")
        path = folder / f"{recording.stem}-{kind}.wav"
        call(manipulation, "Get resynthesis (overlap-add)").save(str(path), "WAV")
        paths.append(str(path))
    return paths


def part_liveliness(options):
    folder = options.data("read-speech")
    if not folder:
        return
    known = [recording for recording, _ in read_speech(folder) if 3 < parselmouth.Sound(str(recording)).duration]
    with tempfile.TemporaryDirectory() as made:
        chosen = random.Random(11).sample(known, min(N_FLATTENED, len(known)))
        triples = [triple for recording in chosen if (triple := flattened(recording, pathlib.Path(made)))]
        found = reviews(options.binary, [path for triple in triples for path in triple])
    print(f"  {len(triples)} utterances; how often the one as read has more than a flattened one: of anybody, of the same utterance")
    print(f"  {'':26} {'half as wide':>18} {'only sinking':>18}")
    for name in PITCH_METRICS:
        cells = []
        for kind in (1, 2):
            values = np.array([[metric(found[path], name) for path in (triple[0], triple[kind])] for triple in triples], dtype=float)
            values = values[~np.isnan(values).any(axis=1)]
            anybody = np.mean(values[:, None, 0] > values[None, :, 1])
            cells.append(f"{anybody:9.3f} {np.mean(values[:, 0] > values[:, 1]):8.3f}")
        print(f"  {name:26} {' '.join(cells)}   n {len(values)}")


# --- How long a text takes to say ---------------------------------------------------------------------------------


def read_aloud(folder):
    """Set, recording and words for every recording whose words are known."""
    for recording, text in read_speech(folder / "read-speech"):
        yield recording.parent.name, recording, text
    for words in sorted((folder / "fillers-mfa").glob("*.lab")):
        if words.with_suffix(".flac").exists():
            yield "fillers-mfa", words.with_suffix(".flac"), words.read_text()


def expected_seconds(binary, texts):
    """Low, expected and high for each text, by `afterbeep lint --output-format json` on a folder of them."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            # Prompts are in capitals and without marks; capitals would be read letter by letter.
            spoken = text.strip().lower().capitalize() if text.isupper() else text.strip()
            (pathlib.Path(folder) / f"{number:05}.txt").write_text(spoken + "\n")
        command = [binary, "lint", "--isolated", "--output-format", "json", "--select", "AB301", folder]
        run = subprocess.run(command, capture_output=True, text=True)
        scripts = json.loads(run.stdout)["scripts"]
    seconds = {pathlib.Path(script["path"]).stem: script["messages"] for script in scripts}
    total = lambda number, key: sum(message["seconds"][key] for message in seconds[f"{number:05}"])
    return np.array([[total(number, key) for key in ("low", "expected", "high")] for number in range(len(texts))])


def part_length(options):
    if not options.data("read-speech"):
        return
    known = list(read_aloud(options.shared / "data"))
    found = options.reviews([recording for _, recording, _ in known])
    # From the first to the last speech: what stands before and after is the recorder's.
    spoken = {path: review["speech"][-1][1] - review["speech"][0][0] for path, review in found.items() if review["speech"]}
    known = [(name, spoken[str(recording)], text) for name, recording, text in known if str(recording) in spoken]
    estimates = expected_seconds(options.binary, [text for _, _, text in known])
    truth = np.array([seconds for _, seconds, _ in known])
    by_words = np.array([len(text.split()) * 60 / 150 for _, _, text in known])
    print(f"  {'':16} {'n':>4} {'seconds':>8} | {'mean error':>10} {'bias':>7} {'relative':>8} {'in range':>8} | 150 words a minute: mean error, bias")
    names = sorted({name for name, _, _ in known})
    for name in [*names, "all"]:
        rows = np.array([name in (own, "all") for own, _, _ in known])
        low, expected, high = estimates[rows].T
        true, peer = truth[rows], by_words[rows]
        error = np.abs(expected - true)
        inside = np.mean((low <= true) & (true <= high))
        print(
            f"  {name:16} {rows.sum():4} {true.mean():8.2f} | {error.mean():9.2f}s {np.mean(expected - true):+6.2f}s {100 * np.mean(error / true):7.1f}% {100 * inside:7.0f}% | {np.abs(peer - true).mean():.2f}s, {np.mean(peer - true):+.2f}s"
        )


# --- Scripts ------------------------------------------------------------------------------------------------------

# Label: the rules that speak of it, and whether their firing means that the label is false.
RULES_OF_LABEL = {
    "has_caller_name": (["missing-caller-name"], True),
    "has_company": (["missing-company"], True),
    "has_callback_number": (["missing-callback-number"], True),
    "number_repeated": (["number-not-repeated", "missing-callback-number"], True),
    "mentions_recipient_name": (["missing-recipient-name"], True),
    "has_cta": (["missing-call-to-action"], True),
    "generic_cta_only": (["generic-call-to-action"], False),
    "has_reason": (["missing-reason"], True),
    "commanding_tone": (["commanding-tone"], False),
    "transactional_language": (["transactional-language"], False),
    "filler_text": (["filler-word"], False),
    "has_email": (["missing-email"], True),
    "has_question": (["no-question"], True),
    "weak_opener": (["weak-opener"], False),
    "privacy_leak": (["gives-away-surprise", "price-mentioned", "sensitive-number"], False),
    "late_reason": (["late-reason"], False),
}


def part_lint(options):
    for labelled in sorted((PROJECT / "fixtures" / "labelled").glob("*.jsonl")):
        records = [json.loads(line) for line in labelled.read_text().splitlines()]
        print(f"  -- {labelled.stem}: our own, written by who had not seen the rules")
        with tempfile.TemporaryDirectory() as folder:
            for record in records:
                (pathlib.Path(folder) / f"{record['id']}.txt").write_text(record["text"])
            score = count_false_alarms if labelled.stem.startswith("faultless") else score_labels
            score(options, {record["id"]: record for record in records}, pathlib.Path(folder))
    folder = options.data("scripts")
    if not folder:
        return
    print("  -- shared/data/scripts: read while the rules were written")
    records = map(json.loads, filter(str.strip, (folder / "labels.jsonl").read_text().splitlines()))
    labels = {record["id"]: record for record in records if record["kind"] == "voicemail"}
    score_labels(options, {name: labels[name] for name in (folder / "ids.txt").read_text().split() if name in labels}, folder / "scripts")


def score_labels(options, labels, folder):
    """Scripts are `folder`/NAME.txt, the names those of the labels."""
    paths = {str(folder / f"{name}.txt"): name for name in labels}
    rules = sorted({rule for names, _ in RULES_OF_LABEL.values() for rule in names})
    findings = lint(options, "--extend-select", ",".join(rules), *paths)
    if findings is None:
        return
    fired = {name: set() for name in labels}
    for finding in findings:
        fired[paths[finding["path"]]].add(finding["name"])

    print(f"  {'label':24} {'n':>4} {'true':>5} {'precision':>9} {'recall':>7} {'bal.acc.':>8}")
    accuracies = []
    for label, (names, negated) in RULES_OF_LABEL.items():
        hits = {(said, true): 0 for said in (False, True) for true in (False, True)}
        for name, record in labels.items():
            # Only an ask can be a generic one.
            no_ask = label == "generic_cta_only" and not record["has_cta"]
            if label not in record or label in record.get("ambiguous", []) or no_ask:
                continue
            hits[bool(fired[name].intersection(names)) != negated, record[label]] += 1
        n_true, n_false = hits[True, True] + hits[False, True], hits[True, False] + hits[False, False]
        if not n_true or not n_false:
            continue
        n_said = hits[True, True] + hits[True, False]
        precision = hits[True, True] / n_said if n_said else 0.0
        recall = hits[True, True] / n_true
        accuracies.append((recall + hits[False, False] / n_false) / 2)
        print(f"  {label:24} {n_true + n_false:4} {n_true:5} {precision:9.2f} {recall:7.2f} {accuracies[-1]:8.3f}")
    print(f"  macro balanced accuracy {statistics.mean(accuracies):.3f} over {len(accuracies)} labels, {len(labels)} scripts")


def lint(options, *arguments):
    """Findings of the linter's own settings; None where it did not run, which is said."""
    run = subprocess.run([options.binary, "lint", "--isolated", "--output-format", "json", *arguments], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        print(f"  afterbeep lint failed: {run.stderr.strip()[-400:]}")
        return None
    return json.loads(run.stdout)["findings"]


def count_false_alarms(options, labels, folder):
    """What is found in scripts in which their writers wanted nothing found; some address nobody by name, which AB106 tells."""
    findings = lint(options, *(str(folder / f"{name}.txt") for name in labels))
    if findings is None:
        return
    for severity in ("error", "warning", "advice"):
        counts = collections.Counter(finding["name"] for finding in findings if finding["severity"] == severity)
        listed = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        print(f"  {severity:8} {counts.total():4} in {len(labels)} scripts{': ' if listed else ''}{listed}")


# --- Filled pauses ------------------------------------------------------------------------------------------------


def read_labels(table):
    """Recording: its labelled filled pauses. A row with the file alone says that it has none."""
    labels = {}
    for row in table.read_text().splitlines():
        if row.strip() and not row.startswith("#"):
            cells = row.split("\t")
            events = labels.setdefault(str(table.parent / cells[0]), [])
            if len(cells) > 2:
                events.append((float(cells[1]), float(cells[2])))
    return labels


def n_matched(found, labelled):
    """How many of the events have a label of their own."""
    free = list(labelled)
    for start, end in found:
        for label in free:
            if label[0] <= (start + end) / 2 <= label[1] or start <= sum(label) / 2 <= end:
                free.remove(label)
                break
    return len(labelled) - len(free)


def score_fillers(options, table, each=True):
    labels = read_labels(table)
    found = options.reviews(labels)
    n_labelled = n_found = n_right = 0
    if each:
        print(f"  {'recording':26} {'labelled':>8} {'found':>6} {'right':>6}")
    for path, labelled in labels.items():
        events = counted(found[path]) if path in found else []
        right = n_matched(events, labelled)
        n_labelled, n_found, n_right = n_labelled + len(labelled), n_found + len(events), n_right + right
        if each:
            print(f"  {pathlib.Path(path).name:26} {len(labelled):8} {len(events):6} {right:6}")
    print(f"  {precision_and_recall(n_labelled, n_found, n_right)} ({n_labelled} events in {len(labels)} recordings)")


def precision_and_recall(n_labelled, n_found, n_right):
    precision = n_right / n_found if n_found else 0.0
    recall = n_right / n_labelled if n_labelled else 0.0
    f1 = 2 * precision * recall / (precision + recall) if n_right else 0.0
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"


def made_for_testing(options):
    """Where `make filler-weights` leaves the recordings of speakers that it does not train on."""
    return pathlib.Path(options.binary).parent.parent / "made-fillers" / "test"


def part_fillers(options):
    print("  -- our own synthetic speech (says nothing of people)")
    score_fillers(options, PROJECT / "fixtures" / "speech" / "labels.tsv")
    made = made_for_testing(options) / "labels.tsv"
    if made.exists():
        print("  -- events made from the voices of readers, none of whom was trained on")
        score_fillers(options, made, each=False)
    else:
        print(f"  skipped: {made} is not there (make filler-weights makes it)")
    folder = options.data("fillers-mfa")
    if not folder:
        return
    print("  -- one man talking freely (eight events, none trained on: a smoke test)")
    score_fillers(options, folder / "labels.tsv")
    print("  -- probes of the same man: how many um and uh his words hold, and how many events were counted")
    words = dict(line.split("\t")[:2] for line in (folder / "reference_transcripts.tsv").read_text().splitlines())
    recordings = [path for path in sorted(folder.glob("mfa_*.flac")) if path.stem in words]
    for path, review in options.reviews(recordings).items():
        said = sum(word in ("um", "uh", "er", "hm") for word in words[pathlib.Path(path).stem].split())
        print(f"  {pathlib.Path(path).name:26} {said:8} {len(counted(review)):6}")


def speakers_not_trained_on(options):
    """Of the filled-pause detector; none where `make filler-weights` was not run here."""
    return {path.stem.split("-")[0] for path in made_for_testing(options).glob("*.wav")}


def part_false_alarms(options):
    folder = options.data("read-speech")
    if not folder:
        return
    recordings = sorted((folder / "speechocean762").glob("*.flac"))
    recordings += sorted([*(folder / "misc").glob("*.flac"), *(folder / "misc").glob("*.wav")])
    found = options.reviews(recordings)
    with open(folder / "speechocean762" / "manifest.tsv", newline="") as manifest:
        speaker_of = {row["file"]: row["speaker"] for row in csv.DictReader(manifest, delimiter="\t")}
    unheard = speakers_not_trained_on(options)
    groups = {
        "speechocean762": lambda path: path.parent.name == "speechocean762",
        "  not trained on": lambda path: speaker_of.get(path.name) in unheard,
        "misc": lambda path: path.parent.name == "misc",
    }
    for name, belongs in groups.items():
        some = [review for path, review in found.items() if belongs(pathlib.Path(path))]
        minutes = sum(review["audio"]["seconds"] for review in some) / 60
        n_events = sum(len(counted(review)) for review in some)
        n_files = sum(bool(counted(review)) for review in some)
        if minutes:
            print(f"  {name:16} {n_events:4} counted in {minutes:5.1f} minutes: {n_events / minutes:.2f} a minute ({n_files} of {len(some)} recordings)")


# --- Words --------------------------------------------------------------------------------------------------------


def transcribed(options, recording, words, folder, extra=()):
    """The review of a recording with a transcript of `words`: (start, end, text)."""
    document = {"version": 1, "words": [{"text": text, "start": start, "end": end} for start, end, text in words]}
    transcript = pathlib.Path(folder) / "transcript.json"
    transcript.write_text(json.dumps(document))
    command = [options.binary, "review", "--isolated", "--no-cache", "--output-format", "jsonl", str(recording), "--transcript", str(transcript)]
    run = subprocess.run([*command, *extra], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"afterbeep review {recording} failed: {run.stderr.strip()}")
    return json.loads(run.stdout)


def gapless(words):
    """As recognisers place words: each ends where the next begins, and after a pause begins where the last one ended."""
    drifted = []
    for index, (start, end, text) in enumerate(words):
        next_start = words[index + 1][0] if index + 1 < len(words) else end
        # Every other pause goes to the word after it.
        to_next = index % 2 == 1 and 0.1 < next_start - end
        drifted.append([drifted[-1][1] if drifted else start, end if to_next else next_start, text])
    return [tuple(word) for word in drifted]


def text_grid_words(path):
    """Of a TextGrid in Praat's short form whose first tier has the words."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    first = lines.index('"IntervalTier"')
    n_labels = int(lines[first + 4])
    rows = lines[first + 5 : first + 5 + 3 * n_labels]
    labels = zip(rows[0::3], rows[1::3], rows[2::3])
    return [(float(start), float(end), text.strip('"')) for start, end, text in labels if text.strip('"')]


def known_word_times(options):
    """Name, recording and true word times."""
    rows = (PROJECT / "fixtures" / "speech" / "words.tsv").read_text().splitlines()
    by_file = {}
    for row in rows[1:]:
        name, start, end, text = row.split("\t")
        by_file.setdefault(name, []).append((float(start), float(end), text))
    for name, words in by_file.items():
        yield "fixtures (espeak-ng)", PROJECT / "fixtures" / "speech" / name, words
    folder = options.data("fillers-mfa")
    if folder:
        for grid in sorted(folder.glob("*.TextGrid")):
            words = text_grid_words(grid)
            # One of them has the whole sentence as one label.
            if not any(" " in text for _, _, text in words):
                yield "fillers-mfa", grid.with_suffix(".flac"), words


def part_word_times(options):
    """Starts and ends that drifted into pauses, before and after they were refined."""
    errors = {}
    with tempfile.TemporaryDirectory() as folder:
        for group, recording, words in known_word_times(options):
            drifted = gapless(words)
            refined = transcribed(options, recording, drifted, folder)["transcript"]["words"]
            for (start, end, _), (given_start, given_end, _), word in zip(words, drifted, refined, strict=True):
                before, after = errors.setdefault(group, ([], []))
                before += [abs(given_start - start), abs(given_end - end)]
                after += [abs(word["start"] - start), abs(word["end"] - end)]
    print("  starts and ends of words    number   median   95th percentile   mean")
    for group, (before, after) in errors.items():
        for name, values in (("as drifted", before), ("refined", after)):
            high = float(np.percentile(values, 95))
            print(f"  {group:20} {name:10} {len(values):4} {statistics.median(values):7.3f} s {high:13.3f} s {statistics.mean(values):8.3f} s")


def part_words(options):
    """Of --model, on our own fixtures and on people."""
    if options.model is None:
        print("  skipped: no --model FILE was given")
        return
    sets = []
    folder = options.data("fillers-mfa")
    if folder:
        for name, recording, known in known_word_times(options):
            if name == "fillers-mfa":
                sets.append(("fillers-mfa (one man)", recording, " ".join(text for _, _, text in known)))
    folder = options.data("read-speech")
    if folder:
        # Every tenth: enough to see how bad it is.
        sets += [("read-speech (people)", recording, text) for recording, text in list(read_speech(folder))[::10]]
    word_accuracy.tables(options, sets, list(word_accuracy.fixtures(PROJECT)))
    word_accuracy.word_times(options, [row for row in known_word_times(options) if row[0].startswith("fixtures")])


# Of the sounds that made_fillers.py puts into pauses, those that no transcript has a word for; what is sung is a word.
NO_WORDS = ("breath", "hum", "tone", "mm-hm")
SHORT_WORD = 0.3  # s


def words_of_made(review, labelled, distractors):
    """Words as long as "word" may be, wherever somebody speaks and nothing was put."""
    put = sorted([*labelled, *((start, end) for start, end, kind in distractors if kind in NO_WORDS)])
    for start, end in review["speech"]:
        edges = [start, *(min(max(time, start), end) for interval in put for time in interval), end]
        for first, last in zip(edges[::2], edges[1::2]):
            n_words = int((last - first) / SHORT_WORD) + 1
            times = np.linspace(first, last, n_words + 1)
            yield from ((from_, to, "word") for from_, to in zip(times, times[1:]) if 0.02 < to - from_)


def part_made_with_words(options):
    """The made events where the words are known, as `words_of_made` puts them."""
    made = made_for_testing(options)
    if not made.exists():
        print(f"  skipped: {made} is not there (make filler-weights makes it)")
        return
    labels, distractors = read_labels(made / "labels.tsv"), {}
    with open(made / "distractors.tsv", newline="") as table:
        for name, start, end, kind in csv.reader(table, delimiter="\t"):
            distractors.setdefault(str(made / name), []).append((float(start), float(end), kind))
    alone = options.reviews(labels)
    totals = {"sound alone": [0, 0], "with the words": [0, 0]}
    with tempfile.TemporaryDirectory() as temporary:
        for recording, labelled in labels.items():
            words = list(words_of_made(alone[recording], labelled, distractors.get(recording, [])))
            reviews = (alone[recording], transcribed(options, recording, words, temporary))
            for total, review in zip(totals.values(), reviews):
                events = counted(review)
                total[0] += len(events)
                total[1] += n_matched(events, labelled)
    n_labelled = sum(map(len, labels.values()))
    for name, (n_found, n_right) in totals.items():
        print(f"  {name:24} {precision_and_recall(n_labelled, n_found, n_right)} ({n_labelled} events)")


def part_masked(options):
    """Filled pauses where the words are known, but for the fillers, which recognisers leave out."""
    folder = options.data("fillers-mfa")
    if not folder:
        return
    labels = read_labels(folder / "labels.tsv")
    totals = {}
    with tempfile.TemporaryDirectory() as temporary:
        for grid in sorted(folder.glob("*.TextGrid")):
            recording, words = grid.with_suffix(".flac"), text_grid_words(grid)
            labelled = labels.get(str(recording))
            if not labelled or any(" " in text for _, _, text in words):
                continue
            spoken = [word for word in words if word[2].lower() not in ("um", "uh", "er")]
            found = {
                "sound alone": options.reviews([recording])[str(recording)],
                "with the words": transcribed(options, recording, spoken, temporary),
                "with words that drifted": transcribed(options, recording, gapless(spoken), temporary),
            }
            for name, review in found.items():
                events = counted(review)
                n_right, total = n_matched(events, labelled), totals.setdefault(name, [0, 0, 0])
                for index, count in enumerate((len(labelled), n_right, len(events) - n_right)):
                    total[index] += count
    for name, (n_labelled, n_found, n_false) in totals.items():
        print(f"  {name:24} {n_found} of {n_labelled} found, {n_false} false")


def part_details(options):
    """Details of a script that were not said, on texts whose omissions are known."""
    cases = [json.loads(line) for line in (PROJECT / "fixtures" / "transcripts" / "omissions.jsonl").read_text().splitlines()]
    recording = PROJECT / "fixtures" / "signals" / "silence.wav"
    n_right = n_found = n_labelled = 0
    with tempfile.TemporaryDirectory() as folder:
        script, transcript = pathlib.Path(folder) / "script.md", pathlib.Path(folder) / "said.txt"
        for case in cases:
            script.write_text(case["script"])
            transcript.write_text(case["said"])
            command = [options.binary, "review", "--isolated", "--no-cache", "--output-format", "jsonl", str(recording)]
            run = subprocess.run([*command, "--script", str(script), "--transcript", str(transcript)], capture_output=True, text=True)
            details = json.loads(run.stdout)["script"]["details"]
            for status in ("missing", "changed"):
                found = sorted(detail["kind"] for detail in details if detail["status"] == status)
                labelled = sorted(case[status])
                n_found, n_labelled = n_found + len(found), n_labelled + len(labelled)
                n_right += sum(min(found.count(kind), labelled.count(kind)) for kind in set(labelled))
    print(f"  {len(cases)} cases, {n_labelled} omissions and changes: precision {n_right / max(n_found, 1):.2f}, recall {n_right / max(n_labelled, 1):.2f}")


# --- Everything ---------------------------------------------------------------------------------------------------

PARTS = {
    "pitch": ("F0 against the laryngograph, beside Praat (FDA set)", part_pitch),
    "intensity": ("Intensity beside Praat (FDA set)", part_intensity),
    "syllables": ("Syllable nuclei against the words read (read-speech)", part_syllables),
    "liveliness": ("Pitch metrics on read speech beside the same flattened by PSOLA (read-speech)", part_liveliness),
    "length": ("How long a text takes to say, beside its words at 150 a minute", part_length),
    "lint": ("Script labels", part_lint),
    "fillers": ("Filled pauses", part_fillers),
    "false-alarms": ("Filled pauses counted in fluent read speech", part_false_alarms),
    "word-times": ("Word times that drifted into pauses, refined", part_word_times),
    "words": ("Words that a whisper model hears", part_words),
    "made-with-words": ("Made filled pauses with the words known, fillers left out (of speakers not trained on)", part_made_with_words),
    "masked": ("Filled pauses with the words known, fillers left out (a smoke test: eight events of one man)", part_masked),
    "details": ("Details of the script that were not said", part_details),
}


class Options(argparse.Namespace):
    def data(self, name):
        folder = self.shared / "data" / name
        if folder.is_dir():
            return folder
        print(f"  skipped: {folder} is not there")
        return None

    def reviews(self, recordings):
        """Reviews of these, each recording reviewed once a run."""
        self.known = getattr(self, "known", {})
        new = [str(path) for path in recordings if str(path) not in self.known]
        if new:
            self.known.update(reviews(self.binary, new))
        return {str(path): self.known[str(path)] for path in recordings if str(path) in self.known}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=lambda path: str(pathlib.Path(path).resolve()))
    default = os.environ.get("AFTERBEEP_SHARED", PROJECT.parent / "shared")
    parser.add_argument("--shared", type=lambda path: pathlib.Path(path).resolve(), default=pathlib.Path(default).resolve())
    parser.add_argument("--model", type=pathlib.Path, help="for the part words")
    parser.add_argument("-v", action="store_true", help="what was heard")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    options = parser.parse_intermixed_args(namespace=Options())
    for unknown in set(options.parts) - set(PARTS):
        parser.error(f"no part is called {unknown}; there are {', '.join(PARTS)}")
    praat = parselmouth.PRAAT_VERSION
    print(f"afterbeep beside Praat {praat} (parselmouth {parselmouth.VERSION}), {platform.machine()}, {os.cpu_count()} cores")
    for name, (title, part) in PARTS.items():
        if not options.parts or name in options.parts:
            print(f"\n{title}\n")
            part(options)


if __name__ == "__main__":
    main()
