"""One module, imported in a process of its own, which is spent afterwards."""
import faulthandler
import importlib
import json
import os
import sys
import sysconfig
import time
import traceback

from .exceptions import HERE, Own, chain_of, stack_here, stack_of
from .reduce import imports_of
from .symbols import look_up

_exit, _write, _getpid = os._exit, os.write, os.getpid


class Stopped(BaseException):
    """An import reached a module that is known never to finish. Not an Exception, since a real hang cannot be caught."""

    def __init__(self, module):
        super().__init__(module)
        self.module = module


class _StopBefore:
    """Import hook: does not start what is known never to finish."""

    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        if name in self.modules:
            raise Stopped(name)
        return None


def _forget_shadowed(top_level):
    """Drops modules that a preloaded package brought along under a name that the dashboard's own modules have."""
    standard = sysconfig.get_paths()["stdlib"] + os.sep
    for name in list(sys.modules):
        if name.partition(".")[0] not in top_level:
            continue
        file = getattr(sys.modules[name], "__file__", None) or standard
        if not file.startswith(standard) or "site-packages" in file:
            del sys.modules[name]


def _prepare(job, world):
    os.chdir(world["root"])
    folder = world["sourceRoot"]
    path = [entry for entry in sys.path if os.path.abspath(entry) != HERE]
    sys.path[:] = [folder] + path
    if not job["whole"]:
        beside = os.path.dirname(os.path.join(world["root"], job["path"]))
        if beside != folder and job["role"] == "script":
            sys.path.insert(0, beside)
    sys.argv[:] = [os.path.join(world["root"], job["path"])]
    _forget_shadowed(frozenset(world["topLevel"]))
    if job["stopBefore"]:
        sys.meta_path.insert(0, _StopBefore(frozenset(job["stopBefore"])))


def _run_imports(job, world):
    """Runs the import statements of a script. What goes wrong between them depends on what was left out: not told."""
    file = os.path.join(world["root"], job["path"])
    with open(file, "rb") as source:
        code, lines = imports_of(source.read(), file)
    package = job["module"].rpartition(".")[0] if job["role"] == "script" else ""
    namespace = {"__name__": "__moe_check__", "__file__": file, "__package__": package, "__builtins__": __builtins__}
    try:
        exec(code, namespace)
    except Exception as error:
        entries = traceback.walk_tb(error.__traceback__)
        if any(frame.f_code is code and line in lines for frame, line in entries):
            raise


def _attempt(job, world, own):
    """What became of the import, without the time it took."""
    try:
        if not job["whole"]:
            _run_imports(job, world)
            return {"status": "ok", "exceptions": [], "stack": [], "symbols": []}
        importlib.import_module(job["module"])
        module = sys.modules.get(job["module"])
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
        chain = chain_of(error, own)
        return {"status": "exited", "exitCode": code, "exceptions": chain, "stack": chain[0]["stack"], "symbols": []}
    except Stopped as error:
        stack = stack_of(traceback.walk_tb(error.__traceback__), own)
        return {"status": "stopped", "at": error.module, "exceptions": [], "stack": stack, "symbols": []}
    except BaseException as error:
        return {"status": "error", "exceptions": chain_of(error, own), "stack": [], "symbols": []}
    symbols = [dict(look_up(module, name), name=name) for name in job["symbols"]]
    return {"status": "ok", "exceptions": [], "stack": [], "symbols": symbols}


def run(job, world, results):
    """Does the job, writes one line of JSON to the descriptor `results`, and ends this process.

    Runs out of time or crashes: faulthandler has then written the stack to `results` instead.
    """
    own = Own(world["root"], world["own"])
    pid = _getpid()
    began = time.monotonic()

    def send(told):
        told["durationMs"] = round((time.monotonic() - began) * 1000)
        line = b"\n" + json.dumps(told).encode("ascii") + b"\n"
        while line:
            line = line[_write(results, line) :]

    def recorded_exit(code):
        if _getpid() == pid:
            send({"status": "exited", "exitCode": code, "exceptions": [], "stack": stack_here(own), "symbols": []})
        _exit(code)

    try:
        faulthandler.enable(file=results)
        faulthandler.dump_traceback_later(world["timeoutS"], exit=True, file=results)
        _prepare(job, world)
        os._exit = recorded_exit
        send(_attempt(job, world, own))
    finally:
        _exit(0)
