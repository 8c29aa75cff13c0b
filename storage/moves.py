"""Guarded changes of state: each names what it expects, and there are no others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One change of state, written as `WHERE state = source`."""

    source: S
    target: S
