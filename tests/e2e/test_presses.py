"""Every kind of button: by the wrong person, twice at once, and after a restart.

Where another module proves it in more depth, the table names the test; the rest is tried here.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
import pytest_asyncio

from tests import registered
from tests.e2e import pressing
from tests.e2e.conftest import founded
from tests.e2e.desk import manager
from tests.e2e.galleries import opened
from tests.e2e.pressing import Scene, under_way
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import User
from tests.registered import Listed

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERE = Path(__file__).parent
STRANGER, TWICE, RESTART = "by the wrong person", "twice at once", "after a restart"
CASES = (STRANGER, TWICE, RESTART)
OWN = ""
"""What a stranger is told where a button acts for whoever presses it."""

PROVED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "crops.CropButton": {
            STRANGER: "test_question.test_a_stranger_s_press_is_refused",
            RESTART: "test_question."
            "test_the_question_is_answered_after_a_restart_and_long_after_its_token",
        },
        "question.RenderButton": {
            STRANGER: "test_question.test_a_stranger_s_press_is_refused",
            TWICE: "test_question.test_render_pressed_twice_makes_one_job",
            RESTART: "test_question."
            "test_the_question_is_answered_after_a_restart_and_long_after_its_token",
        },
        "question.NeverButton": {STRANGER: "test_question.test_a_stranger_s_press_is_refused"},
        "overlong.FirstPartButton": {
            STRANGER: "test_bad_input.test_somebody_else_cannot_press_the_button",
            RESTART: "test_bad_input.test_too_long_a_sound_offers_its_first_part",
        },
        "speaker.PortraitButton": {
            STRANGER: "test_notes_refused.test_nobody_gives_another_s_sound_a_face",
            RESTART: "test_notes_refused."
            "test_who_has_no_face_is_asked_for_one_even_after_a_restart",
        },
        "buttons.CancelButton": {
            STRANGER: "test_surface.test_a_stranger_cannot_cancel_and_a_started_job_stays",
            RESTART: "test_cards.test_the_button_in_a_list_works_after_a_restart",
        },
        "buttons.GetButton": {
            STRANGER: "test_claims.test_only_its_member_fetches_a_video",
            RESTART: "test_claims.test_before_its_token_dies_the_reply_gets_the_button",
        },
        "repeats.AgainButton": {
            STRANGER: "test_again.test_another_member_makes_it_again_with_their_own_credits",
            TWICE: "test_again.test_ten_presses_within_five_seconds_make_one_job",
            RESTART: "test_again.test_a_press_is_the_same_press_after_a_restart",
        },
        "repeats.RemixButton": {
            STRANGER: "test_again.test_a_picture_is_only_its_member_s_to_use_again",
            TWICE: "test_again."
            "test_two_different_remixes_at_once_are_two_jobs_and_two_alike_are_one",
            RESTART: "test_again.test_months_later_and_after_a_restart_both_buttons_still_work",
        },
        "deletion.DeleteButton": {
            STRANGER: "test_delete.test_a_stranger_cannot_delete_and_cannot_confirm"
        },
        "deletion.EraseButton": {
            STRANGER: "test_delete.test_a_stranger_cannot_delete_and_cannot_confirm",
            TWICE: "test_delete.test_confirmed_twice_at_once_it_is_deleted_once",
            RESTART: "test_delete."
            "test_the_question_is_answered_after_a_restart_where_the_bot_may_delete",
        },
        "sharing.ShareButton": {
            STRANGER: "test_gallery.test_only_its_maker_or_a_moderator_publishes_and_takes_back",
            TWICE: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
            RESTART: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
        },
        "sharing.UnshareButton": {
            STRANGER: "test_gallery.test_only_its_maker_or_a_moderator_publishes_and_takes_back"
        },
        "sharing.VoteButton": {
            STRANGER: "test_gallery.test_one_vote_a_member_counts_on_the_button",
            TWICE: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
            RESTART: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
        },
        "reporting.ReportButton": {
            STRANGER: "test_moderation.test_a_private_video_is_for_the_host_to_judge"
        },
        "reporting.HideButton": {
            STRANGER: "test_moderation.test_members_decide_nothing_and_two_moderators_decide_once",
            RESTART: "test_moderation."
            "test_hide_reaches_the_post_the_card_and_every_list_and_can_be_undone",
        },
        "reporting.DismissButton": {
            STRANGER: "test_moderation.test_members_decide_nothing_and_two_moderators_decide_once",
            TWICE: "test_moderation.test_members_decide_nothing_and_two_moderators_decide_once",
        },
        "likeness.PortraitButton": {
            STRANGER: "test_portraits.test_nobody_sees_or_changes_another_s_portrait",
            TWICE: "test_portraits.test_presses_at_once_leave_the_card_as_the_portrait_is",
            RESTART: "test_portraits.test_the_crop_is_chosen_by_looking_and_stays_after_a_restart",
        },
        "own_settings.OwnSwitch": {
            TWICE: "test_settings.test_a_switch_pressed_twice_at_once_is_turned_once",
            RESTART: "test_settings."
            "test_own_settings_are_changed_where_they_are_read_also_after_a_restart",
        },
        "server_settings.ServerSwitch": {
            STRANGER: "test_settings.test_whoever_loses_the_right_changes_nothing_more",
            TWICE: "test_settings.test_two_managers_at_once_lose_neither_s_change",
        },
        "server_settings.ServerMenu": {
            STRANGER: "test_settings.test_whoever_loses_the_right_changes_nothing_more",
            TWICE: "test_settings.test_two_managers_at_once_lose_neither_s_change",
        },
        "server_settings.NumbersButton": {
            STRANGER: "test_settings.test_whoever_loses_the_right_changes_nothing_more"
        },
    }
)


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
        "crops.CropButton": Kind(card=pressing.question, start="v1:crop:start", seen="left stays"),
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
    }
)


def missing(case: str) -> list[str]:
    """What no other module proves of this."""
    return [name for name in KINDS if case not in PROVED.get(name, {})]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    with pytest.MonkeyPatch.context() as patch:
        async with founded(tmp_path_factory.mktemp("talkie"), patch) as town:
            patch.setenv("TALKIE_MEMBER_QUEUE", "50")
            patch.setenv("TALKIE_MEMBER_QUEUE_SECONDS", "9000")
            patch.setenv("TALKIE_WELCOME_CREDITS", "10000")
            place = await opened(town)
            names = ("busy", "late", "faceless")
            busy, late, faceless = (town.discord.world.add_user(name) for name in names)
            for user in (busy, late, faceless):
                town.guild.members[user.id] = user
            yield Scene(place=place, manager=manager(town), busy=busy, late=late, faceless=faceless)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(scene: Scene) -> Listed:
    assert scene.town.talkie is not None
    return await registered.read(scene.town.talkie)


async def test_every_kind_of_button_is_proved_in_every_case(bot: Listed) -> None:
    kinds = {each.partition(" ")[0] for each in registered.pressed(bot.listed)}
    assert kinds == set(KINDS) | set(PROVED)
    for name, proofs in PROVED.items():
        assert name in KINDS or set(proofs) == set(CASES), name
        for proof in proofs.values():
            module, _, test = proof.partition(".")
            assert f"async def {test}(" in (HERE / f"{module}.py").read_text(), proof


@pytest.mark.parametrize("name", missing(STRANGER))
async def test_the_wrong_person_is_told_so_or_acts_for_themselves(scene: Scene, name: str) -> None:
    kind, town, noa = KINDS[name], scene.town, scene.place.noa
    async with under_way(town, wanted=kind.is_under_way):
        message = await kind.card(scene)
        # What only its member sees is pressed by nobody else, unless the press is forged.
        if message.ephemeral_for is not None:
            message.ephemeral_for = noa
        pressed = await pressing.touch(scene, noa, message, kind.start, kind.value)
        seen = await pressing.until_seen(town, kind.refusal or kind.seen, pressed)
    assert "went wrong" not in seen


@pytest.mark.parametrize("name", missing(TWICE))
async def test_twice_at_once_is_answered_twice_and_done_once(scene: Scene, name: str) -> None:
    kind, town = KINDS[name], scene.town
    async with under_way(town, wanted=kind.is_under_way):
        message = await kind.card(scene)
        user = kind.presser(scene)
        both = await pressing.at_once(scene, user, message, kind.start, kind.value)
        seen = await pressing.until_seen(town, kind.seen, *both)
    assert "went wrong" not in seen
    assert await town.broken_invariants() == []


@pytest.mark.parametrize("is_under_way", [False, True])
async def test_after_a_restart_it_does_what_it_did(scene: Scene, is_under_way: bool) -> None:
    town = scene.town
    names = [each for each in missing(RESTART) if KINDS[each].is_under_way == is_under_way]
    async with under_way(town, wanted=is_under_way):
        cards = {name: await KINDS[name].card(scene) for name in names}
        await town.stop()
        await town.start()
        for name, message in cards.items():
            kind = KINDS[name]
            user = kind.presser(scene)
            pressed = await pressing.touch(scene, user, message, kind.start, kind.value)
            assert "went wrong" not in await pressing.until_seen(town, kind.seen, pressed), name
    assert await town.broken_invariants() == []
