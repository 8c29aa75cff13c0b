"""Lines that deAPI speaks: what is sent, what it costs, which voices there are."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.deapi import errors
from bot.deapi.bodies import Webhook
from bot.deapi.client import Client
from bot.deapi.models import Inference, Model
from bot.deapi.speech import Speech
from bot.engines import base
from bot.engines.base import Done, Reason, Report, Spec, Task, Voice
from bot.engines.deapi import DeapiEngine
from storage.records import Mode
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import PriceBody, RequestFault
from tests.fakes.deapi.server import StandIn

LINE = Speech(text="Good morning.", model="Kokoro", language="it", voice="if_sara")
SKY = Voice(slug="af_sky", name="Sky", language="en-us", spoken="American English", model="Kokoro")
HOOK = "https://talkie.example/hook"
SPEC = Spec(mode=Mode.AUDIO, width=512, height=512, frames=241)
TASK = Task(
    spec=SPEC,
    model="Kokoro",
    prompt="",
    seed=1,
    price_micro=100,
    speech=base.Speech(text="Good morning.", voice=SKY),
)


@pytest.fixture
def engine(client: Client) -> DeapiEngine:
    return DeapiEngine(client, model=catalog.LTX.slug)


async def test_a_line_says_what_the_documents_ask_for(stand_in: StandIn, client: Client) -> None:
    hook = Webhook(url=HOOK, secret="s" * 40)
    await client.submit_speech(replace(LINE, webhook=hook))
    [seen] = stand_in.asked("audio/speech")
    assert seen.headers["Content-Type"].startswith("multipart/form-data")
    assert seen.fields == {
        "text": "Good morning.",
        "model": "Kokoro",
        "lang": "it",
        "speed": "1",
        "format": "mp3",
        "sample_rate": "24000",
        "mode": "custom_voice",
        "voice": "if_sara",
        "webhook_url": HOOK,
        "webhook_secret": "s" * 40,
    }


@pytest.mark.parametrize("body", list(PriceBody))
async def test_the_price_of_a_line_is_found_in_either_form(
    stand_in: StandIn, client: Client, body: PriceBody
) -> None:
    stand_in.behaviour.price_body = body
    for _ in range(2):
        assert await client.price_speech(replace(LINE, text="a" * 100)) == 77
    assert stand_in.posts == 0


@pytest.mark.parametrize(
    "fault", [RequestFault.DROP_ACCEPTED, RequestFault.GATEWAY_ACCEPTED, RequestFault.CUT_ACCEPTED]
)
async def test_a_line_whose_answer_was_lost_is_never_sent_again(
    stand_in: StandIn, client: Client, fault: RequestFault
) -> None:
    stand_in.faults.plan(fault, path="audio/speech", exact=True)
    with pytest.raises(errors.Ambiguous):
        await client.submit_speech(LINE)
    assert stand_in.posts == 1


async def test_languages_without_voices_and_odd_lists_are_no_trouble() -> None:
    odd = {
        "slug": "Odd",
        "inference_types": ["txt2audio"],
        "languages": [None, {"name": "x"}, {"slug": "de"}, {"slug": "fr", "voices": "many"},
                      {"slug": "en", "voices": [{"slug": ""}, {"slug": "v", "name": 7}, 3]}],
    }  # fmt: skip
    model = Model.model_validate(odd)
    voices = {each.slug: [voice.slug for voice in each.voices] for each in model.languages}
    assert voices == {"de": [], "fr": [], "en": ["v"]}
    assert Model.model_validate({"slug": "Bare", "languages": None}).languages == ()


async def test_the_voices_come_from_the_models_that_speak(
    engine: DeapiEngine, client: Client
) -> None:
    assert [model.slug for model in await client.models(Inference.SPEECH)] == ["Kokoro"]
    voices = await engine.voices()
    assert [voice.slug for voice in voices] == ["af_sky", "am_adam", "if_sara"]
    assert voices[0] == SKY


async def test_a_line_is_spoken_and_fetched_as_an_mp3(
    engine: DeapiEngine, stand_in: StandIn, tmp_path: Path
) -> None:
    handle = await engine.start(replace(TASK, report=Report(url=HOOK, secret="s" * 40)))
    while not isinstance(await engine.look(handle), Done):
        pass
    await engine.fetch(handle, tmp_path / "line.mp3")
    assert (tmp_path / "line.mp3").read_bytes()[:3] == b"ID3"
    [seen] = stand_in.asked("audio/speech")
    assert seen.fields["webhook_url"] == HOOK


async def test_a_voice_that_is_gone_and_an_empty_account_start_nothing(
    engine: DeapiEngine, stand_in: StandIn
) -> None:
    gone = replace(TASK, speech=base.Speech(text="Hello.", voice=replace(SKY, slug="nobody")))
    with pytest.raises(base.NotStarted) as missing:
        await engine.start(gone)
    assert missing.value.reason is Reason.NO_MODEL
    stand_in.behaviour.balance = stand_in.behaviour.balance * 0
    with pytest.raises(base.NotStarted) as broke:
        await engine.start(TASK)
    assert broke.value.reason is Reason.BROKE
    assert stand_in.posts == 0


async def test_the_price_of_a_line_goes_by_its_characters(engine: DeapiEngine) -> None:
    prices = [(await engine.quote_speech(count, SKY)).price_micro for count in (20, 100, 160)]
    assert prices == [16, 77, 124]
