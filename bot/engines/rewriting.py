"""Rewriting through deAPI: which kinds of video it can have a guide for, and what is sent."""

from bot.deapi.enhancement import SHORTEST, TYPES, Enhancement
from bot.deapi.models import Inference
from bot.engines.base import Draft, Reason, Refused
from storage.records import Mode

_KINDS = {Mode.TEXT: Inference.TEXT, Mode.IMAGE: Inference.IMAGE}
MODES = frozenset(mode for mode, kind in _KINDS.items() if kind in TYPES)
_ASKING = "A quiet street at dusk. "


def enhancement(draft: Draft) -> Enhancement:
    """What is sent for a draft; raises Refused for what deAPI does not rewrite."""
    _refuse_others(draft.mode)
    if len(draft.words) < SHORTEST:
        raise Refused(Reason.REJECTED, f"fewer than {SHORTEST} characters")
    if draft.mode is Mode.IMAGE and draft.first_image is None:
        raise Refused(Reason.REJECTED, "an animation without its picture")
    return Enhancement(
        inference=_KINDS[draft.mode],
        model=draft.model,
        prompt=draft.words,
        picture=draft.first_image if draft.mode is Mode.IMAGE else None,
    )


def sample(characters: int, mode: Mode, model: str) -> Enhancement:
    """A prompt of so many characters, to ask for its price; raises Refused as `enhancement`."""
    _refuse_others(mode)
    text = (_ASKING * (characters // len(_ASKING) + 1))[:characters].ljust(SHORTEST, ".")
    # A space at the end is nothing that a form keeps.
    text = text[:-1] + "." if text.endswith(" ") else text
    return Enhancement(inference=_KINDS[mode], model=model, prompt=text)


def _refuse_others(mode: Mode) -> None:
    if mode not in MODES:
        raise Refused(Reason.REJECTED, f"deAPI has no guide for {mode}")
