"""The index of words is rid of what was deleted, without holding up other writes for long."""

import itertools
from pathlib import Path

from storage import gallery
from storage.database import Body, Statement, Store, single

MANY = 6_000
SECRET = "zebrafinch"


def filled() -> Body[None]:
    """As many prompts as fill some megabytes; the words of one occur nowhere else."""
    for number in range(1, MANY + 1):
        words = " ".join(f"w{number * step % 9973}" for step in range(1, 40))
        yield Statement(
            "INSERT INTO wording (rowid, prompt, facets) VALUES (:number, :prompt, 'g1')",
            {"number": number, "prompt": f"{words} {SECRET}" if number == MANY // 2 else words},
        )


async def found(store: Store, word: str) -> int:
    match = Statement(
        "SELECT count(*) AS many FROM wording WHERE wording MATCH :word", {"word": word}
    )
    return int((await store.read(single(match)))[0]["many"])


async def test_a_large_index_of_words_is_tidied_in_parts(store: Store, tmp_path: Path) -> None:
    await store.write(filled())
    gone = Statement("DELETE FROM wording WHERE rowid = :number", {"number": MANY // 2})
    await store.write(single(gone))
    more, parts, other = True, 0, 10 * MANY
    for parts in itertools.count(1):
        more = await store.write(gallery.tidy_words(begins=parts == 1))
        if not more:
            break
        # Somebody shares a video meanwhile.
        other += 1
        new = "INSERT INTO wording (rowid, prompt, facets) VALUES (:number, 'between', 'g1')"
        await store.write(single(Statement(new, {"number": other})))
    assert parts > 3
    await store.scrub()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if SECRET.encode() in path.read_bytes()] == []
    assert await found(store, SECRET) == 0
    assert await found(store, "between") == parts - 1
    assert await found(store, "w1") > 0


async def test_an_index_that_is_tidy_is_left_alone(store: Store) -> None:
    await store.write(filled())
    while await store.write(gallery.tidy_words(begins=True)):
        pass
    assert not await store.write(gallery.tidy_words(begins=True))
