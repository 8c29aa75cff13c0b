import os
from decimal import Decimal
from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.settings import AREAS, Settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for area in AREAS.values():
        for field in area.model_fields.values():
            monkeypatch.delenv(str(field.validation_alias), raising=False)


def test_without_any_setting_talkie_renders_by_itself() -> None:
    settings = Settings()
    assert settings.engine.name == "local"
    assert settings.credits.credit_micro == 10_000
    assert (settings.credits.welcome, settings.credits.daily) == (60, 20)
    assert settings.discord.token is None


def test_a_key_makes_deapi_the_engine_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DEAPI_API_KEY", "1|secret")
    assert Settings().engine.name == "deapi"
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    assert Settings().engine.name == "local"


def test_deapi_without_a_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "deapi")
    with pytest.raises(SetupError, match="needs DEAPI_API_KEY"):
        Settings()


def test_the_file_named_env_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("TALKIE_WELCOME_CREDITS=7\nTALKIE_DAILY_CREDITS=8\n", encoding="utf-8")
    monkeypatch.setenv("TALKIE_DAILY_CREDITS", "9")
    assert (Settings().credits.welcome, Settings().credits.daily) == (7, 9)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TALKIE_DEAPI_BASE_URL", "https://api.deapi.ai/api/v2"),
        ("TALKIE_DEAPI_BASE_URL", "http://10.0.0.1"),
        ("TALKIE_DEAPI_BASE_URL", "https://user:pw@api.deapi.ai"),
        ("TALKIE_DISCORD_API_BASE", "https://discord.com/api/v10"),
        ("TALKIE_DISCORD_GATEWAY_URL", "wss://gateway.discord.gg"),
        ("TALKIE_DATABASE_URL", "postgresql://localhost/talkie"),
        ("TALKIE_ENGINE", "magic"),
        ("TALKIE_CREDIT_MICRODOLLARS", "0"),
        ("TALKIE_DAILY_SPEND_USD", "-1"),
        ("TALKIE_JOBS_AT_ONCE", "many"),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SetupError, match=name):
        Settings()


def test_the_two_discord_addresses_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_DISCORD_API_BASE", "http://127.0.0.1:9/api/v10")
    with pytest.raises(SetupError, match="set both"):
        Settings()
    monkeypatch.setenv("TALKIE_DISCORD_GATEWAY_URL", "ws://127.0.0.1:9/gw/")
    assert Settings().discord.api_base == "http://127.0.0.1:9/api/v10"


def test_secrets_do_not_show_in_errors_or_representations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DEAPI_API_KEY", "1|very-secret")
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    settings = Settings()
    assert "very-secret" not in repr(settings.engine) + repr(settings.discord)
    assert settings.engine.key is not None


def test_money_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_DAILY_SPEND_USD", "2.50")
    assert Settings().credits.daily_spend_usd == Decimal("2.50")


def test_the_demonstration_touches_neither_key_nor_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DEAPI_API_KEY", "1|secret")
    settings = Settings()
    demo = settings.for_demo(tmp_path / "demo")
    assert (demo.engine.name, demo.engine.key) == ("local", None)
    assert demo.data.folder == tmp_path / "demo"
    assert settings.engine.name == "deapi"


@pytest.mark.parametrize("written", ["environment", "file"])
def test_a_misspelt_limit_is_not_passed_over(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if written == "file":
        Path(".env").write_text("TALKIE_DAILY_SPENT_USD=5\n", encoding="utf-8")
    else:
        monkeypatch.setenv("TALKIE_DAILY_SPENT_USD", "5")
    with pytest.raises(SetupError, match="TALKIE_DAILY_SPENT_USD is no setting: TALKIE_DAILY_SP"):
        Settings()


@pytest.mark.parametrize("line", ["TALKIE_DAILY_SPEND_USD: 5", "TALKIE_RECIPE false", "=5"])
def test_a_line_that_sets_nothing_is_named_and_not_shown(
    line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path(".env").write_text(f"# mine\n \t\n{line}\nTALKIE_ENGINE=local\n", encoding="utf-8")
    with pytest.raises(SetupError) as refused:
        Settings()
    (problem,) = refused.value.problems
    assert problem.startswith(".env: line 3 is not NAME=value")
    assert line not in problem
    assert capfd.readouterr() == ("", "")


def test_names_that_are_like_no_setting_are_somebody_elses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TALKIE_RENEW", "1")
    monkeypatch.setenv("DISCORD_WEBHOOK", "x")
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    # Beside the key itself, a key that is much like it is another service's.
    monkeypatch.setenv("DEAPI_API_KEY", "x")
    monkeypatch.setenv("DEEPAI_API_KEY", "x")
    assert Settings().discord.token is None


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "DEAPI_API_KEY"])
@pytest.mark.parametrize("value", ["Bearer abc", "k\N{LATIN SMALL LETTER E WITH ACUTE}y", "a\tb"])
def test_a_secret_that_is_no_single_word_is_refused_and_not_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SetupError, match=f"{name}: is not one word") as caught:
        Settings()
    assert value not in str(caught.value)


def test_blanks_around_a_secret_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEAPI_API_KEY", " 1|secret\r")
    key = Settings().engine.key
    assert key is not None
    assert key.get_secret_value() == "1|secret"


def test_a_settings_file_in_another_encoding_is_named() -> None:
    Path(".env").write_bytes("DISCORD_TOKEN=a.b.c\n".encode("utf-16"))
    with pytest.raises(SetupError, match=r"\.env is not UTF-8"):
        Settings()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_settings_file_of_another_user_is_named() -> None:
    Path(".env").write_text("DISCORD_TOKEN=a.b.c\n", encoding="utf-8")
    Path(".env").chmod(0)
    with pytest.raises(SetupError, match=r"\.env cannot be read"):
        Settings()
