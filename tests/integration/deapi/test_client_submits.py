import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import aiohttp
import pytest

from bot.deapi import errors
from bot.deapi.bodies import Clip, Webhook
from bot.deapi.client import Client
from bot.deapi.models import Inference, JobStatus
from tests.fakes import samples
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import Guidance, PriceBody, RequestFault
from tests.fakes.deapi.server import StandIn
from tests.fakes.deapi.uploads import Upload
from tests.integration.deapi.clips import AGENT, CLIP
from tests.integration.deapi.told import ToldTime

PRICE_MICRO = 38_001
F = RequestFault


async def test_each_submit_says_what_the_documents_ask_for(
    stand_in: StandIn, client: Client, picture: Path, sound: Path
) -> None:
    hook = Webhook(url="https://talkie.example/hook/abc", secret="s" * 40)
    clip = Clip(
        model=CLIP.model, prompt="Rain.", width=512, height=576, frames=49, seed=5, webhook=hook
    )
    await client.submit_text(clip)
    await client.submit_animation(clip, picture, picture)
    await client.submit_audio_sync(clip, sound, picture)
    text, image, audio = stand_in.asked("videos/")
    assert text.fields == {
        "prompt": "Rain.",
        "model": CLIP.model,
        "width": 512,
        "height": 576,
        "frames": 49,
        "fps": 24,
        "steps": 8,
        "seed": 5,
        "guidance": 1.0,
        "webhook_url": hook.url,
        "webhook_secret": hook.secret,
    }
    assert image.fields["last_frame_image"] == Upload(
        "last_frame_image.png", "image/png", samples.picture(512, 512)
    )
    assert image.fields["guidance"] == "1.0"
    assert audio.fields["audio"] == Upload("audio.mp3", "audio/mpeg", samples.sound(2))
    assert not {"guidance", "steps"} & set(audio.fields)
    for seen in (text, image, audio):
        assert seen.headers["User-Agent"] == AGENT
        assert seen.headers["Accept"] == "application/json"
        assert seen.fields["webhook_url"] == hook.url
        assert seen.fields["webhook_secret"] == hook.secret
    assert stand_in.posts == 3


@pytest.mark.parametrize(
    ("hook", "field"),
    [
        (Webhook(url="http://talkie.example/hook", secret="s" * 40), "webhook_url"),
        (Webhook(url="https://talkie.example/hook", secret="s" * 31), "webhook_secret"),
    ],
)
async def test_a_webhook_that_deapi_does_not_take_is_refused_by_every_submit(
    stand_in: StandIn, client: Client, picture: Path, sound: Path, hook: Webhook, field: str
) -> None:
    clip = replace(CLIP, webhook=hook)
    submits: list[Callable[[], Awaitable[str]]] = [
        lambda: client.submit_text(clip),
        lambda: client.submit_animation(clip, picture),
        lambda: client.submit_audio_sync(clip, sound),
    ]
    for submit in submits:
        with pytest.raises(errors.Invalid) as caught:
            await submit()
        assert set(caught.value.fields) == {field}
    assert stand_in.jobs.by_id == {}


async def test_every_submit_has_a_connection_of_its_own(stand_in: StandIn, client: Client) -> None:
    await client.submit_text(CLIP)
    await client.submit_text(CLIP)
    kept = [seen.headers.get("Connection") for seen in stand_in.asked("videos/")]
    assert kept == ["close", "close"]


async def test_a_job_is_read_whatever_type_its_progress_has(
    stand_in: StandIn, client: Client
) -> None:
    handle = await client.submit_text(CLIP)
    looks = [await client.job(handle) for _ in range(3)]
    assert [look.status for look in looks] == [
        JobStatus.PENDING,
        JobStatus.PROCESSING,
        JobStatus.DONE,
    ]
    assert [look.progress for look in looks] == [None, 50.0, 100.0]
    exact = stand_in.jobs.by_id[handle].price
    assert looks[2].price_micro == int(exact * 1_000_000) + 1


async def test_all_models_are_read_page_by_page(stand_in: StandIn, client: Client) -> None:
    stand_in.models += [catalog.Model(slug=f"More_{n}", name="", types=("x",)) for n in range(80)]
    everything = await client.models()
    assert len(everything) == 108
    able = await client.models(Inference.AUDIO)
    assert [model.slug for model in able] == [catalog.LTX.slug, catalog.SUCCESSOR.slug]
    assert able[0].info.features.supports_last_frame
    assert able[0].info.limits.max_frames == 241


async def test_money_is_whole_and_never_rounded_in_our_favour(
    stand_in: StandIn, client: Client
) -> None:
    stand_in.behaviour.balance = Decimal("0.4900019")
    assert await client.balance() == 490_001
    exact = catalog.price(512, 512, 49) * 1_000_000
    assert exact != int(exact)
    assert await client.price(Inference.TEXT, CLIP) == int(exact) + 1


