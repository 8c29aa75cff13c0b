"""What a line to be spoken is sent as."""

from dataclasses import dataclass

from bot.deapi.bodies import Webhook

SPEED = 1
FORMAT = "mp3"
SAMPLE_RATE_HZ = 24_000
MODE = "custom_voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One line for one of a model's own voices; `language` and `voice` are slugs of its list."""

    text: str
    model: str
    language: str
    voice: str
    webhook: Webhook | None = None

    def fields(self) -> dict[str, object]:
        """The text fields: normal speed, and the one format that every model takes."""
        fields: dict[str, object] = {
            "text": self.text,
            "model": self.model,
            "lang": self.language,
            "speed": SPEED,
            "format": FORMAT,
            "sample_rate": SAMPLE_RATE_HZ,
            "mode": MODE,
            "voice": self.voice,
        }
        if self.webhook:
            fields |= {"webhook_url": self.webhook.url, "webhook_secret": self.webhook.secret}
        return fields
