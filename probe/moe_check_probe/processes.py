"""Ending what we started, whatever happens to whoever started us."""
import json
import os
import signal
import sys
import threading
import time
import traceback

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36

# Hold it while starting a process. Whoever ends this process takes it for good, so that none is started meanwhile.
STARTING = threading.Lock()

_libc = None
if sys.platform.startswith("linux"):
    try:
        import ctypes

        _libc = ctypes.CDLL(None)
    except (ImportError, OSError):  # A Python built without ctypes: process groups have to do.
        _libc = None


def _prctl(option, value):
    if _libc is not None and hasattr(_libc, "prctl"):
        _libc.prctl(option, value, 0, 0, 0)


def die_with_parent(parent):
    """Has the kernel kill this process when `parent`, a process id, dies (Linux; elsewhere nothing happens)."""
    _prctl(_PR_SET_PDEATHSIG, 9)
    if hasattr(os, "getppid") and os.getppid() != parent:
        os._exit(1)


def adopt_orphans():
    """Makes this process the parent of every orphan below it, so that none can get away (Linux)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def kill_group(leader):
    """SIGKILL to the process group of `leader`; without process groups, to the process alone."""
    signal_group(leader, getattr(signal, "SIGKILL", signal.SIGTERM))


def signal_group(leader, number):
    """Sends a signal to the process group of `leader`; without process groups, to the process alone."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(leader, number)
        else:
            os.kill(leader, number)
    except OSError:
        pass


def _descendants():
    """Living processes below this one, by /proc; empty where there is none."""
    children = {}
    try:
        names = os.listdir("/proc")
    except OSError:
        return []
    for name in names:
        if not name.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % name, "rb") as stat:
                state, parent = stat.read().rpartition(b")")[2].split()[:2]
        except (OSError, ValueError):
            continue
        if state != b"Z":
            children.setdefault(int(parent), []).append(int(name))
    found, queue = [], [os.getpid()]
    while queue:
        below = children.get(queue.pop(), [])
        found.extend(below)
        queue.extend(below)
    return found


def kill_descendants():
    """Kills everything below this process, also what left its process group, and waits until it is gone."""
    # /proc is read one process after the other: an orphan read before its parent died, and the parent after, seems to
    # belong to nobody. Hence nothing twice in a row.
    nothing = 0
    for _ in range(200):
        alive = _descendants()
        nothing = 0 if alive else nothing + 1
        if nothing == 2:
            return
        for pid in alive:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                continue
        time.sleep(0.005)


def answer_or_die(work, end=lambda: None):
    """Runs `work`, which returns the answer, in a thread while this one watches stdin.

    The end of stdin means that whoever asked is dead; a signal means that they lost interest. Either way everything
    below this process is killed (`end` helps where there is no /proc) and nothing is answered. Never returns.
    """
    answers = os.dup(1)
    os.dup2(2, 1)
    leaving = []

    def leave(*_):
        if leaving:
            return
        leaving.append(True)
        STARTING.acquire()
        end()
        kill_descendants()
        os._exit(1)

    def run():
        code = 0
        try:
            document = json.dumps(work()).encode("ascii")
            end()
            kill_descendants()
            while document:
                document = document[os.write(answers, document) :]
        except BaseException:
            traceback.print_exc()
            end()
            kill_descendants()
            code = 1
        os._exit(code)

    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)
    adopt_orphans()
    threading.Thread(target=run, daemon=True).start()
    while os.read(0, 4096):
        pass
    leave()


def read_line(descriptor):
    """One line from a descriptor, without reading beyond what was sent with it."""
    line = b""
    while not line.endswith(b"\n"):
        more = os.read(descriptor, 1 << 20)
        if not more:
            break
        line += more
    return line
