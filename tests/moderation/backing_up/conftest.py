"""The small ward with letters, files and a recovery key, and commands that work on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import Result
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from moderation.backing_up import keying
from moderation.backing_up.making import Source
from moderation.commands import app
from portal.files.storing import FileStore
from tests.moderation.ward import Ward

PASSPHRASE = "trăng khuyết đò ngang giếng làng"


@dataclass
class Office:
    """A machine with the ward on it, whose backups go elsewhere."""

    ward: Ward
    home: Path
    backups: Path
    key: Path
    public: Path
    setting: Callable[[str, str], None]
    typed: str = PASSPHRASE + "\n"
    made: list[Path] = field(default_factory=list)

    def run(self, *words: str) -> Result:
        """Run a command; whoever is asked for the passphrase types it."""
        return app.test_cli_runner().invoke(args=words, input=self.typed)

    def back_up(self) -> Path:
        """Make a backup by the command; where it lies."""
        said = self.run("backup", "make", str(self.backups), "--recovery", str(self.public))
        assert said.exit_code == 0, said.output
        (new,) = set(self.backups.glob("*.backup")) - set(self.made)
        self.made.append(new)
        return new

    def restore(self, backup: Path, *more: str) -> Result:
        """Put a backup back by the command."""
        return self.run("restore", str(backup), "--key", str(self.key), *more)

    @property
    def store(self) -> FileStore:
        """Where the files lie."""
        return FileStore(str(self.home / "files"))

    @property
    def source(self) -> Source:
        """What a backup is made of."""
        return Source(self.ward.database, self.store, self.home / "purged", self.ward.worker_ring)

    @property
    def private(self) -> X25519PrivateKey:
        """The private half of the recovery key."""
        return keying.unlock(self.key.read_text(), PASSPHRASE)


@pytest.fixture(scope="session")
def recovery_key() -> tuple[bytes, str]:
    """A recovery key whose passphrase takes no work."""
    return keying.make(PASSPHRASE, rounds=1, memory=64)


@pytest.fixture
def office(
    ward: Ward,
    tmp_path: Path,
    recovery_key: tuple[bytes, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """The machine, its settings in the environment."""
    home = Path(ward.database.engine.url.database or "").parent
    key, public = tmp_path / "safe" / "recovery.key", tmp_path / "recovery.public"
    keying.write_new(key, recovery_key[1])
    keying.write_new(public, keying.public_text(recovery_key[0]))
    made = Office(ward, home, tmp_path / "far" / "backups", key, public, monkeypatch.setenv)
    for name, value in {
        "DATABASE_URL": f"sqlite:///{home / 'portal.db'}",
        "KEYS": str(home / "keys" / "worker"),
        "FILES": str(home / "files"),
        "PURGED": str(home / "purged"),
    }.items():
        monkeypatch.setenv(f"PORTAL_{name}", value)
    return made
