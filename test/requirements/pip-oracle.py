"""What pip itself reads from a requirements file: print each requirement, its file line and whether it is a constraint."""
import json
import os
import sys

from pip._internal.network.session import PipSession
from pip._internal.req.req_file import parse_requirements

found = []
os.chdir(os.path.dirname(sys.argv[1]))
for each in parse_requirements(os.path.basename(sys.argv[1]), session=PipSession()):
    # `-r requirements.txt (line 3)`
    source, _, line = each.comes_from[3:-1].rpartition(" (line ")
    found.append({"text": each.requirement, "file": source, "line": int(line), "constraint": each.constraint})
json.dump(found, sys.stdout)
