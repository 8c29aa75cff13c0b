"""Again and Remix: new jobs from old ones, once a press, with inputs for their own member."""

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from bot.app import App
from bot.domain.request import Wish
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from bot.services.again import Remix
from bot.services.submission import Origin, Ticket
from storage.records import JobId, Mode
from tests.fakes import sounds
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.household import JONAS, MIRA, a_source


async def again(
    talkie: App, source: JobId, member: int = MIRA, *, number: int | None = None, **changes: object
) -> Ticket:
    origin = Origin(discord_id=member, interaction_id=number)
    made = await talkie.services.again.consider(source, origin, Remix(**changes))  # type: ignore[arg-type]  # tests pass plain values
    assert isinstance(made, Ticket)
    return made


@pytest.fixture
def picture_wish(photo: Path) -> Wish:
    return Wish(mode=Mode.IMAGE, first_image=a_source(photo), shape=Shape.WIDE)


async def test_again_is_the_same_wish_with_another_seed(talkie: App) -> None:
    wish = Wish(mode=Mode.TEXT, prompt="A kite.", shape=Shape.TALL, seconds=3, seed=7)
    first = await household.asked(talkie, wish)
    second = await again(talkie, first.job)
    assert second.is_new
    assert second.plan.seed != first.plan.seed
    assert (second.plan.prompt, second.plan.shape, second.plan.frames) == (
        first.plan.prompt,
        first.plan.shape,
        first.plan.frames,
    )
    assert await household.rows(talkie, "SELECT made_from FROM job WHERE id = 2") == [
        {"made_from": first.job}
    ]


async def test_ten_presses_within_five_seconds_make_one_job(
    talkie: App, data: Path, picture_wish: Wish
) -> None:
    first = await household.asked(talkie, picture_wish)
    tickets = await asyncio.gather(*(again(talkie, first.job, number=100 + n) for n in range(10)))
    assert sum(ticket.is_new for ticket in tickets) == 1
    assert {ticket.job for ticket in tickets} == {2}
    assert len({ticket.plan for ticket in tickets}) == 1, "all show the one that is made"
    assert len(list((data / "jobs").iterdir())) == 2
    assert list((data / "scratch").iterdir()) == []


async def test_a_press_is_the_same_press_after_a_restart(data: Path, clock: Clock) -> None:
    async with household.opened(data, clock) as talkie:
        first = await household.asked(talkie)
        assert (await again(talkie, first.job)).is_new
    async with household.opened(data, clock) as talkie:
        assert not (await again(talkie, first.job)).is_new
        clock.advance(5.1)
        assert (await again(talkie, first.job)).is_new


async def test_one_interaction_makes_one_job_however_late_it_is_repeated(
    talkie: App, clock: Clock
) -> None:
    first = await household.asked(talkie)
    second = await again(talkie, first.job, number=5)
    clock.advance(3600)
    repeated = await again(talkie, first.job, number=5)
    assert (repeated.job, repeated.is_new) == (second.job, False)


async def test_different_members_and_different_wishes_are_different_presses(talkie: App) -> None:
    first = await household.asked(talkie)
    tickets = [
        await again(talkie, first.job),
        await again(talkie, first.job, JONAS),
        await again(talkie, first.job, prompt="A blue kite."),
        await again(talkie, first.job, shape=Shape.SQUARE, seconds=8.0),
    ]
    assert all(ticket.is_new for ticket in tickets)
    assert tickets[2].plan.prompt == "A blue kite."
    assert (tickets[3].plan.shape, tickets[3].plan.frames) == (Shape.SQUARE, 193)
    assert not (await again(talkie, first.job, prompt="A blue kite.")).is_new


async def test_a_press_that_was_called_off_may_be_repeated(talkie: App) -> None:
    first = await household.asked(talkie)
    second = await again(talkie, first.job)
    await talkie.services.jobs.cancel(MIRA, second.job)
    assert (await again(talkie, first.job)).is_new


