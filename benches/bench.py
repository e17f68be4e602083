"""How fast and how large afterbeep is, in one table.  usage: make bench [ARGS='--no-demo --no-typos']

    bench.py BINARY [--no-typos] [--no-demo] [--runs N] [--clips N …] [--only-batch]

Times are the median of several runs of the whole process, output thrown away, files in the page cache, with the range
beside it. typos is built once into TARGET/tools (some minutes); `make demo` is timed in a fresh clone of what is
committed (some minutes more).
"""

import argparse
import json
import os
import pathlib
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import wave

import numpy

PROJECT = pathlib.Path(__file__).resolve().parent.parent
TYPOS_VERSION = "1.52.0"
N_SMALL_FILES, SMALL_FILE_BYTES = 1000, 400
# One core, so that a figure does not depend on how many the machine has.
ONE_CORE = ["taskset", "--cpu-list", "0"] if shutil.which("taskset") else []

SENTENCES = [
    "Hi {{client_name}}, this is Dana Pruitt from Kestrel Gems.",
    "The pendant you asked me to watch for came in this morning.",
    "Would Thursday or Friday after four suit you to come and see it?",
    "I'm just checking in, um, about what we talked about.",
    "You can reach me at 404-555-0142 until six.",
    "Please call me back when you get a chance.",
    "Your grandfather's watch runs again: it kept time for a week on our bench.",
    "We hold it for you until Saturday.",
    "Again, that is 404-555-0142.",
    "I look forward to hearing what you think of it.",
]


# What a repository of templates holds: each script is one of each, about 400 bytes; one in ten forgets to say the number again.
OPENINGS = [
    "Hi {{first_name}}, this is {{your_name}} from Kestrel Gems.",
    "Good morning {{first_name}}, it's {{your_name}} at Harbor Roofing.",
    "Hello {{first_name}}, {{your_name}} here with Lindqvist Talent.",
    "Hi {{first_name}}, this is {{your_name}} calling from Brightwater Analytics.",
]
REASONS = [
    "Your {{piece}} is back from the workshop, it has kept time on our bench for a whole week, and the strap fits the case at last.",
    "The estimate for your {{project}} is ready, and there is a way to save you the scaffolding that takes half a day less.",
    "A team in {{city}} is looking for somebody who did just what you did with the night ward, and they would like to hear how.",
    "The three pumps at your {{site}} ran dry in August, and I have the reading that would have told you a week before they did.",
]
ASKS = [
    "Could you call me before {{day}}, so that I can hold it for you until the weekend?",
    "Call me by {{day}} and I will have it ready for you at the front desk.",
    "Would {{day}} suit you for ten minutes about it, in the morning or after four?",
]
NUMBERS = [
    ("My number is {{your_number}}.", "Again, that is {{your_number}}."),
    ("You can reach me at 404-555-0142 until six.", "Once more, 404-555-0142."),
    ("I am at (404) 555-0142.", "That's {{your_name}}, 404-555-0142."),
]


def template(seed):
    """A script as it stands in a repository that is linted: the same for the same seed."""
    chance = random.Random(seed)
    number, again = chance.choice(NUMBERS)
    parts = [chance.choice(OPENINGS), chance.choice(REASONS), chance.choice(ASKS), number]
    return "\n".join(parts if seed % 10 == 0 else [*parts, again]) + "\n"


def script(size, seed):
    """A script of about this many bytes: messages of five sentences, the same for the same seed."""
    chance = random.Random(seed)
    parts = []
    length = 0
    while length < size:
        text = f"# Message {len(parts) + 1}\n\n" + "\n".join(chance.choices(SENTENCES, k=5)) + "\n\n"
        parts.append(text)
        length += len(text)
    return "".join(parts)[:size].rstrip() + "\n"


def our_speech():
    """The samples of our own recordings at 11,025 Hz, one after the other."""
    frames = b""
    for recording in sorted((PROJECT / "fixtures" / "speech").glob("*.wav")):
        try:
            with wave.open(str(recording)) as source:
                if source.getframerate() == 11025:
                    frames += source.readframes(source.getnframes())
        except wave.Error:  # The mu-law one.
            continue
    return frames


