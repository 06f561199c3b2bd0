"""Says which interpreter this is and what is installed in it.

Reads one JSON line: {"distributions": [name, ...]}. Runs on every Python, so that one that is too old can say so itself.
"""
import json
import platform
import sys


def installed(names):
    """The versions of those distributions that are there."""
    try:
        from importlib.metadata import PackageNotFoundError, version
    except ImportError:
        return {}
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
        except Exception:  # A damaged dist-info: what it is remains unknown.
            continue
        if not isinstance(found[name], str):
            del found[name]
    return found


if __name__ == "__main__":
    request = json.loads(sys.stdin.readline())
    json.dump(
        {
            "executable": sys.executable or "",
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "platform": platform.platform(),
            "distributions": installed(request["distributions"]),
        },
        sys.stdout,
    )
