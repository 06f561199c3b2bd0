"""Compiles Python files in memory with the interpreter that runs this; nothing is written.

Reads one JSON line: {"root": folder, "paths": [relative path, ...]}. The work is done by worker processes, because the
parser of some Pythons can be crashed by what it reads: the file that killed a worker is reported, the rest goes to a new one.
"""
import codecs
import io
import json
import os
import platform
import subprocess
import sys
import threading
import tokenize
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from moe_check_probe.processes import STARTING, answer_or_die, read_line

FILES_PER_WORKER = 200


def failure(status, kind, message, **more):
    error = {"type": kind, "message": message}
    error.update((key, value) for key, value in more.items() if value)
    return {"status": status, "error": error, "warnings": []}


def find_as_shown(root, path):
    """A path whose bytes are not UTF-8 arrives with U+FFFD in their place: the entry that looks like it, or None."""
    here = os.fsencode(root)
    for part in path.split("/"):
        names = os.listdir(here)
        here = next((os.path.join(here, n) for n in names if n.decode("utf-8", "replace") == part), None)
        if here is None:
            return None
    return here


def read(root, path):
    where = os.path.join(root, path)
    if not os.path.lexists(where) and "\ufffd" in path:
        where = find_as_shown(root, path) or where
    if os.path.exists(where) and not os.path.isfile(where):
        raise OSError(None, "not a regular file")
    with open(where, "rb") as file:
        return file.read()


def encoding_problem(data):
    """What keeps these bytes from being Python text, or None."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return failure("encoding-error", "UnicodeDecodeError", "saved as UTF-16; Python reads source as UTF-8")
    if b"\0" in data:
        return failure("encoding-error", "ValueError", "binary file: it contains null bytes, so it is no Python source")
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.splitlines()[line - 1] if data.splitlines() else b""
        column = error.start - data.rfind(b"\n", 0, error.start)
        return failure(
            "encoding-error",
            "UnicodeDecodeError",
            "byte 0x%02x is not %s" % (data[error.start], error.encoding),
            line=line,
            column=column,
            text=text.decode("utf-8", "replace"),
        )
    except (SyntaxError, LookupError) as error:
        first = data.splitlines()[:1]
        return failure(
            "encoding-error",
            type(error).__name__,
            getattr(error, "msg", None) or str(error),
            line=1,
            text=first[0].decode("utf-8", "replace") if first else "",
        )
    return None


def compile_file(root, path):
    try:
        data = read(root, path)
    except OSError as error:
        return failure("unreadable", type(error).__name__, error.strerror or str(error))
    problem = encoding_problem(data)
    if problem:
        return problem
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(data, os.path.join(root, path), "exec", dont_inherit=True)
        except SyntaxError as error:
            return failure(
                "syntax-error",
                type(error).__name__,
                error.msg,
                line=error.lineno,
                column=error.offset if error.offset and error.offset > 0 else None,
                text=(error.text or "").rstrip("\r\n"),
            )
        except (RecursionError, MemoryError) as error:
            return failure("syntax-error", type(error).__name__, "too deeply nested for the compiler")
        except (ValueError, OverflowError) as error:
            return failure("syntax-error", type(error).__name__, str(error))
    noted = [
        {"message": str(w.message), "line": w.lineno}
        for w in caught
        if issubclass(w.category, (SyntaxWarning, DeprecationWarning))
    ]
    return {"status": "ok", "warnings": noted}


def work():
    """A worker: one JSON line of request, then one line of result a file, in order."""
    request = json.loads(sys.stdin.readline())
    for path in request["paths"]:
        sys.stdout.write(json.dumps(compile_file(request["root"], path)) + "\n")
        sys.stdout.flush()


def compile_share(root, paths):
    """Results for these paths in order, with as many workers one after the other as it takes."""
    results = []
    while len(results) < len(paths):
        with STARTING:
            worker = subprocess.Popen(
                [sys.executable, "-B", os.path.join(HERE, "compile_files.py"), "--worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        try:
            worker.stdin.write(json.dumps({"root": root, "paths": paths[len(results) :]}).encode("ascii") + b"\n")
            worker.stdin.close()
        except OSError:
            pass
        for line in worker.stdout:
            if line.endswith(b"\n"):
                results.append(json.loads(line))
        worker.stdout.close()
        code = worker.wait()
        if len(results) < len(paths):
            message = "the interpreter itself ended (%s) while compiling this file" % code
            results.append(failure("syntax-error", "Crash", message))
    return results


def answer(request):
    root, paths = request["root"], request["paths"]
    count = max(1, min(os.cpu_count() or 1, -(-len(paths) // FILES_PER_WORKER)))
    shares = [None] * count

    def fill(index):
        shares[index] = compile_share(root, paths[index::count])

    threads = [threading.Thread(target=fill, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results = [None] * len(paths)
    for index, share in enumerate(shares):
        results[index::count] = share
    return {
        "python": platform.python_version(),
        "files": [dict(result, path=path) for path, result in zip(paths, results)],
    }


if __name__ == "__main__":
    if "--worker" in sys.argv:
        work()
    else:
        asked = json.loads(read_line(0))
        answer_or_die(lambda: answer(asked))
