"""What `packaging`, the library pip itself uses, says: read cases as one line of JSON from stdin, print its answers as JSON."""
import json
import sys

from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version


def within(version, specifier):
    try:
        Version(version)
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return None


def marker(text, environment, extras):
    try:
        parsed = Marker(text)
        return any(parsed.evaluate({**environment, "extra": extra}) for extra in ["", *extras])
    except (InvalidMarker, UndefinedComparison, UndefinedEnvironmentName):
        return None


def requirement(text):
    try:
        found = Requirement(text)
    except InvalidRequirement:
        return None
    return {
        "name": canonicalize_name(found.name),
        "extras": sorted(canonicalize_name(extra) for extra in found.extras),
        "url": found.url,
        "hasMarker": found.marker is not None,
    }


cases = json.loads(sys.stdin.readline())
json.dump(
    {
        "within": [within(*case) for case in cases.get("within", [])],
        "markers": [marker(*case) for case in cases.get("markers", [])],
        "requirements": [requirement(text) for text in cases.get("requirements", [])],
    },
    sys.stdout,
)
