"""Where keys lie: files or variables, never both, and no byte of them in any sentence."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from portal.config import from_environment
from portal.vault import KeyFault, load_ring
from portal.vault.source import HOLDERS, Source, check_holder


def variables(folder: Path) -> dict[str, str]:
    """The keys of a folder as an environment holds them."""
    return {
        f"PORTAL_KEY_{path.name.replace('.', '_').upper()}": path.read_text()
        for path in folder.iterdir()
    }


@pytest.fixture
def own(keys: Path, tmp_path: Path) -> Path:
    """Keys that a test may damage."""
    return Path(shutil.copytree(keys, tmp_path / "keys"))


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_ring_of_variables_is_the_ring_of_files(holder: str, keys: Path, tmp_path: Path) -> None:
    files = load_ring(keys / holder, holder=holder)
    given = load_ring(tmp_path / "none", variables(keys / holder), holder=holder)
    assert given.peppers == files.peppers
    assert given.search_key == files.search_key
    assert given.session_secret == files.session_secret
    for mine, theirs in ((given.public, files.public), (given.log_public, files.log_public)):
        assert mine[1].public_bytes_raw() == theirs[1].public_bytes_raw()
    for version in files.private:
        assert given.private[version].private_bytes_raw() == (
            files.private[version].private_bytes_raw()
        )
    assert set(given.log_private) == set(files.log_private)


def test_files_and_variables_may_share_the_keys_between_them(own: Path) -> None:
    moved = own / "staff" / "search.secret"
    given = {"PORTAL_KEY_SEARCH_SECRET": moved.read_text()}
    moved.unlink()
    assert load_ring(own / "staff", given, holder="staff").search
    moved.write_text("x")
    moved.chmod(0o600)
    with pytest.raises(KeyFault, match=r"given twice, as PORTAL_KEY_SEARCH_SECRET and as the file"):
        load_ring(own / "staff", given)


@pytest.mark.parametrize("name", ["STAF_1_PUBLIC", "STAFF_PUBLIC", "STAFF_0_PUBLIC", "", "X_1"])
def test_a_variable_that_names_no_key_is_told(name: str, own: Path) -> None:
    with pytest.raises(KeyFault, match=f"PORTAL_KEY_{name} names no key"):
        load_ring(own / "public", {f"PORTAL_KEY_{name}": "eHg="})


@pytest.mark.parametrize("value", ["not base64!", "c2hvcnQ=", "é"])
def test_a_damaged_variable_is_told_and_not_shown(value: str, own: Path) -> None:
    (own / "public" / "code.1.pepper").unlink()
    with pytest.raises(KeyFault, match="PORTAL_KEY_CODE_1_PEPPER") as told:
        load_ring(own / "public", {"PORTAL_KEY_CODE_1_PEPPER": value})
    assert value not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize(
    ("holder", "name", "refused"),
    [
        ("public", "staff.1.private", True),
        ("public", "search.secret", True),
        ("public", "log.2.private", True),
        ("staff", "log.1.private", True),
        ("worker", "session.secret", True),
        ("staff", "staff.7.private", False),
    ],
)
def test_no_holder_has_what_is_another_holders(
    holder: str, name: str, refused: bool, own: Path
) -> None:
    variable = f"PORTAL_KEY_{name.replace('.', '_').upper()}"
    given = Source(own / holder, {variable: "eHg="})
    if not refused:
        check_holder(given, holder)
        return
    with pytest.raises(KeyFault, match=f"The {holder} process must not hold {variable}"):
        check_holder(given, holder)
    (own / holder / name).write_text("x")
    with pytest.raises(KeyFault, match=f"must not hold {own / holder / name}"):
        check_holder(Source(own / holder), holder)


def test_each_key_that_a_holder_lacks_is_told_by_its_place(own: Path, tmp_path: Path) -> None:
    for holder, names in HOLDERS.items():
        for name in names:
            (own / holder / name).rename(tmp_path / "aside")
            with pytest.raises(KeyFault, match=f"{own / holder / name} is missing"):
                check_holder(Source(own / holder), holder)
            (tmp_path / "aside").rename(own / holder / name)
    with pytest.raises(KeyFault, match="PORTAL_KEY_STAFF_1_PUBLIC is missing"):
        check_holder(Source(tmp_path / "none"), "public")


def test_keys_are_taken_out_of_the_environment_and_are_no_part_of_the_settings_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORTAL_KEY_SEARCH_SECRET", "s3cret")
    monkeypatch.setenv("PORTAL_KEY_CODE_1_PEPPER", "  ")
    settings = from_environment()
    assert settings.given_keys == {"PORTAL_KEY_SEARCH_SECRET": "s3cret"}
    assert "s3cret" not in repr(settings)
    assert not [name for name in os.environ if name.startswith("PORTAL_KEY_")]
    kept = {"PORTAL_KEY_SEARCH_SECRET": "s3cret"}
    assert from_environment(kept).given_keys == kept
