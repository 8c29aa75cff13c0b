"""What deAPI accepts: one table of rules per endpoint, refused in Laravel's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from tests.fakes.deapi.behaviour import Guidance
from tests.fakes.deapi.catalog import Model
from tests.fakes.deapi.uploads import Upload, picture_faults, sound_faults

MAX_SEED = 4_294_967_295
JSON = "application/json"
MULTIPART = "multipart/form-data"
MIN_MAX = ("min", "max")


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    LINK = "link"
    PICTURE = "picture"
    SOUND = "sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One field: its kind, whether it must be there, and fixed bounds."""

    kind: Kind
    required: bool = False
    least: float | None = None
    most: float | None = None
    by_model: bool = False
    """Bounds come from the model's `min_<field>` and `max_<field>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One POST: where it is, how its body comes, what it holds."""

    path: str
    inference: str
    label: str
    body: str
    fields: Mapping[str, Rule]
    is_price: bool = False


PROMPT = {"prompt": Rule(kind=Kind.TEXT, required=True)}
MODEL = {"model": Rule(kind=Kind.TEXT, required=True)}
SIZE = {
    "width": Rule(kind=Kind.INTEGER, required=True, by_model=True),
    "height": Rule(kind=Kind.INTEGER, required=True, by_model=True),
    "frames": Rule(kind=Kind.INTEGER, required=True, least=1, by_model=True),
    "fps": Rule(kind=Kind.INTEGER, required=True, least=1, by_model=True),
}
STEPS = {"steps": Rule(kind=Kind.INTEGER, required=True, least=1, by_model=True)}
STEPS_OPTIONAL = {"steps": Rule(kind=Kind.INTEGER, least=1, by_model=True)}
GUIDANCE = {"guidance": Rule(kind=Kind.NUMBER, required=True, least=0)}
GUIDANCE_OPTIONAL = {"guidance": Rule(kind=Kind.NUMBER, least=0)}
SEED = {"seed": Rule(kind=Kind.INTEGER, required=True, least=-1, most=MAX_SEED)}
NEGATIVE = {"negative_prompt": Rule(kind=Kind.TEXT)}
BOOST = {"enhance_prompt": Rule(kind=Kind.FLAG)}
HOOK = {
    "webhook_url": Rule(kind=Kind.LINK, most=2048),
    "webhook_secret": Rule(kind=Kind.TEXT, least=32, most=255),
}
LAST = {"last_frame_image": Rule(kind=Kind.PICTURE)}
FIRST = {"first_frame_image": Rule(kind=Kind.PICTURE, required=True)}
FIRST_OPTIONAL = {"first_frame_image": Rule(kind=Kind.PICTURE)}
SOUND = {"audio": Rule(kind=Kind.SOUND, required=True)}

TEXT_FIELDS = {**PROMPT, **MODEL, **SIZE, **STEPS, **GUIDANCE, **SEED, **NEGATIVE, **BOOST, **HOOK}
IMAGE_FIELDS = {**TEXT_FIELDS, **FIRST, **LAST}
AUDIO_FIELDS = {
    **PROMPT, **MODEL, **SIZE, **SEED, **SOUND, **STEPS_OPTIONAL, **GUIDANCE_OPTIONAL,
    **NEGATIVE, **FIRST_OPTIONAL, **LAST, **HOOK,
}  # fmt: skip

TEXT = Endpoint(
    path="videos/generations",
    inference="txt2video",
    label="Text To Video",
    body=JSON,
    fields=TEXT_FIELDS,
)
IMAGE = Endpoint(
    path="videos/animations",
    inference="img2video",
    label="Image To Video",
    body=MULTIPART,
    fields=IMAGE_FIELDS,
)
AUDIO = Endpoint(
    path="videos/audio-syncs",
    inference="audio2video",
    label="Audio To Video",
    body=MULTIPART,
    fields=AUDIO_FIELDS,
)
SPEECH_FIELDS = {
    "text": Rule(kind=Kind.TEXT, required=True, least=3, most=10_001),
    **MODEL,
    "lang": Rule(kind=Kind.TEXT, required=True),
    "speed": Rule(kind=Kind.NUMBER, required=True, by_model=True),
    "format": Rule(kind=Kind.TEXT, required=True),
    "sample_rate": Rule(kind=Kind.INTEGER, required=True),
    "mode": Rule(kind=Kind.TEXT),
    "voice": Rule(kind=Kind.TEXT),
}
SPEECH = Endpoint(
    path="audio/speech",
    inference="txt2audio",
    label="Text To Speech",
    body=MULTIPART,
    fields={**SPEECH_FIELDS, **HOOK},
)
SPEECH_PRICE = Endpoint(
    path="audio/speech/price",
    inference="txt2audio",
    label="Text To Speech",
    body=JSON,
    fields=SPEECH_FIELDS,
    is_price=True,
)
CLIPS = (TEXT, IMAGE, AUDIO)
SUBMITS = (*CLIPS, SPEECH)
PRICES = tuple(
    Endpoint(
        path=f"{submit.path}/price",
        inference=submit.inference,
        label=submit.label,
        body=JSON,
        fields={**MODEL, **SIZE, **(STEPS_OPTIONAL if submit is AUDIO else STEPS)},
        is_price=True,
    )
    for submit in CLIPS
)
ENDPOINTS = {endpoint.path: endpoint for endpoint in (*SUBMITS, *PRICES, SPEECH_PRICE)}


