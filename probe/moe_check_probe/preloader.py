"""Imports the third-party modules once, then forks a child for each module of the dashboard.

Talks with the supervisor over one socket: a line of JSON each way, the descriptors of a child beside its order. It never
has the dashboard's own folder on sys.path, so that nothing of the dashboard runs here.
"""
import array
import gc
import importlib
import json
import os
import socket
import sys
import time
import warnings

from . import child
from .exceptions import HERE
from .processes import die_with_parent, kill_group

# Taken before anything is preloaded: some packages replace them.
_fork, _waitpid, _dup2, _close, _exit = os.fork, os.waitpid, os.dup2, os.close, os._exit
_setsid, _getpid = os.setsid, os.getpid


class _Line:
    """The supervisor's end of the talk."""

    def __init__(self, descriptor):
        self.socket = socket.socket(fileno=descriptor)
        self.size = array.array("i").itemsize

    def receive(self):
        """One order and the descriptors that came with it; None when the supervisor is gone."""
        line, descriptors = b"", array.array("i")
        while not line.endswith(b"\n"):
            data, beside, _, _ = self.socket.recvmsg(1 << 16, socket.CMSG_SPACE(2 * self.size))
            if not data:
                return None
            line += data
            for _, _, packed in beside:
                descriptors.frombytes(packed[: len(packed) - len(packed) % self.size])
        return json.loads(line), list(descriptors)

    def send(self, told):
        self.socket.sendall(json.dumps(told).encode("ascii") + b"\n")


def _preload(module, names):
    """Imports a module and what is asked of it; returns None, or how it failed: absent or broken."""
    try:
        loaded = importlib.import_module(module)
    except ModuleNotFoundError as error:
        absent = error.name is not None and (module + ".").startswith(error.name + ".")
        return "absent" if absent else "broken"
    except BaseException:
        return "broken"
    for name in names:
        try:
            # A lazy package (transformers) imports what lies behind the name only now.
            if not hasattr(loaded, name):
                importlib.import_module("%s.%s" % (module, name))
        except BaseException:
            continue
    return None


def _start(order, world, line, descriptors):
    """Forks the child and returns its process id."""
    results, output = descriptors
    parent = _getpid()
    with warnings.catch_warnings():
        # Newer Pythons warn about forking where a preloaded package has started threads.
        warnings.simplefilter("ignore")
        pid = _fork()
    if pid:
        _close(results)
        _close(output)
        return pid
    try:
        _setsid()
        die_with_parent(parent)
        line.socket.close()
        _dup2(output, 1)
        _dup2(output, 2)
        _close(output)
        child.run(order["job"], world, results)
    finally:
        _exit(70)


def _end_of(pid):
    """The wait status of a child; 0 where a preloaded package has the kernel forget its children."""
    try:
        return _waitpid(pid, 0)[1]
    except ChildProcessError:
        return 0


def serve(descriptor, parent):
    """The preloader's life: `descriptor` is its socket, `parent` the process id of the supervisor."""
    die_with_parent(parent)
    line = _Line(descriptor)
    world = line.receive()[0]
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != HERE]
    os.chdir(world["workingFolder"])
    for wanted in world["preload"]:
        began = time.monotonic()
        line.send({"begins": wanted["module"]})
        problem = _preload(wanted["module"], wanted["names"])
        line.send({"done": wanted["module"], "durationMs": round((time.monotonic() - began) * 1000), "problem": problem})
    line.send({"ready": True})
    # What is loaded now stays: children do not walk it again, which would copy its pages.
    gc.collect()
    gc.freeze()
    while True:
        received = line.receive()
        if received is None:
            _exit(0)
        order, descriptors = received
        if "job" in order:
            line.send({"pid": _start(order, world, line, descriptors)})
        else:
            kill_group(order["end"])
            line.send({"status": _end_of(order["end"])})
