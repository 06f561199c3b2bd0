"""Looks names up in an imported module, the way `from module import name` does."""
import ast
import difflib
import importlib
import linecache


def nearest_names(name, holder):
    """At most five names that `holder` has and that resemble `name`, nearest first."""
    try:
        names = [n for n in dir(holder) if isinstance(n, str) and (name.startswith("_") or not n.startswith("__"))]
    except Exception:
        return []
    return difflib.get_close_matches(name, names, 5, 0.5)


def _set_later(module, name):
    """True when a function of the module says `global name`: it is there once that function has run."""
    file = getattr(module, "__file__", None)
    try:
        tree = ast.parse("".join(linecache.getlines(file))) if isinstance(file, str) else None
    except (SyntaxError, ValueError):
        tree = None
    return tree is not None and any(isinstance(n, ast.Global) and name in n.names for n in ast.walk(tree))


def _annotated(holder, name):
    """True for an attribute that every instance gets but the class does not have, such as a dataclass field."""
    bases = holder.__mro__ if isinstance(holder, type) else ()
    return any(name in vars(base).get("__annotations__", ()) or name in vars(base).get("__slots__", ()) for base in bases)


def look_up(module, dotted):
    """{"status": ok | missing | module-failed, "nearest": [...]} for `Class.attribute` in an imported module."""
    first, *rest = dotted.split(".")
    try:
        holder = getattr(module, first)
    except AttributeError:
        submodule = "%s.%s" % (module.__name__, first)
        try:
            holder = importlib.import_module(submodule)
        except ModuleNotFoundError as error:
            if error.name not in (submodule, module.__name__):
                return {"status": "module-failed", "nearest": []}
            if _set_later(module, first):
                return {"status": "ok", "nearest": []}
            return {"status": "missing", "nearest": nearest_names(first, module)}
        except Exception:
            return {"status": "module-failed", "nearest": []}
    except Exception:
        return {"status": "module-failed", "nearest": []}
    for name in rest:
        try:
            holder = getattr(holder, name)
        except AttributeError:
            if _annotated(holder, name):
                return {"status": "ok", "nearest": []}
            return {"status": "missing", "nearest": nearest_names(name, holder)}
        except Exception:
            return {"status": "module-failed", "nearest": []}
    return {"status": "ok", "nearest": []}