def envelope(errors: Mapping[str, list[str]]) -> dict[str, object]:
    """The 422 body: the first message, how many more there are, and all of them by field."""
    messages = [message for of_field in errors.values() for message in of_field]
    more = len(messages) - 1
    suffix = f" (and {more} more error{'s' if more > 1 else ''})" if more else ""
    return {"message": messages[0] + suffix, "errors": dict(errors)}


async def check(
    endpoint: Endpoint, fields: Mapping[str, object], models: Iterable[Model]
) -> dict[str, list[str]]:
    """What is wrong with a request, by field; empty when it is accepted."""
    slug = fields.get("model")
    model = next((model for model in models if model.slug == slug), None)
    errors: dict[str, list[str]] = {}
    for name, rule in endpoint.fields.items():
        found = await _faults_of(name, rule, fields.get(name), model)
        if found:
            errors[name] = found
    if "model" not in errors:
        errors |= _model_faults(endpoint, fields, model)
    if "webhook_secret" in fields and "webhook_url" not in fields:
        errors["webhook_secret"] = ["The webhook secret field requires the webhook url field."]
    return errors


def _model_faults(
    endpoint: Endpoint, fields: Mapping[str, object], model: Model | None
) -> dict[str, list[str]]:
    if model is None:
        return {"model": ["The selected model does not exist."]}
    if endpoint.inference not in model.types:
        return {"model": [f"The selected model does not support {endpoint.label}."]}
    no_last = model.features.get("supports_last_frame") in {"0", 0, None}
    if "last_frame_image" in fields and no_last:
        return {"last_frame_image": ["The selected model does not support a last frame image."]}
    return _voice_faults(fields, model) if endpoint.inference == SPEECH.inference else {}


def _voice_faults(fields: Mapping[str, object], model: Model) -> dict[str, list[str]]:
    """What is wrong with the language, the voice and the form of a spoken line."""
    spoken = {language["slug"]: language.get("voices", []) for language in model.languages}
    voices = spoken.get(fields.get("lang"), [])
    assert isinstance(voices, list)
    right = {
        "lang": set(spoken),
        "voice": {voice["slug"] for voice in voices},
        "format": {"mp3"},
        "sample_rate": {"24000"},
        "mode": {"custom_voice"},
    }
    errors = {
        name: [f"The selected {name.replace('_', ' ')} is invalid."]
        for name, values in right.items()
        if name in fields and str(fields[name]) not in values
    }
    if "voice" not in fields:
        errors["voice"] = ["The voice field is required when mode is custom_voice."]
    if "lang" in errors or "lang" not in fields:
        errors.pop("voice", None)
    return errors


async def _faults_of(name: str, rule: Rule, value: object, model: Model | None) -> list[str]:
    label = name.replace("_", " ")
    if value is None or value == "":
        return [f"The {label} field is required."] if rule.required else []
    if rule.kind in {Kind.INTEGER, Kind.NUMBER}:
        return _number_faults(name, rule, value, model)
    if rule.kind is Kind.FLAG:
        return _flag_faults(label, value)
    if rule.kind in {Kind.TEXT, Kind.LINK}:
        return _text_faults(label, rule, value)
    return await _file_faults(label, rule, value, model)


async def _file_faults(label: str, rule: Rule, value: object, model: Model | None) -> list[str]:
    if not isinstance(value, Upload):
        return [f"The {label} field must be a file."]
    if rule.kind is Kind.PICTURE:
        return picture_faults(label, value)
    shortest, longest = (model.limit(f"{m}_ref_audio_duration") if model else None for m in MIN_MAX)
    return await sound_faults(label, value, shortest, longest)


def _number_faults(name: str, rule: Rule, value: object, model: Model | None) -> list[str]:
    label = name.replace("_", " ")
    whole = rule.kind is Kind.INTEGER
    wrong = [f"The {label} field must be {'an integer' if whole else 'a number'}."]
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        return wrong
    try:
        number = int(str(value)) if whole else float(value)
    except ValueError:
        return wrong
    least, most = rule.least, rule.most
    if rule.by_model and model:
        lower, upper = (model.limit(f"{m}_{name}") for m in MIN_MAX)
        least, most = (
            (lower if lower is not None else least),
            (upper if upper is not None else most),
        )
    if least is not None and number < least:
        return [f"The {label} field must be at least {least}."]
    if most is not None and number > most:
        return [f"The {label} field must not be greater than {most}."]
    return []


def _flag_faults(label: str, value: object) -> list[str]:
    if value not in (True, False, 0, 1, "0", "1"):
        return [f"The {label} field must be true or false."]
    if value in (True, 1, "1"):
        return ["Prompt enhancement has no guide for the selected model."]
    return []


def _text_faults(label: str, rule: Rule, value: object) -> list[str]:
    if not isinstance(value, str):
        return [f"The {label} field must be a string."]
    if rule.kind is Kind.LINK:
        parts = urlsplit(value)
        if not parts.scheme or not parts.hostname:
            return [f"The {label} field must be a valid URL."]
        if parts.scheme != "https":
            return [f"The {label} field must start with one of the following: https://."]
    if rule.least is not None and len(value) < rule.least:
        return [f"The {label} field must be at least {rule.least} characters."]
    if rule.most is not None and len(value) > rule.most:
        return [f"The {label} field must not be greater than {rule.most} characters."]
    return []


def guidance_faults(rule: Guidance, given: object) -> list[str]:
    """What a model without guidance says to a value that is otherwise in order."""
    if rule is Guidance.ABSENT and given is not None:
        return ["The guidance field is prohibited."]
    if rule is Guidance.ZERO and given is not None and str(given) not in {"0", "0.0"}:
        return ["The guidance field must not be greater than 0."]
    return []
