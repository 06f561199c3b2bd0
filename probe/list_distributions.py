"""Lists the distributions that an interpreter sees, with what importlib.metadata knows of them.

Reads no request beyond the one line every probe gets. Prints {"environment": {...}, "installed": [...]}.
"""
import json
import os
import platform
import re
import sys

try:
    from importlib import metadata
except ImportError:  # Before 3.8: the interpreter is too old, which its description says.
    metadata = None

SUFFIX = re.compile(r"(\.py|\.so|\.pyd|\.pyi)$")


def marker_environment():
    """The variables of PEP 508."""
    version = platform.python_version()
    info = sys.implementation.version
    implementation = "%d.%d.%d" % info[:3]
    if info.releaselevel != "final":
        implementation += info.releaselevel[0] + str(info.serial)
    return {
        "implementation_name": sys.implementation.name,
        "implementation_version": implementation,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": version,
        "python_version": ".".join(version.split(".")[:2]),
        "sys_platform": sys.platform,
    }


def read(distribution, name):
    try:
        return distribution.read_text(name) or ""
    except Exception:
        return ""


def modules(distribution):
    """What can be imported from it: packages, and their children where they only hold a namespace together."""
    paths = [line.split(",")[0].strip('"') for line in read(distribution, "RECORD").splitlines()]
    if not paths:
        return sorted(set(read(distribution, "top_level.txt").split()))
    files = set(paths)
    found = set()
    for path in paths:
        parts = path.split("/")
        if not SUFFIX.search(path) or not all(part.split(".")[0].isidentifier() for part in parts):
            continue
        if any("." in part for part in parts[:-1]):
            continue
        depth = 1
        while depth < len(parts) and "/".join(parts[:depth]) + "/__init__.py" not in files and depth < 3:
            depth += 1
        names = [part.split(".")[0] for part in parts[:depth]]
        if names[-1] == "__init__":
            names.pop()
        found.add(".".join(names))
    return sorted(found)


def describe(distribution):
    path = str(getattr(distribution, "_path", ""))
    if os.path.basename(path).startswith("~"):  # What an interrupted pip left of the version before.
        return None
    name, version = distribution.metadata["Name"], distribution.metadata["Version"]
    if not isinstance(name, str) or not isinstance(version, str):
        return None
    try:
        address = json.loads(read(distribution, "direct_url.json") or "{}")
    except ValueError:
        address = {}
    information = address.get("dir_info", {}) if isinstance(address, dict) else {}
    folder = os.path.basename(os.path.dirname(path))
    developed = folder not in ("", "site-packages", "dist-packages")
    return {
        "name": re.sub(r"[-_.]+", "-", name).lower(),
        "version": version,
        "requires": list(distribution.requires or []),
        "modules": modules(distribution),
        "editable": bool(information.get("editable")) or developed,
    }


def installed():
    found = []
    for distribution in metadata.distributions():
        try:
            described = describe(distribution)
        except Exception:  # A damaged dist-info: what it is remains unknown.
            continue
        if described is not None:
            found.append(described)
    return found


if __name__ == "__main__":
    sys.stdin.readline()
    json.dump({"environment": marker_environment(), "installed": installed() if metadata else []}, sys.stdout)
