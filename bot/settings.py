"""Settings: read once at start from the environment, checked as a whole, frozen afterwards."""

import copy
import os
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from bot import values
from bot.errors import SetupError

_GIVE_IT = "give the file to the user that runs Talkie (chown), with chmod 600"
_ENV = ".env"
_PLACES = SettingsConfigDict(
    env_file=_ENV,
    env_file_encoding="utf-8",
    env_ignore_empty=True,
    frozen=True,
    extra="ignore",
    hide_input_in_errors=True,
)
_USUAL_WEB_PORT = 8080
_ALIKE = 0.85
"""How much a name has to look like a setting's, as difflib measures, to be taken for a slip."""


class DiscordSettings(BaseSettings):
    """How the bot reaches Discord."""

    model_config = _PLACES
    token: Annotated[SecretStr, AfterValidator(values.secret)] | None = Field(
        None, validation_alias="DISCORD_TOKEN"
    )
    api_base: Annotated[str, AfterValidator(values.loopback_http)] | None = Field(
        None, validation_alias="TALKIE_DISCORD_API_BASE"
    )
    gateway_url: Annotated[str, AfterValidator(values.loopback_socket)] | None = Field(
        None, validation_alias="TALKIE_DISCORD_GATEWAY_URL"
    )

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.api_base is None) != (self.gateway_url is None):
            raise ValueError(
                "TALKIE_DISCORD_API_BASE and TALKIE_DISCORD_GATEWAY_URL go together: set both"
            )
        return self


class EngineSettings(BaseSettings):
    """What renders the videos."""

    model_config = _PLACES
    choice: Literal["deapi", "local"] | None = Field(None, validation_alias="TALKIE_ENGINE")
    key: Annotated[SecretStr, AfterValidator(values.secret)] | None = Field(
        None, validation_alias="DEAPI_API_KEY"
    )
    base_url: Annotated[str, AfterValidator(values.origin)] = Field(
        "https://api.deapi.ai", validation_alias="TALKIE_DEAPI_BASE_URL"
    )
    model: str = Field("Ltx2_3_22B_Dist_INT8", validation_alias="TALKIE_DEAPI_MODEL", min_length=1)
    in_doubt: Literal["release", "resubmit"] = Field("release", validation_alias="TALKIE_IN_DOUBT")
    doubt_minutes: float = Field(10.0, validation_alias="TALKIE_DOUBT_MINUTES", gt=0, le=1_440)
    client_id: int | None = Field(None, validation_alias="TALKIE_DEAPI_CLIENT_ID", ge=1)
    """Where set, progress is heard over deAPI's socket; its dashboard shows the number."""
    socket_url: Annotated[str, AfterValidator(values.socket)] = Field(
        "wss://soketi.deapi.ai/app/depin-api-prod-key", validation_alias="TALKIE_DEAPI_SOCKET_URL"
    )
    poll_s: float | None = Field(None, validation_alias="TALKIE_POLL_SECONDS", ge=0.05, le=300)
    """A fixed pace of looks; without it the worker looks when a clip is likely to be done."""
    local_processes: int = Field(1, validation_alias="TALKIE_LOCAL_PROCESSES", ge=1, le=64)

    @property
    def name(self) -> Literal["deapi", "local"]:
        """The engine new jobs go to."""
        if self.choice is not None:
            return self.choice
        return "deapi" if self.key is not None else "local"

    @model_validator(mode="after")
    def _key_for_deapi(self) -> Self:
        if self.choice == "deapi" and self.key is None:
            raise ValueError("TALKIE_ENGINE=deapi needs DEAPI_API_KEY; or use TALKIE_ENGINE=local")
        return self


class CreditSettings(BaseSettings):
    """What videos cost members, and what the host is ready to spend."""

    model_config = _PLACES
    credit_micro: int = Field(10_000, validation_alias="TALKIE_CREDIT_MICRODOLLARS", ge=1)
    welcome: int = Field(60, validation_alias="TALKIE_WELCOME_CREDITS", ge=0)
    daily: int = Field(20, validation_alias="TALKIE_DAILY_CREDITS", ge=0)
    ask_above: int = Field(10, validation_alias="TALKIE_ASK_ABOVE_CREDITS", ge=0)
    daily_spend_usd: Decimal | None = Field(None, validation_alias="TALKIE_DAILY_SPEND_USD", ge=0)


class LimitSettings(BaseSettings):
    """How much may happen at once."""

    model_config = _PLACES
    jobs_at_once: int = Field(4, validation_alias="TALKIE_JOBS_AT_ONCE", ge=1, le=200)
    member_jobs_at_once: int = Field(1, validation_alias="TALKIE_MEMBER_JOBS_AT_ONCE", ge=1)
    member_queue: int = Field(5, validation_alias="TALKIE_MEMBER_QUEUE", ge=1)
    member_queue_s: int = Field(120, validation_alias="TALKIE_MEMBER_QUEUE_SECONDS", ge=11)
    server_jobs: int = Field(50, validation_alias="TALKIE_SERVER_JOBS", ge=1)
    cooldown_s: int = Field(0, validation_alias="TALKIE_COOLDOWN_SECONDS", ge=0, le=86_400)
    media_processes: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        validation_alias="TALKIE_MEDIA_PROCESSES",
        ge=1,
        le=64,
    )


