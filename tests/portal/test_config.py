"""The settings of the mail server: whole or none, and never in clear to another machine."""

from __future__ import annotations

import pytest

from portal.config import BadSetting, Encryption, Mail, from_environment

WHOLE = {
    "PORTAL_SMTP_HOST": "thu.example.vn",
    "PORTAL_MAIL_FROM": "cong@example.vn",
    "PORTAL_ADDRESS": "https://y-kien.example.vn/",
}


def test_without_a_host_there_is_no_mail() -> None:
    assert from_environment({"PORTAL_MAIL_FROM": "?", "PORTAL_SMTP_TLS": "?"}).mail is None


def test_the_mail_server_is_read_and_its_password_is_not_shown() -> None:
    signed = {"PORTAL_SMTP_USER": "cong", "PORTAL_SMTP_PASSWORD": "giếng làng"}
    mail = from_environment(WHOLE | signed).mail
    assert mail == Mail(
        host="thu.example.vn",
        sender="cong@example.vn",
        address="https://y-kien.example.vn",
        user="cong",
        password="giếng làng",
    )
    assert "giếng" not in repr(mail)


@pytest.mark.parametrize(
    ("given", "port", "encryption"),
    [
        ({}, 587, Encryption.STARTTLS),
        ({"PORTAL_SMTP_TLS": "TLS"}, 465, Encryption.TLS),
        ({"PORTAL_SMTP_TLS": "none", "PORTAL_SMTP_HOST": "localhost"}, 587, Encryption.NONE),
        ({"PORTAL_SMTP_PORT": "2525"}, 2525, Encryption.STARTTLS),
    ],
)
def test_port_and_encryption_go_together(
    given: dict[str, str], port: int, encryption: Encryption
) -> None:
    mail = from_environment(WHOLE | given).mail
    assert mail is not None
    assert (mail.port, mail.encryption) == (port, encryption)


def test_papers_tell_the_address_without_a_mail_server() -> None:
    assert from_environment({}).address == ""
    assert from_environment({"PORTAL_ADDRESS": " https://y-kien.example.vn/ "}).address == (
        "https://y-kien.example.vn"
    )
    with pytest.raises(BadSetting, match="PORTAL_ADDRESS must be"):
        from_environment({"PORTAL_ADDRESS": "y-kien.example.vn"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("SMTP_TLS", each) for each in ("none", "yes")),
        *(("MAIL_FROM", each) for each in ("", "Cổng <cong@example.vn>", "a@b.vn\nBcc: c@d.vn")),
        *(("ADDRESS", each) for each in ("", "y-kien.example.vn", "https://", "https://a b")),
        ("SMTP_PORT", "smtp"),
    ],
)
def test_a_setting_of_mail_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"PORTAL_{name} "):
        from_environment(WHOLE | {f"PORTAL_{name}": value})
