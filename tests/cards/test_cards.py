"""Every card keeps Discord's rules, says its state in words and lets no prompt speak for it."""

from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notice import Forecast
from bot.errors import Code
from cogs.ui import answers, cards, controls, folding, frame, listing, texts
from cogs.ui.frame import Card
from storage.records import DeliveryState, JobState, Mode
from tests.cards.standings import NOTICES, a_late_one, a_standing, slips_by_name
from tests.fakes.discord import components, nesting

HOSTILE = (
    "**bold** <@1234567890> @everyone [here](https://x.example) ||x|| `y` " + "<:a:123> " * 400
)


def sent(card: Card) -> list[dict[str, Any]]:
    payload: list[dict[str, Any]] = card.to_components()  # type: ignore[no-untyped-call]  # theirs
    return components.check(payload, is_v2=True)


def parts(card: Card) -> list[dict[str, Any]]:
    return [part for _, part in nesting.walk(sent(card))]


def said(card: Card) -> str:
    return "\n".join(part["content"] for part in parts(card) if part["type"] == nesting.Part.TEXT)


def every_card(**changes: Any) -> dict[str, Card]:
    def job(state: JobState, **more: Any) -> Any:
        return a_standing(state, **changes, **more)

    found = {
        **{name: cards.under_way(job(JobState.ACTIVE), one) for name, one in NOTICES.items()},
        "done": cards.finished(job(JobState.DONE), "<@5>"),
        "linked": cards.linked(
            job(JobState.DONE),
            "https://talkie.example/v/a",
            "<@5>",
            note=texts.lacks("Attach Files"),
        ),
        "held back": cards.held_back(job(JobState.DONE), "<@5>", texts.lacks(None)),
        "offer": cards.offer(job(JobState.ACTIVE)),
        "failed": cards.failed(job(JobState.FAILED, reason=Code.ENGINE_FAILED), "<@5>"),
        "cancelled": cards.cancelled(job(JobState.CANCELLED)),
        "expired": cards.expired(job(JobState.DONE)),
        "deleted": cards.deleted(job(JobState.DONE).job.id),
        "moved": cards.moved(job(JobState.DONE).job.id),
    }
    return found | {f"now {state}": cards.standing_now(job(state)) for state in JobState}


@pytest.mark.parametrize("mode", Mode)
def test_every_card_is_accepted_whatever_its_prompt_is(mode: Mode) -> None:
    for name, card in every_card(prompt=HOSTILE, mode=mode).items():
        text = said(card)
        assert "Video #12" in text, name
        assert "<@1234567890>" not in text.replace("\\<", ""), name
        assert "@everyone" not in text, name
        assert card.timeout is None, name
        assert card.is_persistent(), name


def test_the_state_is_said_in_words() -> None:
    expected = {
        "waiting": "Next in line.",
        "in line": "at most 3 videos are before yours",
        "progress": "`████░░░░░░░░` 40 %",
        "nearly": "last steps",
        "later": "longer than usual. Nothing is lost.",
        "delayed": "tries again <t:1767226200:R>",
        "done": texts.MADE_BY_AI,
        "failed": texts.FAILED,
        "cancelled": texts.CANCELLED,
        "expired": texts.EXPIRED,
        "moved": texts.SEE_BELOW,
        "now queued": "In line.",
    }
    made = every_card()
    assert {name: words for name, words in expected.items() if words not in said(made[name])} == {}


def test_a_time_is_told_with_its_spread_and_late_ones_promise_none() -> None:
    made = every_card()
    assert "Ready about <t:1767225690:R>, hardly later than <t:1767225840:t>." in said(
        made["in line"]
    )
    assert "Ready about" not in said(made["later"])
    far = replace(NOTICES["in line"], forecast=Forecast(likely_at_ms=0, latest_at_ms=10**8))
    assert ":f>" in said(cards.under_way(a_standing(JobState.QUEUED), far))


def test_what_a_job_holds_and_what_is_left_stand_on_its_first_card() -> None:
    first = cards.accepted(a_standing(JobState.QUEUED), NOTICES["waiting"], left=95)
    assert "Held 5 credits, 95 left." in said(first)
    later = cards.under_way(a_standing(JobState.QUEUED), NOTICES["waiting"])
    assert "held 5" in said(later)


def test_a_finished_card_shows_its_file_large_with_words_for_who_cannot_see_it() -> None:
    [gallery] = [
        part
        for part in parts(cards.finished(a_standing(JobState.DONE)))
        if part["type"] == nesting.Part.GALLERY
    ]
    [item] = gallery["items"]
    assert item["media"]["url"] == "attachment://talkie-12.mp4"
    assert item["description"].startswith("AI-generated video, 5 seconds: A red bicycle")
    components.check_files([gallery], {"talkie-12.mp4"})


