import asyncio

from storage import people
from storage.database import Body, Store
from tests.builders import NOW

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
