"""Says of each API whether the installed release has it: reads one line of JSON, a list of patterns, prints one list."""
import importlib
import inspect
import json
import logging
import re
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def lookup(name):
    """The object of a dotted name, importing as far as it goes. Raises AttributeError or ImportError."""
    parts = name.split(".")
    found = importlib.import_module(parts[0])
    for index, part in enumerate(parts[1:], 2):
        try:
            # An object may make up names it does not have, and fail when they are called.
            if not inspect.ismodule(found) and part not in dir(found):
                raise AttributeError(part)
            found = getattr(found, part)
        except AttributeError:
            found = importlib.import_module(".".join(parts[:index]))
    return found


def takes(function, keyword):
    parameters = inspect.signature(function).parameters
    return keyword in parameters


def has(pattern):
    """True, False, or None where only a run could tell."""
    match = re.match(r"^([\w.*]+)(?:\((?:(\w+)=)?\))?$", pattern)
    if match is None or pattern.startswith("."):
        return None
    name, keyword = match.groups()
    parent, _, last = name.rpartition(".")
    try:
        if "*" in name:
            holder = lookup(parent)
            wanted = re.compile("^" + last.replace("*", r"\w*") + "$")
            found = [getattr(holder, each) for each in dir(holder) if wanted.match(each) and not each.startswith("_")]
            return any(takes(each, keyword) for each in found if callable(each)) if keyword else bool(found)
        found = lookup(name)
    except (AttributeError, ImportError):
        return False
    except ValueError:
        return None
    return takes(found, keyword) if keyword else True


json.dump([has(pattern) for pattern in json.loads(sys.stdin.readline())], sys.stdout)
