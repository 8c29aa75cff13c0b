import asyncio

from storage import holdings, jobs, people
from storage.belongings import Holdings
from storage.database import Body, Store
from storage.records import Role
from tests.builders import NOW, a_new_job

DAY_MS = 86_400_000


def directed(now: int) -> Body[bool]:
    person = yield from people.resolve(77, NOW)
    return (yield from people.direct(person, now=now, before=now - DAY_MS))


async def test_of_ten_messages_at_once_one_is_answered_with_the_commands(store: Store) -> None:
    found = await asyncio.gather(*(store.write(directed(NOW)) for _ in range(10)))
    assert sorted(found) == [False] * 9 + [True]


async def test_a_day_later_the_commands_are_shown_again(store: Store) -> None:
    moments = (NOW, NOW + DAY_MS - 1, NOW + DAY_MS, NOW + DAY_MS + 1)
    assert [await store.write(directed(now)) for now in moments] == [True, False, True, False]


def made_from(*roles: Role) -> Body[Holdings]:
    person = yield from people.resolve(78, NOW)
    new = a_new_job(person, hold=0, price_micro=0)
    job = yield from jobs.enqueue(new, queue_cap=1_000, frames_cap=10**9)
    assert job is not None
    yield from jobs.keep_inputs(job, {role: f"{role}.file" for role in roles})
    return (yield from holdings.of(person))


async def test_what_a_video_was_made_from_counts_as_its_member_sent_it(store: Store) -> None:
    sound = (Role.DRIVE_WAV, Role.DRIVE_MP3, Role.CLEAN_WAV)
    spoken = await store.write(made_from(Role.FIRST_IMAGE, *sound))
    assert (spoken.pictures, spoken.sounds) == (1, 1)
    moved = await store.write(made_from(Role.FIRST_IMAGE, Role.LAST_IMAGE))
    assert (moved.pictures, moved.sounds) == (3, 1)
