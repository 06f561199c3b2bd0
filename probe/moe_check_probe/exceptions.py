"""Exceptions and stacks as plain data."""
import linecache
import os
import re
import sys
import traceback

from .symbols import nearest_names

_MISSING_NAME = re.compile("cannot import name '(.+?)' from ")
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KEPT_FRAMES = 40
KEPT_CHARACTERS = 2000


class Own:
    """Tells the dashboard's own files from all others."""

    def __init__(self, root, paths):
        self.roots = sorted({os.path.abspath(root), os.path.realpath(root)})
        self.paths = frozenset(paths)

    def relative(self, file):
        """Path relative to the root, with forward slashes, for one of the dashboard's own files; else None."""
        for root in self.roots:
            if file.startswith(root + os.sep):
                path = file[len(root) + 1 :].replace(os.sep, "/")
                if path in self.paths:
                    return path
        return None


def _frame(file, line, function, own):
    absolute = os.path.abspath(file) if not file.startswith("<") else file
    relative = own.relative(absolute)
    frame = {"file": relative or absolute, "line": line or 1, "function": function, "own": relative is not None}
    text = linecache.getline(absolute, line or 1).strip()
    if text:
        frame["text"] = text[:200]
    return frame


def _is_machinery(file):
    """Frames that say nothing about the dashboard: the import system's and the probe's."""
    return (
        file.startswith("<frozen importlib")
        or file.startswith(HERE + os.sep)
        or file == sys.modules["importlib"].__file__
    )


def _shorten(frames):
    if len(frames) <= KEPT_FRAMES:
        return frames
    return frames[:10] + frames[10 - KEPT_FRAMES :]


def stack_of(entries, own):
    """Frames, innermost last, from (frame, line) pairs such as traceback.walk_tb gives."""
    frames = []
    for frame, line in entries:
        code = frame.f_code
        if not _is_machinery(code.co_filename):
            frames.append((code.co_filename, line, code.co_name))
    return [_frame(file, line, function, own) for file, line, function in _shorten(frames)]


def stack_here(own):
    """The stack of the caller's caller, innermost last."""
    return stack_of(reversed(list(traceback.walk_stack(sys._getframe(2)))), own)


_DUMPED_THREAD = re.compile(r"^(?:Current thread|Thread) .*:$")
_DUMPED_FRAME = re.compile(r'^  File "(.*)", line (\d+) in (.*)$')
_DUMPED_ESCAPE = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")


def stack_from_dump(text, own):
    """The stack of the thread that imports, from what faulthandler wrote.

    A crash names the current thread. A time-out lists all of them, the youngest first, so the main thread comes last.
    """
    threads = []
    for line in text.splitlines():
        if _DUMPED_THREAD.match(line):
            threads.append((line.startswith("Current"), []))
            continue
        match = _DUMPED_FRAME.match(line)
        if match and threads:
            file = _DUMPED_ESCAPE.sub(lambda m: chr(int(m.group(1) or m.group(2) or m.group(3), 16)), match.group(1))
            if not _is_machinery(file):
                threads[-1][1].append((file, int(match.group(2)), match.group(3)))
    chosen = next((frames for current, frames in threads if current), threads[-1][1] if threads else [])
    return [_frame(file, line, function, own) for file, line, function in _shorten(chosen[::-1])]


def _text(error):
    try:
        return str(error)[:KEPT_CHARACTERS]
    except Exception as problem:
        return "(its message cannot be read: %s)" % type(problem).__name__


def _describe(error, own):
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__qualname__)
    told = {"type": name, "message": _text(error), "stack": stack_of(traceback.walk_tb(error.__traceback__), own)}
    if isinstance(error, ImportError):
        if isinstance(error.name, str):
            told["name"] = error.name
        if isinstance(error.path, str):
            told["path"] = own.relative(os.path.abspath(error.path)) or error.path
        missing = _MISSING_NAME.match(str(error))
        if missing and error.name in sys.modules:
            told["nearest"] = nearest_names(missing.group(1), sys.modules[error.name])
    if isinstance(error, SyntaxError):
        told["message"] = str(error.msg)[:KEPT_CHARACTERS]
        if isinstance(error.filename, str):
            told["path"] = own.relative(os.path.abspath(error.filename)) or error.filename
        if isinstance(error.lineno, int):
            told["line"] = error.lineno
        if isinstance(error.text, str):
            told["text"] = error.text.rstrip("\r\n")[:200]
    return told


def chain_of(error, own):
    """The exception and those it was raised from or while handling, the last one raised first."""
    chain, seen = [], set()
    while error is not None and id(error) not in seen and len(chain) < 10:
        seen.add(id(error))
        chain.append(_describe(error, own))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain
