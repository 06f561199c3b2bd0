"""Calls the function that says which plots there are: one interpreter for all combinations.

An interpreter that hangs, crashes or exits over one combination is replaced for those after it, a few times.
"""
import enum
import faulthandler
import importlib
import inspect
import json
import os
import sys
import time
import typing

from .child import prepare, run_imports
from .exceptions import Own, chain_of, stack_from_dump
from .isolation import GRACE_S, run_child

_exit, _write = os._exit, os.write
# Interpreters that are started at most, and what is kept of their answers.
INTERPRETERS = 3
KEPT_ANSWERS = 4 << 20
KEPT_LINES = 20


def ask(request, script):
    """{"answers": [one a combination], "output": [the first lines that were printed]}"""
    waiting = list(range(len(request["combinations"])))
    answers = [{"status": "not-asked"} for _ in waiting]
    output = []
    for _ in range(INTERPRETERS):
        if not waiting:
            break
        # Importing is one task, and so is each combination; none of them may take longer.
        seconds = request["world"]["timeoutS"] * (len(waiting) + 1) + GRACE_S
        ended = run_child(script, dict(request, waiting=waiting), seconds, KEPT_ANSWERS)
        output += ended.output.decode("utf-8", "replace").splitlines()
        told = _told(ended)
        for index, answer in told:
            answers[index] = answer
        if not told:
            # It did not get as far as the first one: the same would happen again.
            for index in waiting:
                answers[index] = _end_of(ended, request)
            break
        waiting = waiting[waiting.index(told[-1][0]) + 1 :]
        if waiting:
            answers[waiting[0]] = _end_of(ended, request)
            waiting = waiting[1:]
    return {"answers": answers, "output": [line[:500] for line in output[:KEPT_LINES]]}


def _told(ended):
    """The (index, answer) pairs that a child got to write, in order."""
    lines = ended.result.decode("utf-8", "surrogateescape").split("\n")
    return [(told["index"], told["answer"]) for told in map(_parsed, lines) if told]


def _parsed(line):
    try:
        return json.loads(line) if line.startswith("{") else None
    except ValueError:  # Cut off by the end of the child.
        return None


def _end_of(ended, request):
    """What became of the combination that a child did not survive."""
    text = ended.result.decode("utf-8", "surrogateescape")
    stack = stack_from_dump(text, Own(request["world"]["root"], request["world"]["own"]))
    if "Timeout (" in text or ended.overdue:
        return {"status": "timeout", "stack": stack}
    if ended.signal_name:
        return {"status": "ended", "how": "was ended by %s" % ended.signal_name, "stack": stack}
    return {"status": "ended", "how": "exited with code %d" % ended.exit_code, "stack": stack}


def answer(given, results):
    """Writes a line of JSON for each combination to the descriptor `results`, and ends this process."""
    world = given["world"]
    own = Own(world["root"], world["own"])

    def send(index, told):
        line = b"\n" + json.dumps({"index": index, "answer": told}).encode("ascii") + b"\n"
        while line:
            line = line[_write(results, line) :]

    def limit():
        faulthandler.dump_traceback_later(world["timeoutS"], exit=True, file=results)

    try:
        faulthandler.enable(file=results)
        limit()
        try:
            function, config = _look_up(given, world)
        except BaseException as error:
            for index in given["waiting"]:
                send(index, {"status": "not-found", "exceptions": chain_of(error, own)})
            return
        for index in given["waiting"]:
            limit()
            began = time.monotonic()
            told = _answer_of(function, config, given["combinations"][index], own)
            told["durationMs"] = round((time.monotonic() - began) * 1000)
            send(index, told)
    finally:
        _exit(0)


def _look_up(given, world):
    entry = {"path": given["entry"] or "", "module": "", "role": "entry", "whole": False, "state": None, "stopBefore": []}
    prepare(entry, world)
    module = given["list"].partition(":")[0]
    try:
        importlib.import_module(module)
    except ModuleNotFoundError:
        # The entry script may lead sys.path to it.
        try:
            run_imports(entry, world, None)
        except BaseException:
            sys.path.extend(world["usual"])
    return _named(given["list"]), _named(given["config"]) if given["config"] else None


def _named(name):
    """What `module:Class.attribute` stands for."""
    module, _, attributes = name.partition(":")
    found = importlib.import_module(module)
    for attribute in attributes.split("."):
        holder, found = found, getattr(found, attribute)
        if inspect.isfunction(found) and inspect.isclass(holder):
            found = _bound(holder, attribute, found)
    return found


def _bound(holder, name, function):
    """A method is asked of an object that is made without arguments."""
    described = inspect.getattr_static(holder, name)
    return function if isinstance(described, staticmethod) else getattr(holder(), name)


def _answer_of(function, config, overrides, own):
    try:
        given = overrides if config is None else _build(config, overrides)
    except BaseException as error:
        return {"status": "rejected", "exceptions": chain_of(error, own)}
    try:
        listed = _call(function, config, given)
        plots = [_text(item) for item in listed]
    except BaseException as error:
        return {"status": "raised", "exceptions": chain_of(error, own)}
    if isinstance(listed, (str, bytes)) or any(plot is None for plot in plots):
        return {"status": "no-list", "what": type(listed).__name__}
    return {"status": "ok", "plots": plots}


def _call(function, config, given):
    """With the config if the function takes one, with the factors it has parameters for otherwise."""
    parameters = inspect.signature(function).parameters.values()
    takes = [each for each in parameters if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    if config is not None:
        return function(given) if takes else function()
    named = {each.name for each in parameters if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)}
    if set(given) <= named or any(each.kind == each.VAR_KEYWORD for each in parameters):
        return function(**given)
    return function(dict(given)) if takes else function()


def _text(item):
    if isinstance(item, enum.Enum):
        return item.value if isinstance(item.value, str) else "%s.%s" % (type(item).__name__, item.name)
    return str(item) if isinstance(item, str) else None


def _build(config, overrides):
    """An object of the config class; `ghost.num_ghost_experts` goes into the object that is the default of `ghost`."""
    direct = {name: value for name, value in overrides.items() if "." not in name}
    nested = {}
    for name, value in overrides.items():
        if "." in name:
            first, _, rest = name.partition(".")
            nested.setdefault(first, {})[rest] = value
    hints = _hints(config)
    arguments = {name: _as_enum(hints.get(name), value) for name, value in direct.items()}
    for name, inner in nested.items():
        hint = hints.get(name)
        arguments[name] = _build(hint if inspect.isclass(hint) else type(getattr(config(), name)), inner)
    return config(**arguments)


def _hints(config):
    try:
        return typing.get_type_hints(config)
    except Exception:
        return {}


def _as_enum(hint, value):
    """The member of an enum that a text stands for: by its value, or by its name."""
    if not (inspect.isclass(hint) and issubclass(hint, enum.Enum)):
        return value
    try:
        return hint(value)
    except ValueError:
        return hint[value] if value in hint.__members__ else value
