"""Clips for deAPI: what is sent for one, and which model takes it."""

from bot.deapi.bodies import Clip
from bot.deapi.models import Model
from bot.engines.base import Spec

FPS = 24
STEPS = 8
ANY_STEPS = 0


def clip(spec: Spec, slug: str, *, prompt: str, seed: int, steps: int) -> Clip:
    """A clip as its model gets it."""
    return Clip(
        model=slug,
        prompt=prompt,
        width=spec.width,
        height=spec.height,
        frames=spec.frames,
        seed=seed,
        fps=FPS,
        steps=steps,
    )


def fits(model: Model, spec: Spec) -> bool:
    """Whether a model takes a clip of this size and length."""
    return model.takes(
        width=spec.width, height=spec.height, frames=spec.frames, fps=FPS, steps=ANY_STEPS
    )


def steps(model: Model) -> int:
    """The usual number of steps, or the nearest one that a model takes."""
    limits = model.info.limits
    return min(max(STEPS, limits.min_steps or STEPS), limits.max_steps or STEPS)
