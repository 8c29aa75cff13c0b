"""What members chose for all their videos, and what they asked for before."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import App
from bot.domain import prompt
from bot.domain.request import Wish
from bot.errors import Code, UserError
from storage import jobs, people
from storage.belongings import Choices
from storage.database import Body
from storage.records import JobId, Mode
from tests.builders import a_new_job
from tests.integration.services import household
from tests.integration.services.household import JONAS, MIRA


async def test_who_chose_nothing_gets_what_talkie_does_by_itself(talkie: App) -> None:
    assert await talkie.services.preferences.of(MIRA) == Choices()


async def test_choices_are_kept_for_each_member(talkie: App) -> None:
    preferences = talkie.services.preferences
    wanted = Choices(shape="tall", dm_when_done=True, coach=False, credit_name=True)
    assert await preferences.change(MIRA, lambda _: wanted) == wanted
    await asyncio.gather(
        preferences.change(MIRA, lambda was: replace(was, shape=None)),
        preferences.change(MIRA, lambda was: replace(was, coach=True)),
    )
    assert await preferences.of(MIRA) == replace(wanted, shape=None, coach=True)
    assert await preferences.of(JONAS) == Choices()
    with pytest.raises(ValueError, match="round"):
        await preferences.change(MIRA, lambda was: replace(was, shape="round"))


async def made(talkie: App, member: int, prompts: list[str]) -> None:
    def body() -> Body[None]:
        person = yield from people.resolve(member, 1)
        for words in prompts:
            yield from jobs.enqueue(
                a_new_job(person, prompt=words), queue_cap=10_000, frames_cap=10**9
            )

    await talkie.parts.store.write(body())


async def test_a_member_s_own_prompts_come_back_newest_first_and_once(talkie: App) -> None:
    await made(talkie, MIRA, ["A red kite.", "A dog.", "A Red Kite.", "100% wool_x", "a cat"])
    await made(talkie, JONAS, ["A red balloon."])
    recall = talkie.services.recall
    assert [each.prompt for each in await recall.recent_prompts(MIRA)] == [
        "a cat",
        "100% wool_x",
        "A Red Kite.",
        "A dog.",
    ]
    (kite,) = await recall.recent_prompts(MIRA, "  RED ")
    assert (kite.job, kite.prompt) == (3, "A Red Kite.")
    assert [each.prompt for each in await recall.recent_prompts(MIRA, "% wool_")] == ["100% wool_x"]
    assert await recall.recent_prompts(MIRA, "___") == []
    assert len(await recall.recent_prompts(MIRA, limit=2)) == 2
    assert await recall.recent_prompts(999) == []


async def test_words_of_talkie_itself_and_deleted_ones_are_not_recalled(talkie: App) -> None:
    await made(talkie, MIRA, [prompt.default_for(Mode.IMAGE, has_picture=True)])
    ticket = await household.asked(talkie, Wish(mode=Mode.TEXT, prompt="A kite."), MIRA)
    await talkie.services.jobs.cancel(MIRA, ticket.job)
    assert len(await talkie.services.recall.recent_prompts(MIRA)) == 1
    await talkie.services.removal.remove(MIRA, ticket.job)
    assert await talkie.services.recall.recent_prompts(MIRA) == []
    with pytest.raises(UserError) as caught:
        await talkie.services.recall.prompt_of(MIRA, ticket.job)
    assert caught.value.code is Code.JOB_DELETED


async def test_a_prompt_by_its_job_is_its_member_s_alone(talkie: App) -> None:
    await made(talkie, MIRA, ["A red kite."])
    assert await talkie.services.recall.prompt_of(MIRA, JobId(1)) == "A red kite."
    for member, job, code in ((JONAS, 1, Code.NOT_YOURS), (MIRA, 9, Code.JOB_UNKNOWN)):
        with pytest.raises(UserError) as caught:
            await talkie.services.recall.prompt_of(member, JobId(job))
        assert caught.value.code is code


async def test_recalling_uses_an_index(talkie: App) -> None:
    plan = await household.rows(
        talkie,
        "EXPLAIN QUERY PLAN SELECT id, prompt FROM job WHERE person_id = 2"
        " ORDER BY id DESC LIMIT 300",
    )
    assert "job_mine" in str(plan[0]["detail"])