async def test_inputs_go_along_and_outlive_the_video_they_came_from(
    talkie: App, data: Path, picture_wish: Wish
) -> None:
    first = await household.asked(talkie, picture_wish)
    await household.done(talkie, first.job)
    second = await again(talkie, first.job)
    await talkie.services.removal.remove(MIRA, first.job)
    (folder,) = (data / "jobs").iterdir()
    with Image.open(folder / "first.jpg") as picture:
        assert picture.size == (896, 512)
    assert await household.rows(
        talkie, f"SELECT role, file FROM input WHERE job_id = {second.job}"
    ) == [{"role": "first_image", "file": "first.jpg"}]


async def test_a_remix_in_another_shape_crops_its_own_copy(
    talkie: App, data: Path, picture_wish: Wish
) -> None:
    first = await household.asked(talkie, picture_wish)
    await again(talkie, first.job, shape=Shape.SQUARE)
    sizes = set()
    for folder in (data / "jobs").iterdir():
        with Image.open(folder / "first.jpg") as picture:
            sizes.add(picture.size)
    assert sizes == {(896, 512), (768, 768)}


async def test_a_sound_keeps_its_length_whatever_a_remix_asks(talkie: App, tmp_path: Path) -> None:
    voice = sounds.encode(tmp_path / "a.ogg", sounds.speech(2.6), "-c:a", "libopus")
    first = await household.asked(talkie, Wish(mode=Mode.AUDIO, sound=a_source(voice)))
    second = await again(talkie, first.job, seconds=9.0)
    assert second.plan.frames == first.plan.frames
    kept = await household.rows(
        talkie, f"SELECT role FROM input WHERE job_id = {second.job} ORDER BY role"
    )
    assert [row["role"] for row in kept] == ["clean_wav", "drive_mp3", "drive_wav"]


async def test_another_member_s_picture_is_not_theirs_to_use(
    talkie: App, data: Path, picture_wish: Wish
) -> None:
    first = await household.asked(talkie, picture_wish)
    for attempt in (
        again(talkie, first.job, JONAS),
        talkie.services.again.source(JONAS, first.job),
    ):
        with pytest.raises(UserError) as caught:
            await attempt
        assert caught.value.code is Code.INPUTS_NOT_YOURS
    assert len(list((data / "jobs").iterdir())) == 1
    assert (await talkie.services.again.source(MIRA, first.job)) == first.plan


async def test_what_is_deleted_or_unknown_cannot_be_made_again(talkie: App) -> None:
    first = await household.asked(talkie)
    await talkie.services.jobs.cancel(MIRA, first.job)
    await talkie.services.removal.remove(MIRA, first.job)
    for job, code in ((first.job, Code.JOB_DELETED), (JobId(99), Code.JOB_UNKNOWN)):
        with pytest.raises(UserError) as caught:
            await again(talkie, job)
        assert caught.value.code is code


async def test_inputs_that_are_gone_from_the_disk_are_said_to_be_gone(
    talkie: App, data: Path, picture_wish: Wish
) -> None:
    first = await household.asked(talkie, picture_wish)
    next((data / "jobs").rglob("first.jpg")).unlink()
    with pytest.raises(UserError) as caught:
        await again(talkie, first.job)
    assert caught.value.code is Code.INPUTS_GONE
    assert len(list((data / "jobs").iterdir())) == 1
    assert list((data / "scratch").iterdir()) == []


async def test_a_full_queue_leaves_no_inputs_of_the_press(
    talkie: App, data: Path, picture_wish: Wish
) -> None:
    first = await household.asked(talkie, picture_wish)
    for number in range(4):
        await household.asked(talkie, Wish(mode=Mode.TEXT, prompt=f"Kite {number}."))
    with pytest.raises(UserError) as caught:
        await again(talkie, first.job)
    assert caught.value.code is Code.QUEUE_FULL
    assert len(list((data / "jobs").iterdir())) == 5
