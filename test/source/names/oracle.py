"""Python's own symtable of files: {"files": [...]} on stdin, a line of JSON a file on stdout, a text a scope."""

import json
import sys
import symtable
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)

# What Python adds of its own: the first iterable of a comprehension, and what a class knows about itself.
IMPLICIT = {"__class__", "__classdict__", "__conditional_annotations__", "__classdictcell__"}


COMPREHENSIONS = {"listcomp", "setcomp", "dictcomp", "genexpr"}


def told(table, found):
    kind = str(getattr(table.get_type(), "value", table.get_type()))
    # A walrus in a comprehension is told where it binds, around it.
    elsewhere = table.get_name() in COMPREHENSIONS
    symbols = [
        each for each in table.get_symbols()
        if each.get_name() not in IMPLICIT and not each.get_name().startswith(".")
        and not (elsewhere and (each.is_nonlocal() or each.is_declared_global()))
    ]

    def named(which):
        return sorted(each.get_name() for each in symbols if which(each))

    def read(which):
        return named(lambda each: each.is_referenced() and which(each) and not (each.is_declared_global() or each.is_nonlocal()))

    if kind == "module":
        # What any scope declares global is a name of the module, for Python and for us.
        bound = named(lambda each: each.is_assigned() or each.is_imported() or each.is_declared_global())
        outer = read(lambda each: each.is_global() and each.get_name() not in bound)
        found.append({"scope": "module", "line": 0, "bound": bound, "parameters": [], "globals": [], "nonlocals": [], "free": [], "outer": outer})
    elif kind != "annotation":
        found.append({
            "scope": "%s %s" % (kind, table.get_name()),
            "line": table.get_lineno(),
            "bound": named(lambda each: each.is_assigned() or each.is_imported() or each.is_parameter()),
            "parameters": named(lambda each: each.is_parameter()),
            "globals": named(lambda each: each.is_declared_global()),
            "nonlocals": named(lambda each: each.is_nonlocal()),
            "free": read(lambda each: each.is_free()),
            "outer": read(lambda each: each.is_global()),
        })
    for child in table.get_children():
        told(child, found)
    return found


for path in json.loads(sys.stdin.readline())["files"]:
    with open(path, "rb") as file:
        source = file.read()
    try:
        print(json.dumps(told(symtable.symtable(source, path, "exec"), [])))
    except (SyntaxError, ValueError):
        print("null")
