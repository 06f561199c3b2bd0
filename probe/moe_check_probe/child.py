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
from .attributes import provides
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


class State:
    """What an entry script changes for everything that is imported after it: sys.path, os.environ, the working folder.

    Told before each import, so that it is known how far things had got when one never finishes. As an import hook it
    finds nothing.
    """

    def __init__(self, results, usual):
        """`usual`: folders to search as well where it is not understood how the search was changed."""
        self.results, self.usual, self.told = results, usual, None
        self.before = dict(os.environ)

    def find_spec(self, name, path=None, target=None):
        self.tell()
        return None

    def tell(self, understood=True):
        now = dict(os.environ)
        changed = {name: value for name, value in now.items() if self.before.get(name) != value}
        gone = [name for name in self.before if name not in now]
        path = [entry for entry in sys.path if isinstance(entry, str)] + ([] if understood else self.usual)
        line = b"\nstate " + json.dumps([path, changed, gone, os.getcwd()]).encode("ascii") + b"\n"
        if line != self.told:
            self.told = line
            while line:
                line = line[_write(self.results, line) :]


def _restore(state):
    """Brings about what the entry script has changed."""
    path, changed, gone, folder = state
    sys.path[:] = path
    os.environ.update(changed)
    for name in gone:
        os.environ.pop(name, None)
    os.chdir(folder)


def _package_of(file):
    """The package that a file belongs to where sys.path leads to it; empty for a module of no package."""
    folder = os.path.dirname(file)
    for entry in sys.path:
        above = os.path.join(os.path.abspath(entry), "")
        inside = folder[len(above) :].split(os.sep)
        if folder.startswith(above) and all(part.isidentifier() for part in inside):
            return ".".join(inside)
    return ""


def _forget_shadowed(top_level):
    """Drops modules that a preloaded package brought along under a name that the dashboard's own modules have."""
    standard = sysconfig.get_paths()["stdlib"] + os.sep
    for name in list(sys.modules):
        if name.partition(".")[0] not in top_level:
            continue
        file = getattr(sys.modules[name], "__file__", None) or standard
        if not file.startswith(standard) or "site-packages" in file:
            del sys.modules[name]


def prepare(job, world):
    os.chdir(world["workingFolder"])
    folder = world["sourceRoot"]
    path = [entry for entry in sys.path if os.path.abspath(entry) != HERE]
    sys.path[:] = [folder] + world["searched"] + path
    if job["state"]:
        _restore(job["state"])
    if not job["whole"]:
        beside = os.path.dirname(os.path.join(world["root"], job["path"]))
        if beside != folder and job["role"] == "script":
            sys.path.insert(0, beside)
    sys.argv[:] = [os.path.join(world["root"], job["path"])]
    _forget_shadowed(frozenset(world["topLevel"]))
    if job["stopBefore"]:
        sys.meta_path.insert(0, _StopBefore(frozenset(job["stopBefore"])))


def run_imports(job, world, state):
    """Runs the import statements of a script. What goes wrong between them depends on what was left out: not told."""
    file = os.path.join(world["root"], job["path"])
    with open(file, "rb") as source:
        code, lines, understood = imports_of(source.read(), file)
    package = job["module"].rpartition(".")[0] if job["role"] == "script" else ""
    if job["role"] == "module":
        package = _package_of(file)
    namespace = {"__name__": "__moe_check__", "__file__": file, "__package__": package, "__builtins__": __builtins__}
    try:
        exec(code, namespace)
    except Exception as error:
        understood = False
        entries = traceback.walk_tb(error.__traceback__)
        if any(frame.f_code is code and line in lines for frame, line in entries):
            raise
    finally:
        if state:
            state.tell(understood)


def _attempt(job, world, own, state):
    """What became of the import, without the time it took."""
    try:
        if not job["whole"]:
            run_imports(job, world, state)
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
    attributes = [{"name": name, "status": provides(module, name)} for name in job["attributes"]]
    return {"status": "ok", "exceptions": [], "stack": [], "symbols": symbols, "attributes": attributes}


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
        prepare(job, world)
        os._exit = recorded_exit
        state = State(results, world["usual"]) if job["role"] == "entry" else None
        if state:
            sys.meta_path.insert(0, state)
        send(_attempt(job, world, own, state))
    finally:
        _exit(0)
