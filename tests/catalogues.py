"""The compiled catalogues, for tests that read pages in English."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_TRANSLATIONS = Path(__file__).resolve().parents[1] / "portal" / "translations"


def bring_up_to_date() -> None:
    """Compile what has changed, as ``make translations`` does; two processes may do so at once."""
    for source in _TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        with NamedTemporaryFile(dir=source.parent, suffix=".mo", delete=False) as made:
            write_mo(made, catalog)
        Path(made.name).chmod(0o644)
        Path(made.name).replace(compiled)
