"""Rings: each holder has its own keys, and a fault is one sentence."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import pytest

from portal.vault import KeyFault, Ring, load_ring
from portal.vault.minting import complete, mint
from portal.vault.source import HOLDERS


@pytest.fixture
def own(keys: Path, tmp_path: Path) -> Path:
    """Keys that a test may damage."""
    return Path(shutil.copytree(keys, tmp_path / "keys"))


def test_the_public_holder_has_nothing_that_opens(ring_public: Ring, ring_staff: Ring) -> None:
    assert not ring_public.private
    assert ring_staff.private
    assert ring_public.version == ring_staff.version == 1
    assert ring_public.pepper == ring_staff.pepper
    with pytest.raises(KeyFault, match="not a staff process"):
        _ = ring_public.search
    assert len(ring_staff.search) == 32


def test_public_and_staff_do_not_share_a_session_secret(
    ring_public: Ring, ring_staff: Ring, ring_worker: Ring
) -> None:
    assert ring_public.session_secret
    assert ring_public.session_secret != ring_staff.session_secret
    assert ring_worker.session_secret is None


def test_keys_are_readable_by_their_owner_alone(keys: Path) -> None:
    for holder, names in HOLDERS.items():
        assert (keys / holder).stat().st_mode & 0o777 == 0o700
        assert {path.name for path in (keys / holder).iterdir()} == set(names)
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in (keys / holder).iterdir())


def test_existing_keys_are_never_overwritten(own: Path) -> None:
    before = {path: path.read_bytes() for path in own.rglob("*.*")}
    with pytest.raises(KeyFault, match="never overwritten"):
        mint(own)
    assert {path: path.read_bytes() for path in own.rglob("*.*")} == before


def test_a_ring_does_not_show_its_keys(keys: Path, ring_staff: Ring) -> None:
    for path in (keys / "staff").iterdir():
        secret = path.read_text().strip()
        assert secret not in repr(ring_staff)
        assert base64.b64decode(secret).hex() not in repr(ring_staff)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="There are no keys in"):
        load_ring(tmp_path / "nowhere")
    with pytest.raises(KeyFault, match="Keys are missing"):
        load_ring(tmp_path)


@pytest.mark.parametrize("damage", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_a_damaged_key_is_one_sentence(own: Path, damage: str) -> None:
    (own / "public" / "code.1.pepper").write_text(damage)
    with pytest.raises(KeyFault, match="restore it from its safe copy"):
        load_ring(own / "public")


def test_a_missing_key_is_one_sentence(own: Path) -> None:
    (own / "public" / "staff.1.public").unlink()
    with pytest.raises(KeyFault, match="Keys are missing"):
        load_ring(own / "public")


def test_what_is_no_key_is_left_alone(own: Path) -> None:
    (own / "public" / "a.note.txt").write_text("not a key")
    assert load_ring(own / "public").version == 1


def test_keys_that_cannot_be_written_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KeyFault, match="cannot be written"):
        mint(tmp_path / "file")


def test_the_worker_alone_can_sign_the_log(
    ring_public: Ring, ring_staff: Ring, ring_worker: Ring
) -> None:
    assert not ring_public.log_private
    assert not ring_staff.log_private
    public = ring_worker.log_private[1].public_key().public_bytes_raw()
    for ring in (ring_public, ring_staff, ring_worker):
        assert ring.log_public[1].public_bytes_raw() == public


def test_keys_older_than_the_log_get_those_that_sign_it(own: Path) -> None:
    for path in own.rglob("log.*"):
        path.unlink()
    before = {path: path.read_bytes() for path in own.rglob("*.*")}
    for holder in HOLDERS:
        with pytest.raises(KeyFault, match=r"log\.1\.public is missing .* 'flask keys init'"):
            load_ring(own / holder)
    assert complete(own)
    assert load_ring(own / "worker").log_private
    assert {path: path.read_bytes() for path in before} == before
    assert not complete(own)


def test_a_lost_key_of_the_log_is_never_replaced_by_another(own: Path, tmp_path: Path) -> None:
    for holder in ("public", "staff"):
        (own / holder / "log.1.public").unlink()
    assert not complete(own)
    assert not complete(tmp_path / "nowhere")
    with pytest.raises(KeyFault, match="restore it from its safe copy"):
        load_ring(own / "public")
