import asyncio

from bot.services.bell import Bell
from bot.services.events import Bus, Ended, Event, Progressed, Started
from bot.services.turns import Turnstile
from storage.records import JobId

ONE, TWO = JobId(1), JobId(2)


async def test_a_ring_while_nobody_waits_is_kept() -> None:
    bell = Bell()
    bell.ring()
    assert await bell.wait(10)
    assert not await bell.wait(0)


async def test_everybody_who_listens_hears_every_event_in_order() -> None:
    bus = Bus()
    with bus.listen() as first, bus.listen() as second:
        bus.publish(Started(ONE))
        bus.publish(Ended(ONE))
        assert [first.get_nowait(), first.get_nowait()] == [Started(ONE), Ended(ONE)]
        assert second.get_nowait() == Started(ONE)
    bus.publish(Started(TWO))
    assert first.empty()


async def test_a_hearer_is_called_at_once_and_misses_nothing() -> None:
    bus, heard = Bus(), list[Event]()
    bus.hear(heard.append)
    for step in range(1_500):
        bus.publish(Progressed(ONE, step / 1_500))
    assert len(heard) == 1_500


async def test_a_listener_that_sleeps_loses_its_oldest_news_and_blocks_nobody() -> None:
    bus = Bus()
    with bus.listen() as queue:
        for step in range(1_500):
            bus.publish(Progressed(ONE, step / 1_500))
        assert queue.qsize() == 1_000
        assert queue.get_nowait() == Progressed(ONE, 500 / 1_500)


async def test_who_writes_on_a_message_waits_for_who_writes_there_already() -> None:
    turns = Turnstile()
    written: list[str] = []

    async def ending() -> None:
        async with turns.passing(ONE):
            written.append("ending")

    async with turns.passing(ONE):
        task = asyncio.create_task(ending())
        await asyncio.sleep(0)
        async with turns.passing(TWO):
            written.append("another message")
        written.append("progress")
    await task
    assert written == ["another message", "progress", "ending"]


async def test_a_turnstile_remembers_nobody_who_has_passed() -> None:
    turns = Turnstile()
    for number in range(100):
        async with turns.passing(number):
            pass
    assert len(turns._locks) == 0
