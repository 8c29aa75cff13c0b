"""A visitor's report: what it takes, what it refuses, and whom it tells."""

from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.web.keys import Lane
from bot.web.limits import RATES
from storage import complaints
from storage.exhibits import Complaint, Ground
from storage.records import JobId
from tests.fakes import reel
from tests.fakes.exhibition import SERVER, hang, open_gallery
from tests.fakes.markup import Read
from tests.fakes.reel import Reel
from tests.integration.web.asking import Guest

FORM = "application/x-www-form-urlencoded"
FAIR = {"reason": "likeness", "words": "  This is my\r\nface. "}


async def send(
    guest: Guest, slug: str | None, fields: dict[str, str] | bytes, **headers: str
) -> tuple[int, str]:
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with guest.post(
        f"/v/{slug}/report",
        data=body,
        headers={"Content-Type": FORM, "Accept": "text/html", **named},
        allow_redirects=False,
    ) as answer:
        return answer.status, answer.headers.get("Location", "")


async def kept(shelf: Reel, job: JobId) -> list[Complaint]:
    return await shelf.store.read(complaints.of_job(job))


async def test_a_report_reaches_those_who_moderate_the_server(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    video = await hang(shelf)
    async with guest.get(f"/v/{video.slug}") as answer:
        page = Read(await answer.text())
    (form,) = page.all("form")
    assert form == {"method": "post", "action": f"/v/{video.slug}/report"}
    assert [each["value"] for each in page.all("option")][1:] == [
        "likeness", "sexual", "violence", "hate", "rights", "other",
    ]  # fmt: skip
    assert await send(guest, video.slug, FAIR) == (303, f"/v/{video.slug}/reported")
    (complaint,) = await kept(shelf, video.job_id)
    assert (complaint.guild_id, complaint.person_id) == (SERVER, None)
    assert (complaint.reason, complaint.words) == (Ground.LIKENESS, "This is my face.")
    async with guest.get(f"/v/{video.slug}/reported") as answer:
        assert "Thank you" in Read(await answer.text()).words
    # Whoever comes second is thanked as well; the moderators know of it already.
    assert await send(guest, video.slug, FAIR) == (303, f"/v/{video.slug}/reported")
    assert len(await kept(shelf, video.job_id)) == 1


async def test_a_private_video_can_be_reported_too(guest: Guest, shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    assert (await send(guest, video.slug, FAIR))[0] == 303
    assert len(await kept(shelf, video.job_id)) == 1


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"reason=nonsense", {}, 400),
        (b"", {}, 400),
        (b"&".join(b"a=1" for _ in range(9)), {}, 400),
        (b"reason=%FF%00", {}, 400),
        (b"reason=other", {"Content_Type": "application/json"}, 415),
        (b"reason=other", {"Content_Type": "multipart/form-data; boundary=x"}, 415),
        (b"reason=other", {"Sec_Fetch_Site": "cross-site"}, 403),
        (b"reason=other", {"Sec_Fetch_Site": "same-site"}, 403),
        (b"reason=other&words=" + b"x" * 9_000, {}, 413),
    ],
)
async def test_what_is_no_report_is_refused(
    guest: Guest, shelf: Reel, body: bytes, headers: dict[str, str], status: int
) -> None:
    video = await shelf.add(content=b"x")
    assert (await send(guest, video.slug, body, **headers))[0] == status
    assert await kept(shelf, video.job_id) == []


async def test_a_body_that_tells_no_length_is_not_read_further_than_any_other(
    guest: Guest, shelf: Reel
) -> None:
    video = await shelf.add(content=b"x")

    async def pieces() -> AsyncIterator[bytes]:
        yield b"reason=other&words=" + b"x" * 4_000
        yield b"x" * 5_000

    form = {"Content-Type": FORM}
    async with guest.post(f"/v/{video.slug}/report", data=pieces(), headers=form) as answer:
        assert answer.status == 413
    assert await kept(shelf, video.job_id) == []


async def test_what_is_not_there_cannot_be_reported(guest: Guest) -> None:
    assert (await send(guest, "u" * 22, FAIR))[0] == 404
    async with guest.get(f"/v/{'u' * 22}/reported") as answer:
        assert answer.status == 404


async def test_words_are_kept_short(guest: Guest, shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    assert (await send(guest, video.slug, {**FAIR, "words": "\u00e4" * 600}))[0] == 303
    assert (await kept(shelf, video.job_id))[0].words == "\u00e4" * 500


async def test_one_address_reports_only_now_and_then(shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    async with (
        reel.shown(shelf, lambda: 0.0) as origin,
        aiohttp.ClientSession(origin) as guest,
    ):
        for _ in range(int(RATES[Lane.REPORTS].burst)):
            assert (await send(guest, video.slug, FAIR))[0] == 303
        assert (await send(guest, video.slug, FAIR))[0] == 429
        async with guest.get(f"/v/{video.slug}") as answer:
            assert answer.status == 200
