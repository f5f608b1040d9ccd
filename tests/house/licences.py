"""Which licences a library may have that the portal runs on; ``make lint`` asks for all of them.

The portal is passed on under Apache-2.0 together with its lock, so a library under the GPL or the
AGPL would bind whoever runs it. It reads what the installed packages declare, and what it cannot
tell it refuses. It never looks at the development tools, which do not travel with the portal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).parents[2] / "requirements.txt"
_LISTED = re.compile(r"^(?P<requirement>[A-Za-z0-9][^\\\n]*?)\s*\\$", re.MULTILINE)

_FREE = "it asks only to be named"
#: Every licence that is allowed, by its short name, and why.
ALLOWED = {
    "0BSD": _FREE,
    "Apache-2.0": "it is the portal's own",
    "BSD-2-Clause": _FREE,
    "BSD-3-Clause": _FREE,
    "ISC": _FREE,
    "LGPL-3.0-only": "psycopg: it binds changes to the library; we import it as it is, and whoever"
    " runs the portal may put another version in its place",
    "LGPL-3.0-or-later": "as LGPL-3.0-only",
    "MIT": _FREE,
    "MIT-0": "it asks nothing",
    "MIT-CMU": _FREE,
    "MPL-2.0": "it binds changes to the library's own files, and we change none",
    "PSF-2.0": _FREE,
    "Public Domain": "nobody owns it, and it asks nothing",
}
#: What packages without a short name write, and the one that it means.
_WRITTEN_OUT = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD, Public Domain": "BSD-2-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
#: What tells nothing beside a classifier.
_ONLY_HINTS = {"Dual License"}
_OR = re.compile(r"\s+OR\s+", re.IGNORECASE)
_AND = re.compile(r"\s+AND\s+", re.IGNORECASE)
#: Longer than any name of a licence: somebody has put the whole text there.
_WHOLE_TEXT = 80


def required(lock: str) -> list[Requirement]:
    """The run-time libraries that a lock wants on this machine."""
    listed = [Requirement(found["requirement"]) for found in _LISTED.finditer(lock)]
    return [one for one in listed if one.marker is None or one.marker.evaluate()]


def objection(name: str, package: PackageMetadata) -> str | None:
    """Why a library may not be used, as a sentence, or None.

    One allowed licence is enough of several to choose from; of several that hold together, each
    must be allowed. Classifiers do not say which of the two they mean, so all must be allowed.
    """
    choices = list(_choices(package))
    if not choices:
        return f"{name} does not say under which licence it is: look it up and decide."
    if any(all(each in ALLOWED for each in together) for together in choices):
        return None
    told = " or ".join(" and ".join(together) for together in choices)
    return f"{name} may not be used: nobody has allowed its licence, {told}."


def objections(lock: str) -> Iterator[str]:
    """Why libraries of a lock may not be used, one sentence for each of them."""
    for requirement in required(lock):
        try:
            found = objection(requirement.name, metadata(requirement.name))
        except PackageNotFoundError:
            found = f"{requirement.name} is not installed, so its licence cannot be told."
        if found is not None:
            yield found


def _choices(package: PackageMetadata) -> Iterator[list[str]]:
    """The licences to choose from, each as the list of those that hold together."""
    if "License-Expression" in package:
        for choice in _OR.split(package["License-Expression"]):
            yield [each.strip() for each in _AND.split(choice)]
        return
    classifiers = package.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]
    written = package["License"].strip() if "License" in package else ""
    if 0 < len(written) <= _WHOLE_TEXT and not (named and written in _ONLY_HINTS):
        named.append(written)
    if named:
        yield [_WRITTEN_OUT.get(each, each) for each in named]


def main() -> int:
    """Print every objection, and end as a check that failed when there is one."""
    found = list(objections(LOCK.read_text()))
    for sentence in found:
        print(sentence, file=sys.stderr)  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
