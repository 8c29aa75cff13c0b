"""Every kind of button and form: where it is found, who uses it, and what is seen of that."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import discord

from cogs.ui import (
    forms,
    guide,
    likeness,
    remixes,
    reporting,
    rewording,
    server_settings,
    workbench_forms,
    workbench_texts,
)
from tests.e2e import pressing
from tests.e2e.pressing import Scene
from tests.fakes.discord.messages import Message
from tests.fakes.discord.modals import Answer
from tests.fakes.discord.nouns import User

OWN = ""
"""What a stranger is told where a button acts for whoever presses it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of button on a card: who presses it, and what is seen of that."""

    card: Callable[[Scene], Awaitable[Message]]
    start: str
    seen: str
    presser: Callable[[Scene], User] = lambda scene: scene.town.mira
    value: str | None = None
    refusal: str = OWN
    is_under_way: bool = False
    """Whether the provider must not be done meanwhile."""


def _moderator(scene: Scene) -> User:
    return scene.place.moderator


def _manager(scene: Scene) -> User:
    return scene.manager


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "question.CropButton": Kind(
            card=pressing.question, start="v1:crop:start", seen="left stays"
        ),
        "question.BetterButton": Kind(
            card=pressing.hopeless, start="v1:better", seen=rewording.CHANGED
        ),
        "question.ImproveButton": Kind(
            card=pressing.question,
            start="v1:improve",
            seen="v1:rewrite",
            refusal="somebody else",
        ),
        "question.PickButton": Kind(
            card=pressing.rewritten, start="v1:pick", seen=rewording.OWN_SHOWN
        ),
        "question.EditButton": Kind(
            card=pressing.question, start="v1:edit", seen=rewording.EDIT_TITLE
        ),
        "question.NeverButton": Kind(card=pressing.question, start="v1:never", seen="Nothing"),
        "overlong.FirstPartButton": Kind(
            card=pressing.too_long, start="v1:first", seen="sound to video"
        ),
        "speaker.PortraitButton": Kind(
            card=pressing.without_a_face,
            start="v1:speaker",
            seen="v1:portrait:",
            presser=lambda scene: scene.faceless,
        ),
        "buttons.CancelButton": Kind(
            card=pressing.queued,
            start="v1:cancel",
            seen="called off",
            presser=lambda scene: scene.busy,
            is_under_way=True,
        ),
        "buttons.DiscardButton": Kind(
            card=pressing.started,
            start="v1:discard",
            seen="called off",
            presser=lambda scene: scene.late,
            refusal="somebody else",
            is_under_way=True,
        ),
        "buttons.GetButton": Kind(
            card=pressing.about_to_expire,
            start="v1:get",
            seen="comes here",
            presser=lambda scene: scene.late,
            is_under_way=True,
        ),
        "showing.ShowButton": Kind(
            card=pressing.listed, start="v1:show", seen="AI-generated", refusal="somebody else"
        ),
        "links.UnlinkButton": Kind(
            card=pressing.link, start="v1:unlink", seen="has no link", refusal="somebody else"
        ),
        "links.RenewButton": Kind(
            card=pressing.link, start="v1:relink", seen="/v/", refusal="somebody else"
        ),
        "deletion.DeleteButton": Kind(
            card=pressing.video, start="v1:delete", seen="Delete for good"
        ),
        "sharing.UnshareButton": Kind(card=pressing.shared, start="v1:unshare", seen="Taken back"),
        "browsing.PageButton": Kind(card=pressing.gallery, start="v1:page", seen="Newest"),
        "reporting.ReportButton": Kind(card=pressing.video, start="v1:report", seen="v1:report:"),
        "reporting.HideButton": Kind(
            card=pressing.reported, start="v1:hide", seen="is hidden", presser=_moderator
        ),
        "reporting.DismissButton": Kind(
            card=pressing.reported, start="v1:dismiss", seen="stays as it is", presser=_moderator
        ),
        "reporting.UnhideButton": Kind(
            card=pressing.hidden,
            start="v1:unhide",
            seen="stays as it is",
            presser=_moderator,
            refusal="manage messages",
        ),
        "likeness.PortraitMenu": Kind(
            card=pressing.portrait,
            start="v1:portrait-menu:shape",
            seen="9:16",
            value="tall",
            refusal="no portrait like this",
        ),
        "own_settings.OwnSwitch": Kind(
            card=pressing.own_settings, start="v1:own:dm", seen="v1:own:dm:off"
        ),
        "own_settings.OwnMenu": Kind(
            card=pressing.own_settings,
            start="v1:own-menu:shape",
            seen="Your settings",
            value="tall",
        ),
        "server_settings.ServerSwitch": Kind(
            card=pressing.server_settings,
            start="v1:server:menus",
            seen="v1:server:menus:on",
            presser=_manager,
        ),
        "server_settings.ServerMenu": Kind(
            card=pressing.server_settings,
            start="v1:server-menu:gallery",
            seen="This server's settings",
            presser=_manager,
            value="public",
        ),
        "server_settings.NumbersButton": Kind(
            card=pressing.server_settings,
            start="v1:server:numbers",
            seen="v1:server-numbers",
            presser=_manager,
        ),
        "guide.UseButton": Kind(
            card=pressing.guide, start="v1:example:tram", seen="v1:example-form:tram"
        ),
        "guide.SituationMenu": Kind(
            card=pressing.guide,
            start="v1:situation",
            seen="v1:example-form:landscape_wakes",
            value="landscape_wakes",
        ),
        "guide.BuildButton": Kind(
            card=pressing.guide, start="v1:build", seen=workbench_texts.EMPTY
        ),
        "workbench.SituationMenu": Kind(
            card=pressing.bench, start="v1:begin", seen="mountain valley", value="landscape_wakes"
        ),
        "workbench.PartMenu": Kind(
            card=pressing.bench,
            start="v1:part:light",
            seen="single warm lamp",
            value="a single warm lamp in a dark room",
        ),
        "workbench.PageButton": Kind(
            card=pressing.bench, start="v1:bench:motion", seen="v1:bench:scene"
        ),
        "workbench.WriteButton": Kind(
            card=pressing.bench, start="v1:write", seen=workbench_texts.WRITE_TITLE
        ),
        "workbench.WholeButton": Kind(
            card=pressing.bench, start="v1:whole", seen=workbench_texts.WHOLE_TITLE
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: the button that opens it, what is written into it, and what comes of that."""

    opener: Kind
    values: Mapping[str, Answer]
    seen: str


