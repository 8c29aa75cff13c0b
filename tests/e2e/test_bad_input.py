"""Bad input at every door: a sentence for the member, nothing taken, the number in the log."""

import logging
import re
from pathlib import Path

import pytest

from storage.records import Balance
from tests.e2e.asking import OWNER_PROBLEMS
from tests.e2e.conftest import WORDS, Town
from tests.fakes.deapi.behaviour import JobFault, RequestFault
from tests.fakes.discord.files import Upload
from tests.fakes.discord.view import View
from tests.fakes.sounds import encode, film, speech

UNTOUCHED = Balance(available=100, held=0)


def failed(view: View) -> bool:
    return "could not be made" in view.text


def upload(path: Path) -> Upload:
    return Upload(filename=path.name, content=path.read_bytes())


def a_file(name: str, folder: Path) -> Upload:
    """A file that is no good."""
    match name:
        case "without sound":
            return upload(film(folder / "silent.mp4", None))
        case "ten seconds more":
            return upload(encode(folder / "long.ogg", speech(130), "-c:a", "libopus"))
        case "text":
            return Upload(filename="song.mp3", content=b"la la la " * 50)
        case "empty":
            return Upload(filename="empty.png", content=b"")
        case _:
            return Upload(filename="half.png", content=b"\x89PNG\r\n\x1a\n" + b"\0" * 20)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("without sound", "There is no sound in it"),
        ("ten seconds more", "longer than two minutes"),
        ("text", "not a sound I can read"),
    ],
)
async def test_a_bad_sound_is_refused_with_its_reason(
    town: Town, tmp_path: Path, file: str, sentence: str
) -> None:
    await town.start()
    message = await town.slash("talk", audio=a_file(file, tmp_path))
    assert sentence in town.view(message).text
    assert await town.balance() == UNTOUCHED
    assert town.deapi.posts == 0
    assert await town.broken_invariants() == []


@pytest.mark.parametrize(
    ("file", "sentence"), [("empty", "This file is empty"), ("truncated", "picture")]
)
async def test_a_bad_picture_is_refused_with_its_reason(
    town: Town, tmp_path: Path, file: str, sentence: str
) -> None:
    await town.start()
    message = await town.slash("animate", image=a_file(file, tmp_path), prompt=WORDS)
    assert sentence in town.view(message).text
    assert await town.balance() == UNTOUCHED
    assert not list((town.data / "jobs").iterdir())
    assert not list((town.data / "scratch").iterdir())


async def test_a_prompt_that_is_too_long_is_refused_privately_at_once(town: Town) -> None:
    await town.start()
    message = await town.slash("video", prompt="ab " * 1_666 + "ab")
    view = town.view(message)
    assert "5000 characters, the limit is 4000" in view.text
    assert view.is_ephemeral


async def test_too_long_a_sound_offers_its_first_part(town: Town, tmp_path: Path) -> None:
    await town.start()
    sound = upload(encode(tmp_path / "14s.ogg", speech(14), "-c:a", "libopus"))
    message = await town.slash("talk", audio=sound)
    view = town.view(message)
    assert "lasts 14" in view.text
    assert await town.balance() == UNTOUCHED
    await town.stop()
    await town.start()
    pressed = await town.discord.people.click(town.mira, message, "Use the first 10 s")
    answer = await town.reply(pressed)
    await town.until(answer, lambda seen: bool(seen.files))
    [post] = [seen for seen in town.deapi.asked("videos/audio-syncs") if "price" not in seen.path]
    assert int(str(post.fields["frames"])) >= 193


async def test_pressed_twice_at_once_it_is_one_job_and_a_word_in_private(
    town: Town, tmp_path: Path
) -> None:
    await town.start()
    sound = upload(encode(tmp_path / "14s.ogg", speech(14), "-c:a", "libopus"))
    message = await town.slash("talk", audio=sound)
    both = [
        await town.discord.people.click(town.mira, message, "Use the first 10 s") for _ in range(2)
    ]
    answers = [town.view(await town.reply(each)) for each in both]
    [refused] = [each for each in answers if "just pressed this" in each.text]
    assert refused.is_ephemeral
    assert len(await town.rows("SELECT id FROM job")) == 1


async def test_somebody_else_cannot_press_the_button(town: Town, tmp_path: Path) -> None:
    await town.start()
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    sound = upload(encode(tmp_path / "14s.ogg", speech(14), "-c:a", "libopus"))
    message = await town.slash("talk", audio=sound)
    pressed = await town.discord.people.click(noa, message, "Use the first 10 s")
    answer = await town.reply(pressed)
    assert "somebody else" in town.view(answer).text


