"""The models the stand-in offers, as /models shows them, and what a clip costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

PRECISION = Decimal("1e-8")
LARGEST_PAGE = 50
USUAL_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model: which inference types it has and what it takes."""

    slug: str
    name: str
    types: tuple[str, ...]
    limits: dict[str, float] = field(default_factory=dict)
    features: dict[str, object] = field(default_factory=dict)
    defaults: dict[str, object] = field(default_factory=dict)
    languages: tuple[dict[str, object], ...] = ()
    bare: bool = False
    """Shown with `info: []`, as the live list does for some."""

    def limit(self, key: str) -> float | None:
        """A limit such as `min_width`, or None where there is none."""
        return self.limits.get(key)

    def shown(self) -> dict[str, object]:
        """The item of /models: flags as strings, defaults as strings or numbers."""
        info: object = (
            []
            if self.bare
            else {"limits": self.limits, "features": self.features, "defaults": self.defaults}
        )
        return {
            "name": self.name,
            "slug": self.slug,
            "inference_types": list(self.types),
            "tags": [],
            "status": "standard_model",
            "info": info,
            "loras": [],
            "languages": list(self.languages),
        }


LTX = Model(
    slug="Ltx2_3_22B_Dist_INT8",
    name="LTX-2.3 22B Distilled INT8",
    types=("txt2video", "img2video", "audio2video"),
    limits={
        "min_width": 512,
        "max_width": 1024,
        "min_height": 512,
        "max_height": 1024,
        "min_frames": 49,
        "max_frames": 241,
        "min_fps": 24,
        "max_fps": 24,
        "min_steps": 8,
        "min_ref_audio_duration": 1,
        "max_ref_audio_duration": 11,
    },
    features={"supports_guidance": "0", "supports_steps": 0, "supports_last_frame": "1"},
    defaults={"width": "768", "height": 768, "frames": "120", "fps": 24, "steps": "8"},
)
OLD = Model(
    slug="Ltxv_13B_0_9_8_Distilled_FP8",
    name="LTX-Video 0.9.8 13B",
    types=("txt2video", "img2video"),
    limits={
        "min_width": 256,
        "max_width": 768,
        "min_height": 256,
        "max_height": 768,
        "min_frames": 30,
        "max_frames": 120,
        "min_fps": 30,
        "max_fps": 30,
        "min_steps": 1,
        "max_steps": 1,
    },
    features={"supports_guidance": False, "supports_last_frame": False},
)
SUCCESSOR = Model(
    slug="Ltx2_5_22B_Dist_INT8",
    name="LTX-2.5 22B Distilled INT8",
    types=("txt2video", "img2video", "audio2video"),
    limits={
        "min_width": 512,
        "max_width": 1344,
        "min_height": 512,
        "max_height": 1344,
        "min_frames": 49,
        "max_frames": 241,
        "min_fps": 24,
        "max_fps": 24,
        "min_steps": 6,
        "max_steps": 6,
        "min_ref_audio_duration": 1,
        "max_ref_audio_duration": 11,
    },
    features={"supports_guidance": 0, "supports_last_frame": True},
)
SPEAKER = Model(
    slug="Kokoro",
    name="Kokoro",
    types=("txt2audio",),
    limits={"min_text": 3, "max_text": 10_001, "min_speed": 0.5, "max_speed": 2},
    languages=(
        {
            "name": "American English",
            "slug": "en-us",
            "voices": [
                {"name": "Sky", "slug": "af_sky", "gender": "female"},
                {"name": "Adam", "slug": "am_adam", "gender": "male"},
            ],
        },
        {
            "name": "Italian",
            "slug": "it",
            "voices": [{"name": "Sara", "slug": "if_sara", "gender": "female"}],
        },
        {"name": "Silence", "slug": "none"},
    ),
)
PICTURES = tuple(
    Model(slug=f"Picture_Model_{n}", name=f"Picture model {n}", types=("txt2img",), bare=n % 2 == 0)
    for n in range(24)
)


def standard() -> list[Model]:
    """The list at start: LTX-2.3 stands on the second page of 25."""
    return [OLD, *PICTURES, LTX, SUCCESSOR, SPEAKER]


def price(width: int, height: int, frames: int) -> Decimal:
    """What a clip costs in dollars: a fit through four prices that deAPI quoted."""
    exact = (
        Decimal("0.0313357")
        + Decimal("1.26515e-8") * width * height
        + Decimal("6.8333e-5") * frames
    )
    return exact.quantize(PRECISION, ROUND_HALF_UP)


def speech_price(characters: int) -> Decimal:
    """What a spoken line costs in dollars at normal speed."""
    return (Decimal("0.77e-6") * characters).quantize(PRECISION, ROUND_HALF_UP)


def page(models: Sequence[Model], query: Mapping[str, str], here: str) -> dict[str, object]:
    """One page of /models: `limit` is clamped, `per_page` ignored, an unknown type is empty."""
    wanted = {one for one in query.get("filter[inference_types]", "").split(",") if one}
    found = [model for model in models if not wanted or wanted & set(model.types)]
    size = min(LARGEST_PAGE, max(1, int(query.get("limit", USUAL_PAGE))))
    number = max(1, int(query.get("page", 1)))
    last = max(1, -(-len(found) // size))
    return {
        "data": [model.shown() for model in found[(number - 1) * size : number * size]],
        "links": {
            "first": f"{here}?page=1",
            "last": f"{here}?page={last}",
            "prev": f"{here}?page={number - 1}" if number > 1 else None,
            "next": f"{here}?page={number + 1}" if number < last else None,
        },
        "meta": {
            "current_page": number,
            "last_page": last,
            "per_page": size,
            "total": len(found),
        },
    }