FORMS: Mapping[type[discord.ui.Modal], Form] = MappingProxyType(
    {
        forms.PortraitForm: Form(
            opener=KINDS["speaker.PortraitButton"],
            values={"picture": [pressing.FACE]},
            seen="sound to video",
        ),
        guide.ExampleForm: Form(
            opener=KINDS["guide.UseButton"], values={"seconds": ["2"]}, seen="text to video"
        ),
        likeness.NameForm: Form(
            opener=Kind(card=pressing.portrait, start="v1:portrait:rename", seen=""),
            values={"name": "Harbour"},
            seen="Harbour",
        ),
        remixes.RemixForm: Form(
            opener=Kind(card=pressing.video, start="v1:remix", seen=""),
            values={"seconds": ["3"]},
            seen="text to video",
        ),
        reporting.ReportForm: Form(
            opener=KINDS["reporting.ReportButton"], values={"reason": ["hate"]}, seen="Thank you"
        ),
        rewording.EditForm: Form(
            opener=KINDS["question.EditButton"],
            values={"words": "A blue boat rocks in the harbour."},
            seen="blue boat",
        ),
        server_settings.NumbersForm: Form(
            opener=KINDS["server_settings.NumbersButton"],
            values={"member_daily": "900"},
            seen="900",
        ),
        workbench_forms.WriteForm: Form(
            opener=KINDS["workbench.WriteButton"],
            values={"sound": "a ticking clock"},
            seen="ticking clock",
        ),
        workbench_forms.WholeForm: Form(
            opener=KINDS["workbench.WholeButton"],
            values={"words": "A heron sleeps."},
            seen="heron sleeps",
        ),
    }
)