async def test_without_credits_nothing_begins(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_WELCOME_CREDITS", "3")
    await town.start()
    message = await town.slash("video", prompt=WORDS)
    assert "costs 5 credits and you have 3" in town.view(message).text
    assert town.deapi.posts == 0
    assert await town.broken_invariants() == []


async def test_a_full_queue_refuses_privately(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_MEMBER_QUEUE", "1")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS)
    await town.started(1)
    await town.slash("video", prompt=WORDS)
    third = town.view(await town.slash("video", prompt=WORDS))
    assert "already have 1 video" in third.text
    assert third.is_ephemeral
    assert await town.balance() == Balance(available=90, held=10)


async def test_the_host_s_budget_for_the_day_is_kept(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_DAILY_SPEND_USD", "0.06")
    await town.start()
    first = await town.slash("video", prompt=WORDS)
    await town.until(first, lambda seen: bool(seen.files))
    second = town.view(await town.slash("video", prompt=WORDS))
    assert "budget" in second.text
    assert await town.balance() == Balance(available=95, held=0)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (RequestFault.INVALID, "refused this request"),
        (RequestFault.DROP_ACCEPTED, "does not ask twice"),
        (RequestFault.GATEWAY_ACCEPTED, "does not ask twice"),
        (RequestFault.SERVER_ERROR, "does not ask twice"),
        (RequestFault.GARBAGE_ACCEPTED, "does not ask twice"),
    ],
)
async def test_a_failing_submit_gives_the_credits_back(
    town: Town, fault: RequestFault, sentence: str
) -> None:
    await town.start()
    await town.deapi_plans(fault)
    message = await town.slash("video", prompt=WORDS)
    await town.until_row("SELECT 1 FROM call WHERE state IN ('doubt', 'failed')")
    await town.let_time_pass(11)
    view = await town.until(message, failed)
    assert sentence in view.text
    assert "held 5 credits · returned 5" in view.text
    assert await town.balance() == UNTOUCHED
    assert town.deapi.posts <= 1
    assert await town.broken_invariants() == []


@OWNER_PROBLEMS
async def test_jobs_wait_for_the_owner_s_account_and_the_owner_is_told_once(
    town: Town, fault: RequestFault | None, problem: str
) -> None:
    await town.start()
    money = town.deapi.behaviour.balance
    if fault is None:
        town.deapi.behaviour.balance = money * 0
    else:
        await town.deapi_plans(fault)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    second = await town.slash("video", prompt=WORDS, seconds=2)
    for each in (message, second):
        await town.until(each, lambda seen: "its owner knows" in seen.text)
    owners = town.discord.world.dm(town.discord.world.owner)
    notice = await town.discord.observer.message(owners)
    assert problem in town.view(notice).text
    assert await town.balance() == Balance(available=90, held=10)
    tries = await town.rows("SELECT attempts FROM job")
    assert [row["attempts"] for row in tries] == [0, 0], "however long it lasts, it uses up none"
    town.deapi.behaviour.balance = money
    await town.let_time_pass(700)
    await town.until(message, lambda seen: bool(seen.files))
    await town.until(second, lambda seen: bool(seen.files))
    assert len(town.discord.observer.messages(owners)) == 1
    assert await town.broken_invariants() == []


async def test_a_busy_provider_is_waited_for_and_the_job_can_be_called_off(town: Town) -> None:
    await town.start()
    await town.deapi_plans(RequestFault.RATE_LIMITED_DAY)
    message = await town.slash("video", prompt=WORDS)
    await town.until(message, lambda seen: "tries again" in seen.text)
    assert await town.balance() == Balance(available=95, held=5)
    listed = await town.slash("jobs")
    view = town.view(listed)
    assert "waits for the video service" in view.text
    pressed = await town.discord.people.click(town.mira, listed, "Cancel #1")
    answer = await town.reply(pressed)
    assert "held 5 credits · returned 5" in town.view(answer).text
    await town.until(message, lambda seen: "called off" in seen.text)
    assert await town.balance() == UNTOUCHED
    assert await town.broken_invariants() == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (JobFault.ERROR_FINAL, "could not finish this one"),
        (JobFault.NOT_VIDEO, "was broken"),
    ],
)
async def test_a_result_that_is_none_gives_the_credits_back(
    town: Town, fault: JobFault, sentence: str
) -> None:
    await town.start()
    town.deapi.faults.plan_job(fault)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    view = await town.until(message, failed)
    assert sentence in view.text
    assert "held 5 credits · returned 5" in view.text
    assert await town.balance() == UNTOUCHED
    assert await town.broken_invariants() == []


async def test_a_link_that_is_too_old_is_asked_for_again(town: Town) -> None:
    await town.start()
    town.deapi.faults.plan_job(JobFault.URL_EXPIRED)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    view = await town.until(message, lambda seen: bool(seen.files) or failed(seen))
    assert view.files
    assert await town.broken_invariants() == []


async def test_an_unexpected_mistake_is_an_apology_with_a_number(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    await town.start()
    (town.data / "videos").rmdir()
    (town.data / "videos").write_text("not a folder")
    with caplog.at_level(logging.ERROR):
        message = await town.slash("video", prompt=WORDS, seconds=2)
        view = await town.until(message, failed)
    [number] = re.findall(r"`([0-9a-f]{8})`", view.text)
    assert any(getattr(record, "incident", None) == number for record in caplog.records)
    assert "Traceback" not in view.text
    assert str(town.data) not in view.text
    assert await town.balance() == UNTOUCHED
    assert await town.broken_invariants() == []
