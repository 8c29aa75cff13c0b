"""What a prompt to be rewritten is sent as."""

from dataclasses import dataclass
from pathlib import Path

from bot.deapi.bodies import Body, grey_png
from bot.deapi.models import Inference

PATH = "api/v2/prompts/enhancements"
SHORTEST = 3
"""Characters; a shorter prompt is refused."""
TYPES = {Inference.TEXT: "videos.generations", Inference.IMAGE: "videos.animations"}
"""The kinds of video that deAPI can have a guide for; there is no type for audio-syncs."""
_SIDE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Enhancement:
    """A prompt for a model; `picture` is what an animation starts with, and must be there then."""

    inference: Inference
    model: str
    prompt: str
    picture: Path | None = None

    def body(self) -> Body:
        """The form with the picture, if there is one."""
        files: dict[str, Path | bytes] = {"image": self.picture} if self.picture else {}
        return Body(fields=self._fields(), files=files, is_form=True)

    def price_body(self) -> Body:
        """The same form, as its price is asked for."""
        return Body(fields=self._fields(), is_form=True)

    def mirrored(self) -> Body:
        """As `price_body`, with a grey picture for a price endpoint that insists on one."""
        return Body(fields=self._fields(), files={"image": grey_png(_SIDE)}, is_form=True)

    def _fields(self) -> dict[str, object]:
        return {"prompt": self.prompt, "type": TYPES[self.inference], "model_slug": self.model}
