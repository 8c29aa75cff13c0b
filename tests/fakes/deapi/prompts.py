"""Prompt enhancement: answered at once, priced apart, and refused where there is no guide."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from aiohttp import web

from tests.fakes.deapi import rules
from tests.fakes.deapi.behaviour import Behaviour
from tests.fakes.deapi.catalog import PRECISION, Model
from tests.fakes.deapi.uploads import Upload, picture_faults

PATH = "prompts/enhancements"
PATHS = frozenset({PATH, f"{PATH}/price"})
FEWEST = 3
GUIDED = {
    "images.generations",
    "images.edits",
    "videos.generations",
    "videos.animations",
    "audio.speech",
    "audio.music",
}
UNGUIDED = {
    "images.ocr",
    "images.background-removals",
    "images.upscales",
    "videos.audio-syncs",
    "videos.replacements",
    "videos.upscales",
    "videos.background-removals",
    "audio.transcriptions",
}
WITH_PICTURE = {"images.edits", "videos.animations"}
NO_GUIDE = "Prompt enhancement has no guide for the selected model."
ADDED = (
    "Soft evening light comes from the left, the camera pushes in slowly and steadily, and the "
    "audio is a quiet street with a distant bell."
)


def answer(
    behaviour: Behaviour, models: list[Model], path: str, request: web.Request, fields: object
) -> web.Response:
    """What deAPI says to a prompt, or to the question what rewriting it would cost."""
    assert isinstance(fields, dict)
    is_price = path != PATH
    is_form = request.content_type == rules.MULTIPART
    errors = _errors(behaviour, models, fields if is_form else {}, is_price=is_price)
    if errors:
        return web.json_response(rules.envelope(errors), status=422)
    cost = price(str(fields["prompt"]))
    if is_price:
        told: dict[str, object] = {"price": float(cost)}
        return web.json_response({"data": told} if behaviour.enhancement_price_in_data else told)
    if behaviour.balance < cost:
        poor = rules.envelope({"balance": ["Your balance is too low."]})
        return web.json_response(poor, status=422)
    behaviour.balance -= cost
    better = behaviour.enhanced
    if better is Ellipsis:
        better = f"{fields['prompt']} {ADDED}"
    return web.json_response({"prompt": better, "negative_prompt": None})


def price(prompt: str) -> Decimal:
    """What rewriting a prompt costs in dollars."""
    exact = Decimal("0.0001") + Decimal("0.2e-6") * len(prompt)
    return exact.quantize(PRECISION, ROUND_HALF_UP)


def _errors(
    behaviour: Behaviour, models: list[Model], fields: Mapping[str, object], *, is_price: bool
) -> dict[str, list[str]]:
    errors = _missing(fields) | _short(fields)
    kind = str(fields.get("type"))
    if "type" not in errors and kind not in GUIDED | UNGUIDED:
        errors["type"] = ["The selected type is invalid."]
    picture = fields.get("image")
    needs_picture = not is_price or behaviour.enhancement_price_wants_image
    if picture is None and kind in WITH_PICTURE and needs_picture:
        errors["image"] = ["The image field is required."]
    if isinstance(picture, Upload) and (wrong := picture_faults("image", picture)):
        errors["image"] = wrong
    if all(model.slug != fields.get("model_slug") for model in models):
        errors.setdefault("model_slug", ["The selected model slug is invalid."])
    if not errors and (kind in UNGUIDED or not behaviour.has_guides):
        errors["type"] = [NO_GUIDE]
    return errors


def _missing(fields: Mapping[str, object]) -> dict[str, list[str]]:
    return {
        name: [f"The {name.replace('_', ' ')} field is required."]
        for name in ("prompt", "type", "model_slug")
        if not fields.get(name)
    }


def _short(fields: Mapping[str, object]) -> dict[str, list[str]]:
    return {
        name: [f"The {name.replace('_', ' ')} field must be at least {FEWEST} characters."]
        for name in ("prompt", "negative_prompt")
        if 0 < len(str(fields.get(name, ""))) < FEWEST
    }
