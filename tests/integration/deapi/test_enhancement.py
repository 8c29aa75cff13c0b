"""Prompts that deAPI rewrites: what is sent, what it costs, what goes wrong."""

from pathlib import Path

import pytest

from bot.deapi import errors
from bot.deapi.client import Client
from bot.deapi.enhancement import Enhancement
from bot.deapi.models import Inference
from bot.engines import base
from bot.engines.base import Draft, Reason
from bot.engines.deapi import DeapiEngine
from storage.records import Mode
from tests.fakes.deapi import catalog, prompts
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.server import StandIn
from tests.fakes.deapi.uploads import Upload
from tests.fakes.samples import picture

WORDS = "A red bicycle leans against a harbour wall."
LTX = catalog.LTX.slug
ASKED = Enhancement(inference=Inference.TEXT, model=LTX, prompt=WORDS)
DRAFT = Draft(mode=Mode.TEXT, model=LTX, words=WORDS)


@pytest.fixture
def engine(client: Client) -> DeapiEngine:
    return DeapiEngine(client, model=LTX)


async def test_a_prompt_goes_as_the_documents_ask_for(stand_in: StandIn, client: Client) -> None:
    better = await client.enhance(ASKED)
    assert better == f"{WORDS} {prompts.ADDED}"
    [seen] = stand_in.rewritings
    assert seen.headers["Content-Type"].startswith("multipart/form-data")
    assert seen.fields == {"prompt": WORDS, "type": "videos.generations", "model_slug": LTX}


async def test_an_animation_brings_its_picture(
    stand_in: StandIn, engine: DeapiEngine, tmp_path: Path
) -> None:
    first = tmp_path / "first.jpg"
    first.write_bytes(picture(512, 512))
    await engine.rewrite(Draft(mode=Mode.IMAGE, model=LTX, words=WORDS, first_image=first))
    [seen] = stand_in.rewritings
    sent = seen.fields["image"]
    assert isinstance(sent, Upload)
    assert sent.content == first.read_bytes()
    assert seen.fields["type"] == "videos.animations"


@pytest.mark.parametrize("in_data", [True, False])
async def test_the_price_is_read_in_either_place(
    stand_in: StandIn, client: Client, *, in_data: bool
) -> None:
    stand_in.behaviour.enhancement_price_in_data = in_data
    # 0.0001 + 43 x 0.0000002 dollars
    assert await client.price_enhancement(ASKED) == 109
    assert stand_in.rewritings == []


async def test_a_price_that_insists_on_a_picture_is_asked_with_one(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    stand_in.behaviour.enhancement_price_wants_image = True
    assert (await engine.quote_rewriting(100, Mode.IMAGE, LTX)).price_micro == 120
    assert stand_in.price_reads == 2
    await engine.quote_rewriting(300, Mode.IMAGE, LTX)
    assert stand_in.price_reads == 3, "it is remembered"


async def test_without_a_guide_the_price_already_says_so(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    stand_in.behaviour.has_guides = False
    with pytest.raises(base.Refused):
        await engine.quote_rewriting(100, Mode.TEXT, LTX)
    with pytest.raises(base.Refused):
        await engine.rewrite(DRAFT)


async def test_nothing_is_asked_for_what_has_no_kind_of_its_own(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    with pytest.raises(base.Refused):
        await engine.rewrite(Draft(mode=Mode.AUDIO, model=LTX, words=WORDS))
    with pytest.raises(base.Refused):
        await engine.quote_rewriting(100, Mode.AUDIO, LTX)
    with pytest.raises(base.Refused):
        await engine.rewrite(Draft(mode=Mode.TEXT, model=LTX, words="Hm"))
    with pytest.raises(base.Refused):
        await engine.rewrite(Draft(mode=Mode.IMAGE, model=LTX, words=WORDS))
    assert stand_in.seen == []


@pytest.mark.parametrize(
    "fault",
    [
        RequestFault.DROP_ACCEPTED,
        RequestFault.CUT_ACCEPTED,
        RequestFault.GARBAGE_ACCEPTED,
        RequestFault.GATEWAY_ACCEPTED,
        RequestFault.SERVER_ERROR,
    ],
)
async def test_a_lost_answer_is_never_asked_for_again(
    stand_in: StandIn, client: Client, engine: DeapiEngine, fault: RequestFault
) -> None:
    stand_in.faults.plan(fault, path=prompts.PATH, exact=True)
    with pytest.raises(base.Unsure):
        await engine.rewrite(DRAFT)
    assert len(stand_in.rewritings) == 1
    stand_in.faults.plan(fault, path=prompts.PATH, exact=True)
    with pytest.raises(errors.Ambiguous):
        await client.enhance(ASKED)
    assert len(stand_in.rewritings) == 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (RequestFault.RATE_LIMITED, Reason.BUSY),
        (RequestFault.UNAUTHORIZED, Reason.KEY),
        (RequestFault.SUSPENDED, Reason.SUSPENDED),
    ],
)
async def test_a_refusal_for_now_has_cost_nothing(
    stand_in: StandIn, engine: DeapiEngine, fault: RequestFault, reason: Reason
) -> None:
    stand_in.faults.plan(fault, path=prompts.PATH, exact=True)
    with pytest.raises(base.NotStarted) as refused:
        await engine.rewrite(DRAFT)
    assert refused.value.reason is reason
    assert len(stand_in.rewritings) == 1