class WebSettings(BaseSettings):
    """Where Talkie's own web server listens, and how the world reaches it."""

    model_config = _PLACES
    host: str = Field("127.0.0.1", validation_alias="TALKIE_WEB_HOST", min_length=1)
    port: int | None = Field(None, validation_alias="TALKIE_WEB_PORT", ge=0, le=65_535)
    """Unset: 8080 if there is a public URL, else no web server. 0 takes a free one."""
    public_url: Annotated[str, AfterValidator(values.origin)] | None = Field(
        None, validation_alias="TALKIE_PUBLIC_URL"
    )
    """The https origin of the proxy in front of it; plain http on this machine only."""

    @property
    def listens_on(self) -> int | None:
        """The port of the web server; None where there is none."""
        if self.port is not None:
            return self.port
        return None if self.public_url is None else _USUAL_WEB_PORT

    @property
    def webhook_origin(self) -> str | None:
        """Where deAPI can send webhooks to, which it does over https alone; None: it cannot."""
        url = self.public_url
        return url if url is not None and urlsplit(url).scheme == "https" else None


class MediaSettings(BaseSettings):
    """What is done to sounds and clips."""

    model_config = _PLACES
    roughen: bool = Field(default=False, validation_alias="TALKIE_ROUGHEN")
    recipe: bool = Field(default=True, validation_alias="TALKIE_RECIPE")


class DataSettings(BaseSettings):
    """Where Talkie keeps what it must not lose."""

    model_config = _PLACES
    folder: Path = Field(Path("data"), validation_alias="TALKIE_DATA_DIR")
    database_url: Annotated[str, AfterValidator(values.sqlite)] | None = Field(
        None, validation_alias="TALKIE_DATABASE_URL"
    )

    @property
    def database(self) -> Path | None:
        """The SQLite file, where it is not in the data directory."""
        if self.database_url is None:
            return None
        return Path(self.database_url.removeprefix("sqlite:///"))


class LogSettings(BaseSettings):
    """What is logged, and how."""

    model_config = _PLACES
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", validation_alias="TALKIE_LOG_LEVEL"
    )
    style: Literal["text", "json"] = Field("text", validation_alias="TALKIE_LOG_STYLE")


AREAS: Mapping[str, type[BaseSettings]] = {
    "discord": DiscordSettings,
    "engine": EngineSettings,
    "credits": CreditSettings,
    "limits": LimitSettings,
    "media": MediaSettings,
    "web": WebSettings,
    "data": DataSettings,
    "log": LogSettings,
}


class Settings:
    """Everything that was set, by area."""

    discord: DiscordSettings
    engine: EngineSettings
    credits: CreditSettings
    limits: LimitSettings
    media: MediaSettings
    web: WebSettings
    data: DataSettings
    log: LogSettings

    def __init__(self) -> None:
        """Read the environment; raises SetupError with every problem at once."""
        try:
            if problems := _unreadable():
                raise SetupError(*problems)
            problems = _misspelt()
            for name, area in AREAS.items():
                try:
                    setattr(self, name, area())
                except ValidationError as error:
                    found = error.errors(include_input=False)
                    problems += [_sentence(dict(each)) for each in found]
        except OSError as error:
            raise SetupError(f".env cannot be read ({error.strerror}): {_GIVE_IT}") from error
        except UnicodeError as error:
            raise SetupError(".env is not UTF-8 text: save it again as UTF-8") from error
        if problems:
            raise SetupError(*problems)

    def for_demo(self, folder: Path) -> Self:
        """The same settings with the local engine and a data directory of its own."""
        changed = copy.copy(self)
        changed.engine = self.engine.model_copy(update={"choice": "local", "key": None})
        changed.data = self.data.model_copy(update={"folder": folder, "database_url": None})
        return changed


def _unreadable() -> list[str]:
    """Lines of `.env` that set nothing: what is meant there must not silently not hold.

    Raises OSError or UnicodeError if `.env` cannot be read.
    """
    path = Path(_ENV)
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as text:
        wrong = [
            each.original
            for each in parse_stream(text)
            if each.error or (each.key is not None and each.value is None)
        ]
    # The empty lines before one are counted to it.
    numbers = [at + found[: -len(found.lstrip())].count("\n") for found, at in wrong]
    return [
        f"{_ENV}: line {number} is not NAME=value: write it so, or put a # before it"
        for number in numbers
    ]


def _misspelt() -> list[str]:
    """A limit that is not read limits nothing: names that only look like a setting are told.

    Raises OSError or UnicodeError if `.env` cannot be read.
    """
    known = {
        str(field.validation_alias)
        for area in AREAS.values()
        for field in area.model_fields.values()
    }
    written = DotEnvSettingsSource(DiscordSettings).env_vars
    given = {each.upper() for each in (*os.environ, *written)}
    # Beside the setting itself, what is like it may well be another program's.
    missing = known - given
    close = {
        each: get_close_matches(each, missing, n=1, cutoff=_ALIKE) for each in sorted(given - known)
    }
    return [f"{name} is no setting: {of[0]} is" for name, of in close.items() if of]


def _sentence(problem: dict[str, object]) -> str:
    place = problem["loc"]
    words = str(problem["msg"]).removeprefix("Value error, ")
    if isinstance(place, tuple) and place:
        return f"{place[0]}: {words[:1].lower()}{words[1:]}"
    return words
