import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.deapi import errors
from bot.deapi.bodies import Clip, Webhook
from bot.deapi.client import Client
from bot.deapi.limits import RateLimits
from bot.deapi.models import Inference, JobStatus
from bot.deapi.results import Downloader
from bot.deapi.retry import Policy, Timing
from tests.fakes import samples
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import Guidance, JobFault, PriceBody, RequestFault
from tests.fakes.deapi.server import StandIn
from tests.fakes.deapi.uploads import Upload

AGENT = "Talkie/0.1 (+https://talkie.example)"
CLIP = Clip(
    model=catalog.LTX.slug, prompt="Rain on a roof.", width=512, height=512, frames=49, seed=11
)
PRICE_MICRO = 38_001
F = RequestFault


class ToldTime:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 86_400.0 * 20_000
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds

    def timing(self) -> Timing:
        return Timing(
            sleep=self.sleep,
            clock_s=lambda: self.now_s,
            now_s=lambda: self.now_s,
            chance=lambda: 1.0,
        )


@pytest.fixture
def told() -> ToldTime:
    return ToldTime()


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
async def client(stand_in: StandIn, told: ToldTime) -> AsyncIterator[Client]:
    key = stand_in.behaviour.key
    async with Client(key, user_agent=AGENT, base_url=stand_in.url, timing=told.timing()) as opened:
        yield opened


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "first.png"
    path.write_bytes(samples.picture(512, 512))
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.mp3"
    path.write_bytes(samples.sound(2))
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def finished(stand_in: StandIn, client: Client) -> str:
    handle = await client.submit_text(CLIP)
    stand_in.jobs.finish(stand_in.jobs.by_id[handle])
    return handle


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
    assert all(seen.headers.get("Connection") == "close" for seen in stand_in.asked("videos/"))


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
    assert len(everything) == 107
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


@pytest.mark.parametrize("inference", list(Inference))
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


async def test_reads_repeat_and_wait_as_they_are_told(
    stand_in: StandIn, client: Client, told: ToldTime
) -> None:
    stand_in.faults.plan(F.RATE_LIMITED, path="account")
    stand_in.faults.plan(F.SERVER_ERROR, path="account")
    # aiohttp repeats a dropped GET once by itself.
    stand_in.faults.plan(F.DROP_UNSEEN, path="account", times=2)
    assert await client.balance() == 19_720_000
    assert told.slept == [7, 1.0, 2.0]


async def test_reads_give_up_after_four_attempts(
    stand_in: StandIn, client: Client, told: ToldTime
) -> None:
    stand_in.faults.plan(F.SERVER_ERROR, times=9)
    with pytest.raises(errors.ServerError):
        await client.balance()
    assert len(stand_in.seen) == 4
    assert told.slept == [0.5, 1.0, 2.0]


async def test_a_long_wait_is_left_to_the_caller(
    stand_in: StandIn, client: Client, told: ToldTime
) -> None:
    stand_in.faults.plan(F.RATE_LIMITED_BARE, path="jobs/")
    with pytest.raises(errors.RateLimited):
        await client.job("abc")
    assert told.slept == []


async def test_a_key_that_is_refused_is_not_tried_again(stand_in: StandIn, client: Client) -> None:
    stand_in.faults.plan(F.UNAUTHORIZED)
    with pytest.raises(errors.BadKey):
        await client.balance()
    assert len(stand_in.seen) == 1


async def test_the_allowance_is_kept_by_path(stand_in: StandIn, client: Client) -> None:
    handle = await client.submit_text(CLIP)
    await client.job(handle)
    assert client.last_limits == {
        "api/v2/videos/generations": RateLimits(
            limit=300, remaining=299, daily_limit=None, daily_remaining=None
        ),
        "jobs": RateLimits(limit=300, remaining=298, daily_limit=None, daily_remaining=None),
    }


async def test_an_answer_that_is_no_json_is_a_bad_response(
    stand_in: StandIn, client: Client
) -> None:
    stand_in.faults.plan(F.GARBAGE_ACCEPTED, path="account")
    with pytest.raises(errors.BadResponse):
        await client.balance()


async def test_an_unknown_job_is_not_found(client: Client, stand_in: StandIn) -> None:
    with pytest.raises(errors.NotFound):
        await client.job("c08a339c-73e5-4d67-a4d5-231302fbff9a")
    with pytest.raises(errors.NotFound):
        await client.job("../models")
    assert len(stand_in.seen) == 1


