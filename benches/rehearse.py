"""What a rehearsal costs and loses.  usage: make bench-rehearse [ARGS='--minutes 1']

    rehearse.py BINARY [--minutes 5]

The sound server is PulseAudio of this program's own, whose null sink's monitor is the microphone. First a message of
25 s is spoken and the key pressed: the time from the key to the whole scorecard, and to the end of the program. Then a
tone plays for minutes while every core is kept busy: the take must be that tone without a gap (a sample that is missing
or put in twice breaks the sine), the threads' time comes from /proc, the memory from VmRSS.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import wave

import numpy

RATE, HZ = 48_000, 377.0
PROJECT = pathlib.Path(__file__).resolve().parent.parent


class Room:
    """A home with a sound server of its own."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = dict(
            os.environ,
            HOME=folder,
            XDG_RUNTIME_DIR=folder,
            XDG_CONFIG_HOME=f"{folder}/config",
            XDG_DATA_HOME=f"{folder}/data",
            PULSE_SERVER=f"unix:{folder}/native",
            ALSA_CONFIG_PATH=f"{folder}/alsa.conf",
        )
        (self.folder / "alsa.conf").write_text(
            'pcm_type.pulse { lib "libasound_module_pcm_pulse.so" }\npcm.!default { type pulse }\n'
        )
        self.server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes"]
            + ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={folder}/native"]
            + ["-L", f"module-null-sink sink_name=room rate={RATE} channels=1"],
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        while subprocess.run(["pactl", "info"], env=self.environment, capture_output=True).returncode:
            time.sleep(0.1)

    def rehearse(self, binary, *arguments):
        command = [binary, "rehearse", "--plain", "--countdown", "0", "--no-beep", "--isolated", *arguments]
        pipe = subprocess.PIPE
        started = subprocess.Popen(command, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe)
        takes = self.folder / "data/afterbeep/takes"
        while not any(part.stat().st_size > 10_000 for part in takes.glob("*.part.wav")):
            time.sleep(0.02)
        return started

    def play(self, recording):
        return subprocess.Popen(["paplay", recording], env=self.environment)

    def last_take(self):
        return max((self.folder / "data/afterbeep/takes").glob("*.wav"), key=lambda take: take.stat().st_mtime)


def write(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype("<i2").tobytes())


def read(path):
    with wave.open(str(path)) as file:
        return numpy.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, file.getframerate()


def from_key_to_scorecard(binary, room):
    speech = PROJECT / "fixtures/speech/demo.wav"
    script = PROJECT / "fixtures/scripts/demo.md"
    seconds = []
    for _ in range(5):
        rehearsal = room.rehearse(binary, str(script))
        room.play(speech).wait()
        time.sleep(2.0)
        pressed = time.monotonic()
        rehearsal.stdin.write(b"\n")
        rehearsal.stdin.flush()
        while not rehearsal.stdout.readline().startswith(b"In numbers"):
            pass
        seconds.append(time.monotonic() - pressed)
        rehearsal.communicate()
    samples, rate = read(room.last_take())
    print(f"from the key to the scorecard, a take of {len(samples) / rate:.0f} s: "
          f"{sorted(seconds)[2]:.2f} s ({min(seconds):.2f} to {max(seconds):.2f}, 5 runs)")


def thread_seconds(process):
    """Seconds that each thread has worked, by its number and name."""
    ticks = os.sysconf("SC_CLK_TCK")
    found = {}
    for task in pathlib.Path(f"/proc/{process.pid}/task").iterdir():
        text = (task / "stat").read_text()
        name = text[text.index("(") + 1 : text.rindex(")")]
        fields = text[text.rindex(")") + 2 :].split()
        found[f"{name} {task.name}"] = (int(fields[11]) + int(fields[12])) / ticks
    return found


def resident_mib(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def breaks(samples, rate):
    """Where a sine of one frequency does not go on: |x[n+1] + x[n-1] - 2 cos(w) x[n]| is then no longer nothing."""
    rest = samples[2:] + samples[:-2] - 2 * numpy.cos(2 * numpy.pi * HZ / rate) * samples[1:-1]
    # Rounding to 16 bits three times leaves 3 / 32768 at most; a missing sample of this tone leaves ten times that.
    places = numpy.flatnonzero(numpy.abs(rest) > 8 / 32768)
    return int((numpy.diff(places, prepend=-RATE) > 10).sum())


def long_take(binary, room, minutes):
    seconds = 60 * minutes
    tone = room.folder / "tone.wav"
    write(tone, 0.5 * numpy.sin(2 * numpy.pi * HZ * numpy.arange(int((seconds + 10) * RATE)) / RATE))
    player = room.play(tone)
    time.sleep(2.0)
    busy = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(os.cpu_count())]
    try:
        started = time.monotonic()
        rehearsal = room.rehearse(binary, "--duration", str(seconds), "--output-format", "jsonl")
        memory = []
        for after in [*range(20, int(seconds) - 5, 40), seconds - 5]:
            time.sleep(max(0.0, started + after - time.monotonic()))
            memory.append(f"{resident_mib(rehearsal):.1f} ({after:.0f} s)")
        threads = thread_seconds(rehearsal)
        passed = time.monotonic() - started
    finally:
        for process in busy:
            process.kill()
    _, said = rehearsal.communicate()
    player.kill()
    samples, rate = read(room.last_take())
    lost = [line for line in said.decode().splitlines() if "lost" in line]
    print(f"a take of {len(samples) / rate:.1f} s with {os.cpu_count()} busy cores:")
    print(f"  breaks in the tone: {breaks(samples, rate)}; it says it lost: {'; '.join(lost) or 'nothing'}")
    for name, worked in sorted(threads.items(), key=lambda thread: -thread[1]):
        print(f"  thread {name.split()[0]:<16} {100 * worked / passed:5.2f} % of a core")
    print(f"  memory in MiB: {', '.join(memory)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--minutes", type=float, default=5.0)
    options = parser.parse_args()
    if subprocess.run(["sh", "-c", "command -v pulseaudio paplay pactl"], capture_output=True).returncode:
        sys.exit("skipped: there is no pulseaudio here; .ci/install sound brings it")
    with tempfile.TemporaryDirectory() as folder:
        room = Room(folder)
        try:
            from_key_to_scorecard(options.binary, room)
            long_take(options.binary, room, options.minutes)
        finally:
            room.server.kill()
            room.server.wait()


if __name__ == "__main__":
    main()