def minute_of_speech(path):
    """Our own recordings, cut at a minute."""
    frames = our_speech()
    with wave.open(str(path), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(11025)
        made.writeframes(frames[: 60 * 11025 * 2])
    return min(60.0, len(frames) / 2 / 11025)


class Bench:
    def __init__(self, runs):
        self.runs = runs

    def time(self, command, ok=(0, 1)):
        """Median, least and most seconds of the command, after one run that is not counted."""
        seconds = []
        for _ in range(self.runs + 1):
            started = time.perf_counter()
            code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
            seconds.append(time.perf_counter() - started)
            if code not in ok:
                print(f"  {' '.join(command[:4])} … exited {code}; its time is not counted")
                return None
        return statistics.median(seconds[1:]), min(seconds[1:]), max(seconds[1:])


def show(what, timing, note=""):
    if timing is None:
        return
    median, least, most = (1000 * seconds for seconds in timing)
    print(f"  {what:48} {median:9.1f} ms  ({least:.1f} to {most:.1f})  {note}".rstrip())


def beside(ours, theirs):
    return f"{ours[0] / theirs[0]:.2f} times typos" if ours and theirs else ""


def find_typos(target, may_build):
    """The typos program: on PATH, built before, or built now. None, with a word about it, where there is none."""
    for path in [shutil.which("typos"), target / "tools" / "bin" / "typos"]:
        if path and pathlib.Path(path).exists():
            return str(path)
    if not may_build:
        print("  skipped: typos (--no-typos, and none is built)")
        return None
    print(f"  building typos {TYPOS_VERSION} to measure beside; this takes some minutes", flush=True)
    command = ["cargo", "install", "--quiet", "--locked", "--root", str(target / "tools"), f"typos-cli@{TYPOS_VERSION}"]
    if subprocess.run(command, env={**os.environ, "CARGO_TARGET_DIR": str(target / "tools" / "build")}).returncode != 0:
        print("  skipped: typos could not be installed")
        return None
    return str(target / "tools" / "bin" / "typos")


def bench_lint(bench, binary, typos, folder):
    templates, drafts = folder / "templates", folder / "drafts"
    for made, text in [(templates, template), (drafts, lambda number: script(SMALL_FILE_BYTES, number))]:
        made.mkdir()
        for number in range(N_SMALL_FILES):
            (made / f"script-{number:04}.md").write_text(text(number))
    n_bytes = sum(path.stat().st_size for path in templates.iterdir()) // N_SMALL_FILES
    lint = [binary, "lint", "--isolated"]
    print("\nLint\n")
    for what, path in [
        (f"{N_SMALL_FILES} templates of {n_bytes} bytes, one in ten faulty", str(templates)),
        (f"{N_SMALL_FILES} drafts of {SMALL_FILE_BYTES} bytes, all faulty", str(drafts)),
        ("one template, cold", str(templates / "script-0001.md")),
    ]:
        ours = bench.time([*lint, path])
        # typos says 2 when it found something.
        theirs = bench.time([typos, path], ok=(0, 2)) if typos else None
        show(what, ours, beside(ours, theirs))
        show("  typos", theirs)
    sizes = {}
    for megabytes in (1, 10):
        path = folder / f"{megabytes}-mb.md"
        path.write_text(script(megabytes * 1_000_000, megabytes))
        sizes[megabytes] = bench.time([*lint, str(path)])
        show(f"one script of {megabytes} MB", sizes[megabytes])
    if all(sizes.values()):
        print(f"  ten times the text takes {sizes[10][0] / sizes[1][0]:.1f} times as long")


PRAAT = """
import sys, time, statistics, parselmouth
sound = parselmouth.Sound(sys.argv[1]); seconds = []
for _ in range(int(sys.argv[2]) + 1):
    started = time.perf_counter()
    sound.to_pitch_ac(time_step=0.005, pitch_floor=75, pitch_ceiling=600)
    seconds.append(time.perf_counter() - started)
seconds = seconds[1:] or seconds
print(statistics.median(seconds), min(seconds), max(seconds))
"""


def bench_review(bench, binary, folder):
    recording = folder / "minute.wav"
    length = minute_of_speech(recording)
    print(f"\nReview of {length:.0f} s of speech, {'one core' if ONE_CORE else 'every core (taskset is missing)'}\n")
    real_time = lambda timing: f"{timing[0] / length:.4f} of real time"
    for what, command in [("review", ["review", "--no-cache", "--output-format", "json"]), ("pitch (CSV)", ["pitch"])]:
        timing = bench.time([*ONE_CORE, binary, *command, str(recording)])
        show(f"afterbeep {what}", timing, timing and real_time(timing))
    run = subprocess.run([*ONE_CORE, sys.executable, "-c", PRAAT, str(recording), str(bench.runs)], capture_output=True, text=True)
    if run.returncode == 0:
        timing = tuple(map(float, run.stdout.split()))
        show("Praat, F0 alone, in process", timing, real_time(timing))
    else:
        print(f"  skipped: Praat ({run.stderr.strip().splitlines()[-1]})")


def hour_of_speech(path, minute):
    """The minute, sixty times over."""
    with wave.open(str(minute)) as source, wave.open(str(path), "wb") as made:
        made.setparams(source.getparams())
        frames = source.readframes(source.getnframes())
        for _ in range(60):
            made.writeframes(frames)


def once(command, cache=None):
    """Seconds passed, seconds of the processor, and the most memory (MB) of one run, with a cache of its own if any."""
    environment = os.environ if cache is None else {**os.environ, "XDG_CACHE_HOME": str(cache)}
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command[:6])} … failed")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def at_four_times_the_rate(made, path):
    """Each sample four times: what is said changes, how many samples there are is what counts here."""
    with wave.open(str(path)) as source, wave.open(str(made), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(4 * source.getframerate())
        while frames := source.readframes(1_000_000):
            out.writeframes(numpy.repeat(numpy.frombuffer(frames, "<i2"), 4).tobytes())


def bench_hour(binary, folder):
    minute, hour, fast_hour = folder / "minute.wav", folder / "hour.wav", folder / "hour-44100.wav"
    hour_of_speech(hour, minute)
    at_four_times_the_rate(fast_hour, hour)
    print("\nAn hour of speech: that minute sixty times, one core, one run; processor seconds and the most memory held\n")
    review = [binary, "review", "--isolated", "--no-cache", "--output-format", "json"]
    praat = [sys.executable, "-c", PRAAT]
    for what, command in [
        ("afterbeep review", [*review, str(hour)]),
        ("Praat, F0 alone", [*praat, str(hour), "0"]),
        ("afterbeep review, at 44.1 kHz", [*review, str(fast_hour)]),
        ("Praat, F0 alone, at 44.1 kHz", [*praat, str(fast_hour), "0"]),
    ]:
        _, seconds, megabytes = once([*ONE_CORE, *command])
        print(f"  {what:48} {seconds:9.1f} s   {megabytes:6.0f} MB")


def bench_lengths(bench, binary, folder):
    """Recordings of several lengths, as a week of calls is: our own six times, each a file of its own, since one that is
    named twice is reviewed once."""
    lengths = folder / "lengths"
    lengths.mkdir()
    recordings = sorted((PROJECT / "fixtures" / "speech").glob("*.wav"))
    paths = [str(shutil.copy(path, lengths / f"{day}-{path.name}")) for day in range(6) for path in recordings]
    print(f"\nReview of {len(paths)} recordings\n")
    seconds = {}
    for n_threads in ("1", "2"):
        command = ["env", f"RAYON_NUM_THREADS={n_threads}", binary, "review", "--isolated", "--no-cache", "--output-format", "jsonl", *paths]
        seconds[n_threads] = bench.time(command)
        show(f"{n_threads} thread{'s'[:int(n_threads) - 1]}", seconds[n_threads])
    if all(seconds.values()):
        print(f"  two are {seconds['1'][0] / seconds['2'][0]:.2f} times as fast as one")


def clips(folder, n):
    """`n` clips of 20 s, no two alike: our own recordings in a row, each clip begun somewhere else and a little louder."""
    samples = numpy.frombuffer(our_speech(), "<i2").astype(numpy.int32)
    length = 20 * 11025
    folder.mkdir()
    for number in range(n):
        start = number * 7919 % (len(samples) - length)
        clip = samples[start : start + length] * (500 + number % 400) // 1000
        with wave.open(str(folder / f"rep{number % 8}_{number:04}.wav"), "wb") as made:
            made.setnchannels(1)
            made.setsampwidth(2)
            made.setframerate(11025)
            made.writeframes(clip.astype("<i2").tobytes())


def bench_batch(binary, folder, sizes):
    print("\nReview of many clips of 20 s (one run each)\n")
    timings = {}
    for n in sizes:
        clips(folder / f"clips-{n}", n)
        page = folder / f"team-{n}.html"
        command = [binary, "review", "--isolated", str(folder / f"clips-{n}"), "--pattern", "{rep}_*.wav", "--report", str(page)]
        cache = folder / f"cache-{n}"
        timings[n], _, memory = once(command, cache)
        again, *_ = once(command, cache)
        print(
            f"  {f'{n} clips, every core':48} {timings[n]:9.2f} s   {1000 * timings[n] / n:.1f} ms a clip,"
            f" {3600 * n / timings[n]:,.0f} recordings an hour, {memory:.0f} MB"
        )
        print(f"  {'  again, from the cache':48} {again:9.2f} s   {100 * again / timings[n]:.1f} % of the first")
        print(f"  {'  the page':48} {page.stat().st_size / 1e6:9.2f} MB")
        print(f"  {'  interactive in Chromium after':48} {interactive(page)}")
        if n == 200:
            alone, *_ = once([*ONE_CORE, *command, "--jobs", "1", "--no-cache"], cache)
            print(f"  {'  one core':48} {alone:9.2f} s   every core is {alone / timings[n]:.2f} times as fast")
    per_clip = [timings[n] / n for n in sizes]
    print(f"  time a clip, {' / '.join(map(str, sizes))}: the most is {max(per_clip) / min(per_clip):.2f} times the least")


def interactive(page):
    """Seconds from the address until the page is loaded, has run its script, and has drawn its table sorted anew."""
    if not shutil.which("chromedriver"):
        return "      n/a   chromedriver is not here (.ci/install browser)"
    driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
    try:
        ports = (re.search(r"on port (\d+)\.", line) for line in driver.stdout)
        address = f"http://127.0.0.1:{next(port[1] for port in ports if port)}/session"

        def post(to, body):
            request = urllib.request.Request(to, json.dumps(body).encode(), {"Content-Type": "application/json"})
            return json.load(urllib.request.urlopen(request))["value"]

        arguments = {"args": ["--headless=new", "--no-sandbox"]}
        session = f"{address}/{post(address, {'capabilities': {'alwaysMatch': {'goog:chromeOptions': arguments}}})['sessionId']}"
        seconds = []
        for _ in range(3):
            post(f"{session}/url", {"url": page.as_uri()})
            drawn = """const [done] = arguments;
                const loaded = performance.getEntriesByType("navigation")[0].loadEventEnd, clicked = performance.now();
                if (document.getElementById("table").dataset.ready !== "yes") done(NaN);
                document.querySelector("#table thead button").click();
                requestAnimationFrame(() => setTimeout(() => done(loaded + performance.now() - clicked)));"""
            seconds.append(post(f"{session}/execute/async", {"script": drawn, "args": []}) / 1000)
        urllib.request.urlopen(urllib.request.Request(session, method="DELETE"))
        return f"{statistics.median(seconds):9.2f} s"
    finally:
        driver.kill()


def bench_size(binary):
    print("\nSize\n")
    print(f"  {'release binary':44} {pathlib.Path(binary).stat().st_size / 1e6:9.1f} MB")
    for what, features in [("default", []), ("full", ["--features", "full"])]:
        command = ["cargo", "tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}", *features]
        run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
        # Name and version; without the marks of what was listed before, and without afterbeep itself.
        crates = {tuple(line.split()[:2]) for line in run.stdout.splitlines() if line.strip()} - {()}
        print(f"  {f'crates it depends on, {what}':44} {len(crates) - 1:9}")


def bench_demo(folder):
    print("\nmake demo, start to finish, in a fresh clone (crates downloaded already count as there)\n")
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
    started = time.perf_counter()
    environment = {**os.environ, "CARGO_TARGET_DIR": str(folder / "clone-target")}
    run = subprocess.run(["make", "demo"], cwd=clone, env=environment, capture_output=True, text=True)
    minutes = (time.perf_counter() - started) / 60
    print(f"  {'make demo':44} {minutes:9.1f} min")
    if run.returncode != 0:
        print(f"  it failed:\n{run.stderr[-1000:]}")


def machine():
    name = platform.processor() or platform.machine()
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--no-typos", action="store_true", help="do not build typos")
    parser.add_argument("--no-demo", action="store_true", help="do not time make demo in a fresh clone")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--clips", type=int, nargs="+", default=[20, 200, 500, 2000], help="sizes of batches")
    parser.add_argument("--only-batch", action="store_true", help="only the review of many clips")
    options = parser.parse_args()
    # The binary is TARGET/release/afterbeep.
    target = pathlib.Path(options.binary).parent.parent
    bench = Bench(options.runs)

    print(f"{machine()}; median of {options.runs} runs")
    with tempfile.TemporaryDirectory(prefix="afterbeep-bench-") as folder:
        folder = pathlib.Path(folder)
        if options.only_batch:
            bench_batch(options.binary, folder, options.clips)
            return
        bench_lint(bench, options.binary, find_typos(target, not options.no_typos), folder)
        bench_review(bench, options.binary, folder)
        bench_hour(options.binary, folder)
        bench_lengths(bench, options.binary, folder)
        bench_batch(options.binary, folder, options.clips)
        bench_size(options.binary)
        if not options.no_demo:
            bench_demo(folder)


if __name__ == "__main__":
    main()
