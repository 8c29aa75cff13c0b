"""Which code a member is told when a file or an engine refuses."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.engines.base import EngineError
from bot.engines.base import Reason as EngineReason
from bot.errors import Code, UserError
from bot.media.reasons import MediaError
from bot.media.reasons import Reason as MediaReason

MEDIA: Mapping[MediaReason, Code] = MappingProxyType(
    {
        MediaReason.FORBIDDEN_HOST: Code.FILE_FORBIDDEN,
        MediaReason.GONE: Code.FILE_GONE,
        MediaReason.SLOW: Code.FILE_SLOW,
        MediaReason.TOO_BIG: Code.FILE_TOO_BIG,
        MediaReason.EMPTY: Code.FILE_EMPTY,
        MediaReason.NOT_SOUND: Code.NOT_SOUND,
        MediaReason.NO_SOUND: Code.NO_SOUND,
        MediaReason.INAUDIBLE: Code.INAUDIBLE,
        MediaReason.SOUND_TOO_LONG: Code.SOUND_TOO_LONG,
        MediaReason.SOUND_OVER_LIMIT: Code.SOUND_OVER_LIMIT,
        MediaReason.NOT_PICTURE: Code.NOT_PICTURE,
        MediaReason.PICTURE_TOO_SMALL: Code.PICTURE_TOO_SMALL,
        MediaReason.PICTURE_TOO_LARGE: Code.PICTURE_TOO_LARGE,
        MediaReason.PICTURE_TOO_NARROW: Code.PICTURE_TOO_NARROW,
        MediaReason.BROKEN: Code.FILE_BROKEN,
        MediaReason.NOT_VIDEO: Code.ENGINE_RESULT,
        MediaReason.WRONG_VIDEO: Code.ENGINE_RESULT,
    }
)

ENGINE: Mapping[EngineReason, Code] = MappingProxyType(
    {
        EngineReason.BUSY: Code.ENGINE_BUSY,
        EngineReason.DOWN: Code.ENGINE_DOWN,
        EngineReason.KEY: Code.ENGINE_KEY,
        EngineReason.SUSPENDED: Code.ENGINE_SUSPENDED,
        EngineReason.BROKE: Code.ENGINE_BROKE,
        EngineReason.REJECTED: Code.ENGINE_REJECTED,
        EngineReason.NO_MODEL: Code.ENGINE_NO_MODEL,
        EngineReason.RESULT: Code.ENGINE_RESULT,
        EngineReason.MISSING: Code.ENGINE_RESULT,
    }
)


def of_media(error: MediaError) -> UserError:
    """What a member is told of a refused file."""
    return UserError(MEDIA[error.reason], error.detail, **error.facts)


def of_engine(error: EngineError) -> UserError:
    """What a member is told of an engine's refusal."""
    return UserError(ENGINE[error.reason], error.detail)
