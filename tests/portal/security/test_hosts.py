"""The site answers only under its own names, whoever names another and by whatever header."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.config import BadSetting, Settings, from_environment
from tests.pages import CheckingClient, page_of
from wsgi import create_public_app


def _browser(settings: Settings, *hosts: str, proxies: int = 0) -> CheckingClient:
    """A browser in front of the public site under these names."""
    own = replace(settings, trusted_hosts=hosts, trusted_proxies=proxies)
    app = create_public_app(own)
    app.test_client_class = CheckingClient
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


@pytest.mark.parametrize(
    "name", ["evil.example", "y-kien.example.vn.evil.example", "evil.y-kien.example.vn", "a b", ""]
)
def test_a_strange_name_is_answered_by_one_page_that_repeats_nothing(
    public_settings: Settings, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = _browser(public_settings, "y-kien.example.vn")
    for address in ("/", "/gui-y-kien", "/khong-co", "/healthz"):
        answer = client.get(address, headers={"Host": name})
        assert answer.status_code == 400
        assert page_of(answer).h1 == "Địa chỉ này không phải của Cổng"
        assert "evil" not in answer.text
        assert "Set-Cookie" not in answer.headers
    assert caplog.text.count("PORTAL_TRUSTED_HOSTS") == 1
    assert "evil" not in caplog.text


@pytest.mark.parametrize(
    "name", ["y-kien.example.vn", "Y-Kien.Example.vn", "y-kien.example.vn:8443", "10.0.0.7:8000"]
)
def test_own_names_are_answered_at_every_port(public_settings: Settings, name: str) -> None:
    client = _browser(public_settings, "y-kien.example.vn", "10.0.0.7")
    assert client.get("/", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize(("proxies", "status"), [(0, 200), (1, 400)])
def test_a_name_that_is_forwarded_counts_only_behind_a_proxy_and_is_checked_there_too(
    public_settings: Settings, proxies: int, status: int
) -> None:
    client = _browser(public_settings, "localhost", proxies=proxies)
    answer = client.get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == status


def test_the_names_are_read_from_the_environment() -> None:
    assert from_environment({}).trusted_hosts == ("localhost", "127.0.0.1")
    read = from_environment({"PORTAL_TRUSTED_HOSTS": "Y-Kien.example.vn, 10.0.0.7 ,"})
    assert read.trusted_hosts == ("y-kien.example.vn", "10.0.0.7")


@pytest.mark.parametrize("wrong", ["https://example.vn", "example.vn:443", ".example.vn", "*"])
def test_what_is_no_name_is_one_sentence(wrong: str) -> None:
    with pytest.raises(BadSetting, match="TRUSTED_HOSTS must be names"):
        from_environment({"PORTAL_TRUSTED_HOSTS": wrong})
