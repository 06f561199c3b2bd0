"""Tells whether the objects of a class have an attribute, from the class alone: no object is made."""
import inspect
import re

# It looks only among what was stored in the module, which the sources show.
_HARMLESS_GETATTR = ("torch.nn.modules.module",)


def _answers_for_any(base):
    own = vars(base)
    return ("__getattr__" in own or "__getattribute__" in own) and base.__module__ not in _HARMLESS_GETATTR


def _stores(base, name):
    """True when the text of the class assigns `self.name`."""
    try:
        source = inspect.getsource(base)
    except (OSError, TypeError, SyntaxError):
        return False
    return re.search(r"\b\w+\.%s\b\s*(?::[^=\n]+)?(?:,[^=\n]+)?[-+|&*/]?=(?!=)" % re.escape(name), source) is not None


def provides(module, dotted):
    """`provided`, `missing`, or `unknown` for `Class.attribute` in an imported module."""
    *path, name = dotted.split(".")
    holder = module
    try:
        for part in path:
            holder = getattr(holder, part)
        if not isinstance(holder, type):
            return "unknown"
        if hasattr(holder, name):
            return "provided"
        bases = [base for base in holder.__mro__ if base is not object]
        if any(_answers_for_any(base) for base in bases):
            return "unknown"
        for base in bases:
            annotations = vars(base).get("__annotations__")
            slots = vars(base).get("__slots__", ())
            if name in (annotations if isinstance(annotations, dict) else ()) or name in slots or _stores(base, name):
                return "provided"
    except Exception:
        return "unknown"
    return "missing"