@pytest.mark.parametrize("inference", [Inference.TEXT, Inference.IMAGE, Inference.AUDIO])
@pytest.mark.parametrize("body", list(PriceBody))
async def test_a_price_is_had_whichever_body_is_wanted(
    stand_in: StandIn, client: Client, inference: Inference, body: PriceBody
) -> None:
    stand_in.behaviour.price_body = body
    assert await client.price(inference, CLIP) == PRICE_MICRO
    asked = len(stand_in.asked("videos/"))
    await client.price(inference, CLIP)
    assert len(stand_in.asked("videos/")) == asked + 1, "the refused form is not tried again"
    assert not stand_in.jobs.by_id


@pytest.mark.parametrize(
    ("rule", "sent"), [(Guidance.ZERO, [1.0, 0]), (Guidance.ABSENT, [1.0, 0, None])]
)
async def test_guidance_is_lowered_and_left_out_until_the_model_takes_it(
    stand_in: StandIn, client: Client, rule: Guidance, sent: list[float | None]
) -> None:
    stand_in.behaviour.guidance = rule
    await client.submit_text(CLIP)
    assert [seen.fields.get("guidance") for seen in stand_in.asked("videos/")] == sent
    await client.submit_text(CLIP)
    assert stand_in.asked("videos/")[-1].fields.get("guidance") == sent[-1]
    assert stand_in.posts == len(sent) + 1
    assert len(stand_in.jobs.by_id) == 2


@pytest.mark.parametrize(
    "fault",
    [
        F.DROP_UNSEEN,
        F.DROP_ACCEPTED,
        F.SERVER_ERROR,
        F.GATEWAY_ACCEPTED,
        F.GARBAGE_ACCEPTED,
        F.CUT_ACCEPTED,
        F.REDIRECT,
    ],
)
async def test_a_submit_that_may_have_arrived_is_ambiguous_and_never_repeated(
    stand_in: StandIn, client: Client, told: ToldTime, fault: RequestFault
) -> None:
    stand_in.faults.plan(fault, path="videos/")
    with pytest.raises(errors.Ambiguous):
        await client.submit_text(CLIP)
    assert stand_in.posts == 1
    assert told.slept == []


async def test_a_submit_without_an_answer_in_time_is_ambiguous(
    stand_in: StandIn, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = aiohttp.ClientTimeout(sock_read=0.2)
    monkeypatch.setattr("bot.deapi.wire.SUBMIT_TIMES", short)
    stand_in.faults.plan(F.SLOW_ACCEPTED, path="videos/")
    with pytest.raises(errors.Ambiguous):
        await client.submit_text(CLIP)
    assert (stand_in.posts, len(stand_in.jobs.by_id)) == (1, 1)


async def test_a_submit_that_found_no_connection_was_certainly_not_sent(told: ToldTime) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        async with Client("k", user_agent=AGENT, base_url=url, timing=told.timing()) as client:
            with pytest.raises(errors.Unreachable):
                await client.submit_text(CLIP)
            assert told.slept == []
            with pytest.raises(errors.Unreachable):
                await client.balance()
    assert told.slept == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (F.UNAUTHORIZED, errors.BadKey),
        (F.SUSPENDED, errors.Suspended),
        (F.CLOUDFLARE, errors.Blocked),
        (F.RATE_LIMITED, errors.RateLimited),
    ],
)
async def test_a_definite_refusal_has_its_own_class(
    stand_in: StandIn, client: Client, fault: RequestFault, error: type[errors.DeapiError]
) -> None:
    stand_in.faults.plan(fault)
    with pytest.raises(error) as caught:
        await client.submit_text(CLIP)
    assert type(caught.value) is error
    assert stand_in.behaviour.key not in str(caught.value)
    assert not stand_in.jobs.by_id


@pytest.mark.parametrize(
    ("fault", "wait_s", "daily"),
    [
        (F.RATE_LIMITED, 7, False),
        (F.RATE_LIMITED_BARE, 60, False),
        (F.RATE_LIMITED_DAY, 40_000, True),
    ],
)
async def test_a_429_says_how_long_to_wait(
    stand_in: StandIn, client: Client, fault: RequestFault, wait_s: float, daily: bool
) -> None:
    stand_in.faults.plan(fault)
    with pytest.raises(errors.RateLimited) as caught:
        await client.submit_text(CLIP)
    assert (caught.value.retry_after_s, caught.value.daily) == (wait_s, daily)


async def test_a_422_tells_the_fields(stand_in: StandIn, client: Client) -> None:
    small = Clip(model="Gone", prompt="x", width=416, height=512, frames=49, seed=1)
    with pytest.raises(errors.Invalid) as caught:
        await client.submit_text(small)
    assert caught.value.fields == {"model": ["The selected model does not exist."]}
    stand_in.behaviour.balance = Decimal("0.48")
    with pytest.raises(errors.OutOfFunds):
        await client.submit_text(CLIP)
