"""Whoever has no answer yet goes before everybody who has one, but nobody waits for ever."""

import asyncio

from bot.services.precedence import Precedence

LONG_S = 600.0


async def turns(count: int) -> None:
    """Let the loop go round."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_nobody_waits_while_all_are_answered() -> None:
    await Precedence(LONG_S).give_way()


async def test_work_goes_on_once_the_last_of_all_is_answered() -> None:
    precedence = Precedence(LONG_S)
    with precedence.first():
        with precedence.first():
            waiting = asyncio.create_task(precedence.give_way())
            await turns(20)
        await turns(20)
        assert not waiting.done()
    await waiting


async def test_an_answer_that_fails_holds_nobody_back() -> None:
    precedence = Precedence(LONG_S)
    try:
        with precedence.first():
            raise ConnectionError
    except ConnectionError:
        await precedence.give_way()


async def test_whoever_comes_while_the_line_moves_still_goes_first() -> None:
    precedence = Precedence(LONG_S)
    answered = asyncio.Event()
    passed: list[int] = []

    async def come() -> None:
        with precedence.first():
            await answered.wait()

    async def follow(number: int) -> None:
        await precedence.give_way()
        passed.append(number)
        if number == 1:
            newcomers.append(asyncio.create_task(come()))

    newcomers: list[asyncio.Task[None]] = []
    with precedence.first():
        line = [asyncio.create_task(follow(number)) for number in range(5)]
        await turns(20)
    await turns(100)
    assert passed == [0, 1]
    answered.set()
    await asyncio.gather(*line, *newcomers)
    assert passed == [0, 1, 2, 3, 4]


async def test_however_many_come_the_whole_line_goes_on_in_the_end() -> None:
    precedence = Precedence(longest_s=0.01)
    with precedence.first():
        await asyncio.gather(*(precedence.give_way() for _ in range(100)))