def test_a_card_about_no_job_keeps_the_rules_and_says_what_to_do_next() -> None:
    made = slips_by_name()
    assert {name: card.is_persistent() for name, card in made.items()} == dict.fromkeys(made, True)
    shown = {
        name: [part["label"] for part in parts(card) if part["type"] == nesting.Part.BUTTON]
        for name, card in made.items()
    }
    assert shown == {
        "interrupted": [],
        "hasty": [],
        "opening": [],
        "listening": [],
        "preparing": [],
        "refused": [],
        "too-long": [texts.FIRST_PART],
        "who-speaks": [answers.CHOOSE_PICTURE],
        "directions": [],
    }
    assert "lasts 14.2 s" in said(made["too-long"])
    assert "/animate" in said(made["directions"])


def test_a_mention_stands_before_the_frame() -> None:
    card = cards.ending(a_standing(JobState.DONE), "<@5>")
    first, container = sent(card)
    assert (first["type"], container["type"]) == (nesting.Part.TEXT, nesting.Part.CONTAINER)
    assert said(card).startswith("<@5> ")


def test_a_finished_card_has_room_for_two_full_rows_of_buttons() -> None:
    rows = [
        frame.row(*(controls.button(f"{row}.{n}", f"{row}:{n}") for n in range(5)))
        for row in range(2)
    ]
    card = cards.finished(a_standing(JobState.DONE, prompt=HOSTILE), "<@5>", rows)
    assert sum(part["type"] == nesting.Part.BUTTON for part in parts(card)) == 10


def test_a_late_video_says_why_it_is_free() -> None:
    assert texts.LATE in said(cards.finished(a_late_one()))
    assert texts.LATE not in said(cards.finished(a_standing(JobState.DONE)))


def test_the_longest_list_stays_within_discord_s_limits() -> None:
    jobs = [a_standing(JobState.QUEUED, 10**14 + n, prompt=HOSTILE) for n in range(30)]
    found = parts(listing.listed(jobs))
    assert len(found) <= components.MOST_COMPONENTS
    shown = [part for part in found if part["type"] == nesting.Part.BUTTON]
    assert len(shown) == listing.MOST
    assert {button["custom_id"] for button in shown} == {
        f"v1:cancel:{10**14 + n}" for n in range(listing.MOST)
    }


def test_what_goes_on_can_be_called_off_and_what_is_done_can_be_shown() -> None:
    found = {
        state: [part["custom_id"] for part in parts(listing.listed([job])) if "custom_id" in part]
        for state in JobState
        for job in [a_standing(state)]
    }
    assert {state: ids for state, ids in found.items() if ids} == {
        JobState.QUEUED: ["v1:cancel:12"],
        JobState.WAITING: ["v1:cancel:12"],
        JobState.ACTIVE: ["v1:cancel:12"],
        JobState.DONE: ["v1:show:12"],
    }


def test_a_video_that_found_no_way_is_marked_in_the_list() -> None:
    stranded = a_standing(JobState.DONE, delivery=DeliveryState.STRANDED)
    assert texts.UNSEEN in said(listing.listed([stranded]))
    assert texts.UNSEEN not in said(listing.listed([a_standing(JobState.DONE)]))


def test_a_deleted_video_is_said_to_be_so_in_the_list() -> None:
    gone = a_standing(JobState.DONE, deleted_at=5, prompt="")
    listed = said(listing.listed([replace(gone, video=None)]))
    assert "**Video #12** · deleted · held 5 credits · charged 5" in listed
    assert "> " not in listed


@given(st.text(max_size=400))
def test_folded_words_are_one_short_line(words: str) -> None:
    folded = folding.fold(words)
    assert len(folded) <= 3 * folding.TWO_LINES
    assert "\n" not in folded
    assert len(folded.replace("\\", "").replace("\u200b", "")) <= folding.TWO_LINES


@given(st.text(alphabet="*_~|`<>[]#-@1. aé\\", max_size=80))
def test_nothing_in_folded_words_is_a_mark(words: str) -> None:
    folded = folding.fold(words)
    bare = "".join("x" if before == "\\" else after for before, after in _escaped_pairs(folded))
    assert not set(bare) & set("*_~|`<[]\\")
    assert not bare.startswith(("#", "-", ">"))


def _escaped_pairs(text: str) -> list[tuple[str, str]]:
    found, position = [], 0
    while position < len(text):
        if text[position] == "\\":
            found.append(("\\", text[position + 1]))
            position += 2
        else:
            found.append(("", text[position]))
            position += 1
    return found


def test_a_pile_of_signs_on_one_letter_is_levelled() -> None:
    assert folding.fold("Z\u0300\u0301\u0302\u0303" + "\u0304" * 40 + "o") == "Z\u0300\u0301o"
    assert folding.fold("Vie\u0323\u0302t") == "Vie\u0323\u0302t"


def test_folding_cuts_between_words() -> None:
    assert folding.fold("one  two\nthree four", 12) == "one two…"
    assert folding.fold("one, two, three", 12) == "one, two…"
    assert folding.fold("x" * 20, 10) == "x" * 9 + "…"
    assert folding.fold("fits", 4) == "fits"


def test_a_name_of_everyone_is_broken_and_an_ordinary_one_is_kept() -> None:
    assert "@everyone" not in folding.fold("hi @everyone")
    assert discord.utils.remove_markdown(folding.fold("a_b *c*")).count("c") == 1