async def test_a_session_that_is_handed_in_stays_open(stand_in: StandIn) -> None:
    async with aiohttp.ClientSession() as session:
        key = stand_in.behaviour.key
        client = Client(key, user_agent=AGENT, base_url=stand_in.url, session=session)
        await client.balance()
        await client.close()
        assert not session.closed


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "schlüssel"])
def test_a_key_that_no_header_can_carry_is_refused_at_once(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Client(key, user_agent=AGENT)


def test_a_key_is_never_sent_in_the_clear() -> None:
    with pytest.raises(ValueError, match="https"):
        Client("k", user_agent=AGENT, base_url="http://api.deapi.ai")


async def test_a_result_is_written_whole_and_without_the_key(
    stand_in: StandIn, client: Client, tmp_path: Path
) -> None:
    handle = await finished(stand_in, client)
    link = (await client.job(handle)).result_url
    assert link
    target = tmp_path / "clip.mp4"
    size = await client.download(link, target)
    content = target.read_bytes()
    assert (content[4:8], len(content)) == (b"ftyp", size)
    with pytest.raises(errors.TooLarge):
        await client.download(link, target, max_bytes=size - 1)
    assert target.read_bytes() == content
    stand_in.expire_links()
    with pytest.raises(errors.LinkExpired):
        await client.download(link, target)
    assert names_in(tmp_path) == ["clip.mp4"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [(JobFault.TRUNCATED, errors.NoAnswer), (JobFault.OVERSIZED, errors.TooLarge)],
)
async def test_a_result_that_does_not_come_whole_leaves_nothing_behind(
    stand_in: StandIn,
    client: Client,
    tmp_path: Path,
    fault: JobFault,
    error: type[errors.DeapiError],
) -> None:
    stand_in.faults.plan_job(fault)
    stand_in.behaviour.oversized_bytes = 2_000_000
    link = (await client.job(await finished(stand_in, client))).result_url
    assert link
    with pytest.raises(error) as caught:
        await client.download(link, tmp_path / "clip.mp4", max_bytes=1_000_000)
    assert "Signature" not in repr(caught.value.__cause__) + str(caught.value)
    assert names_in(tmp_path) == []


class OneAddress(AbstractResolver):
    """Answers every name with one address."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        version = socket.AF_INET6 if ":" in self._address else socket.AF_INET
        return [
            ResolveResult(
                hostname=host, host=self._address, port=port, family=version, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    "link",
    [
        "http://results.deapi.ai/1/a.mp4",
        "https://127.0.0.1/a.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/a.mp4",
        "https://[::ffff:10.0.0.1]/a.mp4",
        "https://[64:ff9b::a00:1]/a.mp4",
        "https://user:word@results.deapi.ai/a.mp4",
        "file:///etc/passwd",
        "https://",
        "no link",
        "https://[broken/a.mp4",
    ],
)
async def test_a_link_to_a_private_place_is_not_followed(link: str, tmp_path: Path) -> None:
    downloader = Downloader(user_agent=AGENT, allow_local=False)
    with pytest.raises(errors.UnsafeLink):
        await downloader.fetch(link, tmp_path / "a.mp4", max_bytes=1000)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "fe80::1", "::1"])
async def test_a_name_that_leads_to_a_private_address_is_not_followed(
    address: str, tmp_path: Path
) -> None:
    downloader = Downloader(user_agent=AGENT, allow_local=False, resolver=OneAddress(address))
    with pytest.raises(errors.UnsafeLink):
        await downloader.fetch("https://results.example/a", tmp_path / "a.mp4", max_bytes=1000)


async def serving(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_get("/{any:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def test_a_result_that_leads_elsewhere_or_is_empty_is_refused(tmp_path: Path) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/elsewhere":
            raise web.HTTPFound("/empty")
        return web.Response(body=b"")

    runner, url = await serving(answer)
    downloader = Downloader(user_agent=AGENT, allow_local=True)
    with pytest.raises(errors.UnsafeLink):
        await downloader.fetch(f"{url}/elsewhere", tmp_path / "a.mp4", max_bytes=1000)
    with pytest.raises(errors.BadResponse):
        await downloader.fetch(f"{url}/empty", tmp_path / "a.mp4", max_bytes=1000)
    assert names_in(tmp_path) == []
    await runner.cleanup()


async def test_a_download_that_is_cancelled_leaves_nothing_behind(tmp_path: Path) -> None:
    begun = asyncio.Event()
    end = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(bytes(1000))
        begun.set()
        await end.wait()
        return response

    runner, url = await serving(answer)
    downloader = Downloader(user_agent=AGENT, allow_local=True)
    task = asyncio.create_task(downloader.fetch(url, tmp_path / "a.mp4", max_bytes=10_000))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names_in(tmp_path) == []
    end.set()
    await runner.cleanup()


async def test_an_endless_answer_is_cut_off() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for _ in range(200):
            await response.write(b" " * 65_536)
        return response

    runner, url = await serving(answer)
    policy = Policy(attempts=1)
    async with Client("k", user_agent=AGENT, base_url=url, policy=policy) as client:
        with pytest.raises(errors.BadResponse):
            await client.balance()
    await runner.cleanup()
