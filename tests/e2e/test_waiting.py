"""What members see while they wait: true, and nothing after the ending."""

import pytest

from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.patience import ask, edits, finish, pass_time, progress, settle, texts
from tests.fakes.deapi.behaviour import RequestFault


async def test_the_place_moves_up_and_then_the_making_is_told(waits: Town) -> None:
    first = await ask(waits)
    await waits.started(1)
    second, third = await ask(waits), await ask(waits)
    assert "Next in line." in waits.view(second).text
    assert "at most 1 video is before yours" in waits.view(third).text
    assert "Ready about <t:" in waits.view(third).text
    await finish(waits, 1)
    await waits.until(first, lambda seen: bool(seen.files))
    await waits.until_row("SELECT 1 FROM call WHERE job_id = 2 AND state = 'started'")
    # News reach both cards in turn; a card is edited when its time has come.
    for card, news in ((second, "Being made now."), (third, "Next in line.")):
        while news not in waits.view(card).text:
            await pass_time(waits, 10)


async def test_progress_is_a_bar_and_never_stands_at_its_end(waits: Town) -> None:
    message = await ask(waits)
    await waits.started(1)
    await pass_time(waits, 10)
    progress(waits, 1, 0.5)
    await pass_time(waits, 10)
    assert "`██████░░░░░░` 50 %" in waits.view(message).text
    progress(waits, 1, 0.99)
    await pass_time(waits, 10)
    assert "Nearly done" in waits.view(message).text
    assert "%" not in waits.view(message).text


async def test_an_engine_that_falls_silent_leaves_no_old_percentage(waits: Town) -> None:
    message = await ask(waits)
    await waits.started(1)
    progress(waits, 1, 0.5)
    await pass_time(waits, 10)
    assert "50 %" in waits.view(message).text
    await pass_time(waits, 100)
    assert "%" not in waits.view(message).text


async def test_what_takes_longer_than_usual_is_said_to(waits: Town) -> None:
    message = await ask(waits)
    await waits.started(1)
    await pass_time(waits, 10)
    assert "Ready about" in waits.view(message).text
    await pass_time(waits, 500)
    assert "longer than usual. Nothing is lost." in waits.view(message).text
    assert "Ready about" not in waits.view(message).text
    await finish(waits, 1)
    await waits.until(message, lambda seen: bool(seen.files))
    count = len(texts(message))
    await pass_time(waits, 10)
    assert len(texts(message)) == count, "nothing is written over the ending"


async def test_the_button_for_later_stays_on_the_card_when_there_is_other_news(
    waits: Town,
) -> None:
    message = await ask(waits)
    await waits.started(1)
    await pass_time(waits, 850)
    await waits.until_row("SELECT 1 FROM reply WHERE offered = 1")
    await pass_time(waits, 6)
    progress(waits, 1, 0.5)
    await pass_time(waits, 11)
    card = waits.view(message)
    assert "50 %" in card.text
    assert [button.label for button in card.buttons] == ["Get video", "Cancel #1"]


async def test_a_deleted_message_is_tried_once_and_the_video_still_comes(
    waits: Town, caplog: pytest.LogCaptureFixture
) -> None:
    message = await ask(waits)
    await waits.started(1)
    await pass_time(waits, 10)
    waits.discord.messages.delete(message)
    begun = len(waits.discord.journal.entries())
    for step in range(1, 12):
        progress(waits, 1, step / 12)
        await pass_time(waits, 15)
    assert [entry.status for entry in edits(waits, begun)] == [404]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    await finish(waits, 1)
    await waits.discord.observer.message(waits.channel, lambda view: bool(view.files), LONG_S)


async def test_a_token_that_died_early_leaves_the_bot_s_own_route(waits: Town) -> None:
    message = await ask(waits)
    await waits.started(1)
    await settle(waits)
    waits.discord.clock.advance(901)
    progress(waits, 1, 0.5)
    await settle(waits)
    await pass_time(waits, 10)
    assert "50 %" in waits.view(message).text
    assert edits(waits)[-1].detail["path"].startswith("/channels/")


async def test_a_job_that_was_put_off_says_why_and_when_it_goes_on(waits: Town) -> None:
    await waits.deapi_plans(RequestFault.RATE_LIMITED_DAY)
    message = await ask(waits)
    await waits.until_row("SELECT 1 FROM job WHERE state = 'waiting'")
    await pass_time(waits, 6)
    text = waits.view(message).text
    assert "The video service is busy. Talkie tries again <t:" in text
    assert "Nothing is lost." in text


async def test_where_no_route_leads_nothing_is_tried(waits: Town) -> None:
    """The app is only installed by its user: after fifteen minutes nobody can edit the message."""
    elsewhere = waits.discord.world.add_guild("Elsewhere", members=[waits.mira], has_bot=False)
    waits.mira.installed = True
    lounge = waits.discord.world.add_channel(elsewhere, "lounge")
    asked = await waits.discord.people.slash(
        waits.mira, lounge, "video", {"prompt": WORDS, "seconds": 2}
    )
    await waits.reply(asked, LONG_S)
    await waits.started(1)
    await waits.forget_tokens()
    begun = len(waits.discord.journal.entries())
    for step in range(1, 6):
        progress(waits, 1, step / 10)
        await pass_time(waits, 30)
    assert edits(waits, begun) == []
