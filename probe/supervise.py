"""Runs one command in a session of its own and leaves nothing of it behind.

stdin: one JSON line {"command": [...], "cwd": "...", "env": {...}, "graceS": 5}, then nothing: its end, however it
comes about, is the order to stop. So everything is ended even when whoever started us is killed with SIGKILL.
stdout: JSON lines {"event": "not-started" | "started" | "line" | "exited" | "ended", ...}.
"""

import json
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
import time

# Started with -I, so that nothing of the target stands in for a module of ours; hence our own folder is not there either.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from moe_check_probe.processes import (  # noqa: E402
    adopt_orphans,
    die_with_parent,
    kill_descendants,
    kill_group,
    read_line,
    signal_group,
)

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

    line = read_line(0)
    if not line:
        return
    request = json.loads(line)
    adopt_orphans()
    supervisor = os.getpid()

    def in_child():
        # A crash must not leave a core file in the target.
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        die_with_parent(supervisor)

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
        signal_group(child.pid, signal.SIGTERM)
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
    kill_group(child.pid)
    kill_descendants()
    child.wait()
    reader.join(0.5)
    say("ended", asked=asked, forced=forced, **ending(child.returncode))
    sys.stdout.flush()
    # Daemon threads may hold the lock of stdout or stdin; an orderly exit would wait for them.
    os._exit(0)


main()
