"""Asks a dashboard's own function which plots it offers, for one configuration after the other.

Reads one JSON line: {"world": {...}, "entry": path, "list": "module:name", "config": "module:Class" or null,
"combinations": [{...}, ...]}, written by src/collectors/plot-lists.ts. Prints {"answers": [...], "output": [...]}.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    sys.path.insert(0, HERE)
    if "--child" in sys.argv:
        from moe_check_probe import plot_types
        from moe_check_probe.processes import die_with_parent, read_line

        die_with_parent(int(sys.argv[2]))
        given = json.loads(read_line(0))
        results = os.dup(1)
        os.dup2(2, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        plot_types.answer(given, results)
    else:
        from moe_check_probe.isolation import end_all
        from moe_check_probe.plot_types import ask
        from moe_check_probe.processes import answer_or_die, read_line

        request = json.loads(read_line(0))
        answer_or_die(lambda: ask(request, os.path.abspath(__file__)), end_all)
