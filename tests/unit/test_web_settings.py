from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.settings import Settings


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("WEB_HOST", "WEB_PORT", "PUBLIC_URL", "DEAPI_CLIENT_ID", "DEAPI_SOCKET_URL"):
        monkeypatch.delenv(f"TALKIE_{name}", raising=False)


def test_without_a_public_url_and_a_port_there_is_no_web_server() -> None:
    web = Settings().web
    assert (web.host, web.listens_on, web.webhook_origin) == ("127.0.0.1", None, None)


@pytest.mark.parametrize(
    ("variables", "port", "origin"),
    [
        ({"PUBLIC_URL": "https://talkie.example/"}, 8080, "https://talkie.example"),
        ({"PUBLIC_URL": "HTTPS://talkie.example"}, 8080, "HTTPS://talkie.example"),
        ({"PUBLIC_URL": "http://127.0.0.1:9"}, 8080, None),
        ({"WEB_PORT": "9000"}, 9000, None),
        ({"WEB_PORT": "0", "PUBLIC_URL": "https://a:8443"}, 0, "https://a:8443"),
    ],
)
def test_a_port_or_a_public_url_starts_it(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], port: int, origin: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"TALKIE_{name}", value)
    web = Settings().web
    assert (web.listens_on, web.webhook_origin) == (port, origin)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "http://talkie.example"),
        ("PUBLIC_URL", "https://talkie.example/below"),
        ("PUBLIC_URL", "https://talkie.example?x=1"),
        ("PUBLIC_URL", "https://me@talkie.example"),
        ("PUBLIC_URL", "https://talkie.example:99999"),
        ("PUBLIC_URL", "https://talkie.example:0"),
        ("PUBLIC_URL", "https://[::1"),
        ("PUBLIC_URL", "talkie.example"),
        ("WEB_PORT", "65536"),
        ("WEB_PORT", "http"),
        ("DEAPI_CLIENT_ID", "0"),
        ("DEAPI_CLIENT_ID", "1|key"),
        ("DEAPI_SOCKET_URL", "ws://soketi.deapi.ai/app/x"),
        ("DEAPI_SOCKET_URL", "https://soketi.deapi.ai/app/x"),
        ("DEAPI_SOCKET_URL", "wss://me@soketi.deapi.ai/app/x"),
    ],
)
def test_what_cannot_work_is_named_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"TALKIE_{name}", value)
    with pytest.raises(SetupError, match=f"^TALKIE_{name}: "):
        Settings()


def test_the_socket_of_deapi_is_known_and_may_stand_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert Settings().engine.client_id is None
    assert Settings().engine.socket_url == "wss://soketi.deapi.ai/app/depin-api-prod-key"
    monkeypatch.setenv("TALKIE_DEAPI_SOCKET_URL", "ws://127.0.0.1:8401/app/depin-api-prod-key")
    monkeypatch.setenv("TALKIE_DEAPI_CLIENT_ID", "42")
    assert Settings().engine.client_id == 42
