"""Imports the modules of a dashboard, each in a process of its own, and looks names up in them.

Reads one JSON line: {"world": {...}, "jobs": [...]}, written by src/python/import-request.ts.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    sys.path.insert(0, HERE)
    if "--preloader" in sys.argv:
        from moe_check_probe.preloader import serve

        serve(int(sys.argv[2]), int(sys.argv[3]))
    elif "--child" in sys.argv:
        from moe_check_probe import child
        from moe_check_probe.processes import die_with_parent, read_line

        die_with_parent(int(sys.argv[2]))
        given = json.loads(read_line(0))
        results = os.dup(1)
        os.dup2(2, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        child.run(given["job"], given["world"], results)
    else:
        from moe_check_probe.processes import answer_or_die, read_line
        from moe_check_probe.supervisor import Supervisor

        supervisor = Supervisor(json.loads(read_line(0)))
        answer_or_die(supervisor.answer, supervisor.end)
