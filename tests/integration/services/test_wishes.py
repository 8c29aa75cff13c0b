"""Drafts: whatever lies in their rows, members read a sentence and logs hold no prompt."""

import pytest

from bot.domain.request import Wish
from bot.errors import Code, UserError
from bot.services.wishes import Kept, Wishes
from storage.database import Statement, Store, single
from storage.records import Mode
from tests.fakes.clock import Clock

MIRA = 501
KEPT = Kept(wish=Wish(mode=Mode.TEXT, prompt="A secret lighthouse."))


@pytest.mark.parametrize("wish", ["{}", "[]", "no JSON", '{"wish": {"prompt": "A secret plan."}}'])
async def test_a_draft_of_another_version_has_expired(
    store: Store, clock: Clock, wish: str
) -> None:
    wishes = Wishes(store, clock)
    draft = await wishes.keep(KEPT, MIRA)
    await store.write(single(Statement("UPDATE draft SET wish = :wish", {"wish": wish})))
    for use in (wishes.get(draft, MIRA), wishes.edit(draft, MIRA, lambda kept: kept)):
        with pytest.raises(UserError) as caught:
            await use
        assert caught.value.code is Code.FORM_EXPIRED
        assert caught.value.__cause__ is None
    await wishes.change(draft, KEPT, MIRA)
    assert await wishes.get(draft, MIRA) == KEPT
