"""What the tests of the gallery read from its pages."""

from storage.records import Video
from tests.fakes.exhibition import SERVER
from tests.fakes.markup import Read
from tests.integration.web.asking import Guest, ask

HTML = "text/html"
LISTS = ["/", f"/g/{SERVER}"]
FEEDS = ["/feed.xml", "/feed.json", f"/g/{SERVER}/feed.xml", f"/g/{SERVER}/feed.json"]


async def read(guest: Guest, path: str, status: int = 200) -> Read:
    found, body, headers = await ask(guest, path, Accept=HTML)
    assert found == status
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    return Read(body.decode())


def slugs(page: Read) -> list[str]:
    """The videos of the list itself, in order; the best of the week stand before it."""
    tiles = [each["href"] for each in page.all("a") if each.get("class") == "look"]
    best = sum("data-clip" in each for each in page.all("li")) - len(tiles)
    return [href.removeprefix("/v/") for href in tiles[best:]]


async def shown(guest: Guest, path: str) -> list[str]:
    return slugs(await read(guest, path))


def next_of(page: Read) -> str:
    return next((each["href"] for each in page.all("a") if each.get("rel") == "next"), "")


async def everywhere(guest: Guest, video: Video) -> list[str]:
    """All public places that speak of a video."""
    places = [*LISTS, "/?q=kite", "/?order=top", "/?order=random", "/g", *FEEDS]
    found = []
    for path in places:
        _, body, _ = await ask(guest, path, Accept=HTML)
        if str(video.slug) in body.decode():
            found.append(path)
    return found


async def the_404(guest: Guest, path: str) -> tuple[object, ...]:
    status, body, headers = await ask(guest, path, Accept=HTML)
    for name in ("X-Request-Id", "Date"):
        headers.pop(name)
    return status, body, sorted(headers.items())
