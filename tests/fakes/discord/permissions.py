"""Discord's permission bits, as far as messages and commands need them, and how they add up."""

from collections.abc import Iterable
from enum import IntFlag


class Permission(IntFlag):
    """The bits, by Discord's names."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    SEND_MESSAGES_IN_THREADS = 1 << 38
    SEND_VOICE_MESSAGES = 1 << 46
    USE_EXTERNAL_APPS = 1 << 50


NONE = Permission(0)
ALL = Permission(sum(Permission))
MEMBER = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.SEND_VOICE_MESSAGES
    | Permission.USE_EXTERNAL_APPS
)
ALWAYS_IN_REPLIES = (
    Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.USE_EXTERNAL_EMOJIS
)


def add_up(base: Permission, overwrites: Iterable[tuple[Permission, Permission]]) -> Permission:
    """Base rights after (allow, deny) pairs, the later ones winning; an administrator has all."""
    if base & Permission.ADMINISTRATOR:
        return ALL
    for allow, deny in overwrites:
        base = (base & ~deny) | allow
    return base
