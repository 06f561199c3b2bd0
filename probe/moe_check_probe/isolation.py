"""Two ways to give a module a process of its own: a fork of the preloader, or an interpreter started for it."""
import array
import json
import os
import signal
import socket
import subprocess
import sys
import threading

from .processes import STARTING, kill_group

SCRIPT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "import_modules.py")
KEPT_RESULT = 8 << 20
KEPT_OUTPUT = 4096
# Leaders of the process groups that are there now.
LIVE = set()
# How long after its own alarm a child may still live, and how long the preloader may take to fork, in seconds.
GRACE_S = 2.0
ANSWER_S = 20.0


class PreloaderGone(Exception):
    """The preloader died or does not answer."""


class Reader(threading.Thread):
    """Reads a pipe to its end, so that nobody blocks on it, and keeps the beginning.

    A child's account of itself is an end too: a process that the child forked may hold the pipe for longer.
    """

    def __init__(self, descriptor, limit):
        super().__init__(daemon=True)
        self.descriptor, self.limit, self.kept = descriptor, limit, b""
        self.start()

    def run(self):
        while True:
            data = os.read(self.descriptor, 1 << 16)
            if not data:
                break
            self.kept += data[: self.limit - len(self.kept)]
            if self.limit == KEPT_RESULT and self.kept.endswith(b"}\n"):
                break
        os.close(self.descriptor)


class Ended:
    """What a child left behind: what it wrote about itself, its output, and how it ended."""

    def __init__(self, results, output, code, overdue):
        """`code` as subprocess has it: negative for a signal. `overdue`: we had to end it."""
        # What got away from the child's group may still hold the pipes.
        results.join(1.0)
        output.join(0.2)
        self.result, self.output, self.overdue = results.kept, output.kept, overdue
        self.exit_code = max(0, code)
        self.signal_name = None
        if code < 0:
            known = [s.name for s in signal.Signals if s == -code]
            self.signal_name = known[0] if known else "signal %d" % -code


class Preloader:
    """The interpreter that has the third-party modules loaded and forks."""

    def __init__(self):
        ours, theirs = socket.socketpair()
        self.socket, self.buffer, self.lock = ours, b"", threading.Lock()
        with STARTING:
            self.process = subprocess.Popen(
                [sys.executable, "-B", SCRIPT, "--preloader", str(theirs.fileno()), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            LIVE.add(self.process.pid)
        theirs.close()

    def receive(self, seconds):
        self.socket.settimeout(seconds)
        try:
            while b"\n" not in self.buffer:
                data = self.socket.recv(1 << 16)
                if not data:
                    raise PreloaderGone()
                self.buffer += data
        except OSError:
            raise PreloaderGone()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return json.loads(line)

    def send(self, told, descriptors=()):
        self.socket.settimeout(ANSWER_S)
        data = json.dumps(told).encode("ascii") + b"\n"
        beside = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        try:
            sent = self.socket.sendmsg([data], beside)
            self.socket.sendall(data[sent:])
        except OSError:
            raise PreloaderGone()

    def ask(self, told, descriptors=()):
        with self.lock:
            self.send(told, descriptors)
            return self.receive(ANSWER_S)

    def run(self, job, timeout_s):
        results_read, results_write = os.pipe()
        output_read, output_write = os.pipe()
        results, output = Reader(results_read, KEPT_RESULT), Reader(output_read, KEPT_OUTPUT)
        try:
            pid = self.ask({"job": job}, (results_write, output_write))["pid"]
        finally:
            os.close(results_write)
            os.close(output_write)
        LIVE.add(pid)
        results.join(timeout_s + GRACE_S)
        overdue = results.is_alive()
        status = self.ask({"end": pid})["status"]
        LIVE.discard(pid)
        return Ended(results, output, -os.WTERMSIG(status) if os.WIFSIGNALED(status) else status >> 8, overdue)

    def end(self):
        if self.process.poll() is None:
            kill_group(self.process.pid)
            self.process.wait()
        LIVE.discard(self.process.pid)
        self.socket.close()


def run_alone(job, world, timeout_s):
    """An interpreter of its own for one module."""
    return run_child(SCRIPT, {"job": job, "world": world}, timeout_s + GRACE_S)


def run_child(script, given, seconds, kept=KEPT_RESULT):
    """Starts a script as `--child`, hands it one line of JSON, and ends it after `seconds` at the latest."""
    with STARTING:
        process = subprocess.Popen(
            [sys.executable, "-B", script, "--child", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        LIVE.add(process.pid)
    results = Reader(os.dup(process.stdout.fileno()), kept)
    output = Reader(os.dup(process.stderr.fileno()), KEPT_OUTPUT)
    process.stdout.close()
    process.stderr.close()
    try:
        process.stdin.write(json.dumps(given).encode("ascii") + b"\n")
        process.stdin.close()
    except OSError:
        pass
    results.join(seconds)
    overdue = results.is_alive()
    kill_group(process.pid)
    code = process.wait()
    LIVE.discard(process.pid)
    return Ended(results, output, code, overdue)


def end_all():
    """Kills every process group that is there, for systems that cannot tell what runs below a process."""
    for leader in list(LIVE):
        kill_group(leader)
