"""Runs one command in a session of its own and leaves nothing of it behind.

stdin: one JSON line {"command": [...], "cwd": "...", "env": {...}, "graceS": 5}, then nothing: its end, however it
comes about, is the order to stop. So everything is ended even when whoever started us is killed with SIGKILL.
stdout: JSON lines {"event": "not-started" | "started" | "line" | "exited" | "ended", ...}.
"""

import ctypes
import json
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LONGEST_LINE = 4000
# Whoever sends SIGTERM may send SIGKILL soon after, and what we then still watch would be left to itself.
HURRIED_GRACE_S = 1.0

printing = threading.Lock()


def say(event, **facts):
    """Prints one JSON line; a reader that is gone is no reason to stop cleaning up."""
    with printing:
        try:
            sys.stdout.write(json.dumps(dict(facts, event=event)) + "\n")
            sys.stdout.flush()
        except (OSError, ValueError):
            pass


def prctl_of_this_system():
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None


def forward_lines(stream):
    while True:
        raw = stream.readline(LONGEST_LINE)
        if not raw:
            return
        say("line", text=raw.decode("utf-8", "replace").rstrip("\r\n"))


def watch_stdin(events):
    while os.read(0, 4096):
        pass
    events.put("stop")


def living_descendants():
    """Processes below this one, by /proc, zombies left out. A subreaper inherits what its children abandon."""
    parents = {}
    try:
        entries = os.listdir("/proc")
    except OSError:
        return []
    for entry in entries:
        if not entry.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % entry, "rb") as stat:
                state, parent = stat.read().rpartition(b")")[2].split()[:2]
        except (OSError, ValueError):
            continue
        if state not in (b"Z", b"X"):
            parents[int(entry)] = int(parent)
    below, added = {os.getpid()}, True
    while added:
        added = {pid for pid, parent in parents.items() if parent in below} - below
        below |= added
    return sorted(below - {os.getpid()})


def end_group(group, number):
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        pass


def end_descendants(deadline):
    """Kills until none is left: a process may start another while we look."""
    while time.monotonic() < deadline:
        living = living_descendants()
        if not living:
            return
        for pid in living:
            try:
                os.kill(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        time.sleep(0.01)


def ending(returncode):
    if returncode >= 0:
        return {"code": returncode}
    try:
        return {"signal": signal.Signals(-returncode).name}
    except ValueError:
        return {"signal": "signal %d" % -returncode}


def main():
    events = queue.SimpleQueue()
    hurry = []

    def on_signal(_number, _frame):
        hurry.append(True)
        events.put("stop")

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, on_signal)

    # Byte by byte, so that nothing beyond the line is taken from the thread that watches for the end.
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return
        line += byte
    request = json.loads(line.decode("utf-8"))

    prctl = prctl_of_this_system()
    if prctl:
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def in_child():
        # A crash must not leave a core file in the target.
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        if prctl:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

    try:
        child = subprocess.Popen(
            request["command"],
            cwd=request["cwd"],
            env=dict(os.environ, **request["env"]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=in_child,
        )
    except OSError as error:
        say("not-started", message=str(error))
        return
    say("started", pid=child.pid)

    def wait_for_child():
        child.wait()
        events.put("exited")

    reader = threading.Thread(target=forward_lines, args=(child.stdout,), daemon=True)
    reader.start()
    threading.Thread(target=wait_for_child, daemon=True).start()
    threading.Thread(target=watch_stdin, args=(events,), daemon=True).start()

    forced = False
    asked = events.get() == "stop"
    if asked:
        end_group(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + (HURRIED_GRACE_S if hurry else request["graceS"])
        while child.returncode is None and not forced:
            try:
                event = events.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                forced = True
                break
            if event == "stop" and hurry:
                deadline = min(deadline, time.monotonic() + HURRIED_GRACE_S)
    else:
        # Its last words first: a reader sees them before it learns of the end.
        reader.join(0.5)
        say("exited", **ending(child.returncode))
    end_group(child.pid, signal.SIGKILL)
    end_descendants(time.monotonic() + 2.0)
    child.wait()
    reader.join(0.5)
    say("ended", asked=asked, forced=forced, **ending(child.returncode))
    sys.stdout.flush()
    # Daemon threads may hold the lock of stdout or stdin; an orderly exit would wait for them.
    os._exit(0)


main()
