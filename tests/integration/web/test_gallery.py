"""The gallery's lists: what they show, to whom, and what they never do."""

import re
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.shapes import Shape
from bot.services.preferences import Preferences
from bot.services.reports import Judge
from bot.web.gallery import PER_PAGE
from bot.web.pages import WITH_SCRIPT
from storage.belongings import Choices, Gallery
from storage.exhibits import Ground
from storage.records import Mode, Video
from tests.fakes.exhibition import NAME, OTHER, SERVER, hang, open_gallery, take_down
from tests.fakes.markup import Read
from tests.fakes.reel import OWNER, PUBLIC, Reel
from tests.integration.web.asking import MANY, Guest, ask

HTML = "text/html"
LISTS = ["/", f"/g/{SERVER}"]
FEEDS = ["/feed.xml", "/feed.json", f"/g/{SERVER}/feed.xml", f"/g/{SERVER}/feed.json"]
HOSTILE = "<script>alert(1)</script> & \"it\" 'said' \x01 {{ 7 * 7 }}"


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


async def test_an_empty_gallery_has_a_friendly_sentence(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    for path in LISTS:
        assert "Nothing has been shared yet." in (await read(guest, path)).words
    assert "No server shows its gallery here yet." in (await read(guest, "/g")).words
    assert "Nothing fits yet." in (await read(guest, "/?q=owl")).words


async def test_lists_show_what_was_shared_the_newest_first(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    first = await hang(shelf, Shape.TALL, prompt="An owl reads.", name="Mira <3", votes=2)
    second = await hang(shelf, prompt=HOSTILE, votes=1)
    for path in LISTS:
        page = await read(guest, path)
        assert slugs(page) == [second.slug, first.slug]
        assert HOSTILE.replace("\x01 ", "") in page.words.replace("\x01 ", "")
        assert "Mira <3" in page.words
        assert NAME in page.words
        picture = page.all("img")[-1]
        assert picture["src"] == f"/v/{first.slug}/poster-480.webp"
        assert picture["srcset"].endswith(f"/v/{first.slug}/poster-960.webp 512w")
        assert (picture["width"], picture["height"], picture["alt"]) == ("512", "896", "")
        for size in picture["srcset"].split(", "):
            assert (await ask(guest, size.split()[0]))[0] == 200
    assert await shown(guest, "/?order=top") == [first.slug, second.slug]
    assert f"{NAME} 2" in " ".join((await read(guest, "/g")).words.split())


async def test_the_best_of_the_week_hang_above_what_is_new(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    liked = await hang(shelf, votes=3)
    assert "Best of the week" not in (await read(guest, "/")).words
    for _ in range(PER_PAGE):
        await hang(shelf)
    for path in LISTS:
        page = await read(guest, path)
        assert "Best of the week" in page.words
        links = [each["href"] for each in page.all("a") if each.get("class") == "look"]
        assert links[0] == f"/v/{liked.slug}"
        assert links.count(f"/v/{liked.slug}") == 1


async def test_every_video_is_reached_by_real_links_there_and_back(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    hung = [await hang(shelf, prompt="A kite.", votes=number % 3) for number in range(55)]
    for path in ("/?q=kite", "/?order=top", "/?order=random", f"/g/{SERVER}?shape=wide"):
        page = await read(guest, path)
        pages = [slugs(page)]
        while link := next_of(page):
            page = await read(guest, link)
            pages.append(slugs(page))
        assert [len(each) for each in pages] == [PER_PAGE, PER_PAGE, 55 - 2 * PER_PAGE]
        assert {slug for each in pages for slug in each} == {video.slug for video in hung}
        (back,) = [each["href"] for each in page.all("a") if each.get("rel") == "prev"]
        assert await shown(guest, back) == pages[1]


async def test_filters_and_words_narrow_a_list(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    owl = await hang(shelf, Shape.TALL, prompt="An owl reads.")
    kite = await hang(shelf, prompt="A kite flies.", mode=Mode.IMAGE)
    for query, found in {
        "q=owl": [owl], "q=OWLS": [], "q=fli": [kite], "q=owl+kite": [], "q=!!!": [],
        "shape=tall": [owl], "mode=image": [kite], "mode=image&shape=tall": [],
        "period=day": [kite, owl], "q=&mode=&shape=&period=&order=": [kite, owl],
        "utm_source=elsewhere": [kite, owl], "q=owl&shape=tall": [owl], "q=owl&mode=image": [],
    }.items():  # fmt: skip
        for path in LISTS:
            page = await read(guest, f"{path}?{query}")
            assert slugs(page) == [video.slug for video in found], query
    page = await read(guest, "/?q=owl&shape=tall&period=week")
    assert [each["value"] for each in page.all("option") if "selected" in each] == ["tall", "week"]
    assert [each.get("value") for each in page.all("input")] == ["owl"]
    shelf.clock.advance(8 * 86_400)
    assert await shown(guest, "/?period=week") == []
    assert await shown(guest, "/?period=month") == [kite.slug, owl.slug]


async def test_only_the_lists_themselves_may_be_found_by_search_engines(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    video, private = await hang(shelf), await shelf.add(content=b"x")
    for path, may_be_found in {
        **dict.fromkeys([*LISTS, "/g", f"/v/{video.slug}", "/?q="], True),
        **dict.fromkeys(
            ["/?q=kite", "/?order=top", "/?mode=text", "/?period=day", f"/v/{private.slug}"], False
        ),
    }.items():
        _, body, headers = await ask(guest, path, Accept=HTML)
        assert ("X-Robots-Tag" not in headers) == may_be_found
        assert ("robots" not in Read(body.decode()).meta()) == may_be_found


async def test_programs_are_told_of_a_list(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    video = await hang(shelf, Shape.CINEMATIC)
    for path in LISTS:
        page = await read(guest, path)
        told = page.meta()
        assert told["og:url"] == PUBLIC + path
        assert told["og:image"] == f"{PUBLIC}/v/{video.slug}/poster.jpg"
        assert (told["og:image:width"], told["og:image:height"]) == ("960", "416")
        feeds = [each["href"] for each in page.all("link") if each["rel"] == "alternate"]
        for feed in feeds:
            assert (await ask(guest, feed))[0] == 200
        assert len(feeds) == 2


async def test_the_first_view_is_small_strict_and_without_cookies(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    for number in range(PER_PAGE + 9):
        await hang(shelf, prompt=f"{'wordy ' * 60} {number}", name="M" * 32, votes=1)
    status, body, headers = await ask(guest, "/", Accept=HTML)
    assert status == 200
    assert headers["Content-Security-Policy"] == WITH_SCRIPT
    assert "unsafe" not in WITH_SCRIPT
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers
    page, size = Read(body.decode()), len(body)
    assert not [each for _, each in page.elements if "style" in each or "onclick" in each]
    own = [each["href"] for each in page.all("link") if each["rel"] in {"stylesheet", "icon"}]
    for path in (*own, *(each["src"] for each in page.all("script"))):
        status, file, _ = await ask(guest, path)
        assert status == 200
        size += len(file)
    assert size <= 60_000


@pytest.mark.parametrize("path", [*LISTS, "/g", "/?q=kite", *FEEDS])
async def test_a_list_that_has_not_changed_is_not_sent_again(
    guest: Guest, shelf: Reel, path: str
) -> None:
    await open_gallery(shelf)
    await hang(shelf, prompt="A kite.")
    _, body, headers = await ask(guest, path)
    status, empty, _ = await ask(guest, path, If_None_Match=headers["ETag"])
    assert (status, empty) == (304, b"")
    head = await ask(guest, path, "HEAD")
    assert (head[0], head[1], head[2]["Content-Length"]) == (200, b"", str(len(body)))
    await hang(shelf, prompt="A kite.")
    assert (await ask(guest, path, If_None_Match=headers["ETag"]))[0] == 200


async def test_what_is_taken_back_hidden_or_closed_is_gone_with_the_next_request(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    video = await hang(shelf, prompt="A kite.")
    assert len(await everywhere(guest, video)) == 9
    lost = await the_404(guest, f"/v/{'u' * 22}")

    await open_gallery(shelf, Gallery.DISCORD)
    assert await everywhere(guest, video) == []
    assert await the_404(guest, f"/g/{SERVER}") == lost
    await open_gallery(shelf)
    assert len(await everywhere(guest, video)) == 9

    report = await shelf.reports.report(None, video.job_id, Ground.OTHER)
    judge = Judge(discord_id=OWNER, guild_id=SERVER)
    await shelf.reports.hide(judge, report)
    assert await everywhere(guest, video) == []
    assert await the_404(guest, f"/v/{video.slug}") == lost
    await shelf.reports.unhide(judge, report)
    assert len(await everywhere(guest, video)) == 9

    await take_down(shelf, video)
    assert await everywhere(guest, video) == []
    # Whoever saw it in public does not go on seeing it.
    assert await the_404(guest, f"/v/{video.slug}") == lost


async def test_what_is_for_adults_or_for_discord_never_appears(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    adult = await hang(shelf, prompt="A kite.", age_restricted=True)
    await open_gallery(shelf, Gallery.DISCORD, guild=OTHER)
    elsewhere = await hang(shelf, prompt="A kite.", guild=OTHER)
    private = await shelf.add(content=b"x", prompt="A kite.")
    for video in (adult, elsewhere, private):
        assert await everywhere(guest, video) == []
        page = await read(guest, f"/v/{video.slug}")
        assert "This link is private" in page.words
        assert NAME not in page.words
        assert page.meta()["robots"] == "noindex"


async def test_unknown_and_closed_servers_and_odd_addresses_are_all_the_same_404(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    await open_gallery(shelf, Gallery.DISCORD, guild=OTHER)
    lost = await the_404(guest, f"/v/{'u' * 22}")
    assert lost[0] == 404
    for path in (
        f"/g/{OTHER}", "/g/12", f"/g/0{SERVER}", "/g/0", "/g/-1", "/g/x", "/g/" + "9" * 19,
        "/g/" + "9" * 40, "/g/" + quote("\u0661\u0660"), f"/g/{OTHER}/feed.xml", "/g/12/feed.json",
        "/?order=mine", "/?order=x", "/?mode=video", "/?shape=round", "/?period=year", "/?page=x",
        "/?page=n.1.1", "/?order=top&page=n.1", "/?page=n.-1", f"/?page=n.{'9' * 19}",
    ):  # fmt: skip
        assert await the_404(guest, path) == lost, path


FILTERS = {
    "q": ["kite", '"', "* OR kite", "NEAR(", "\x00", "__", "\u00b2", "%ED%A0%80", "\u0301"],
    "order": ["new", "top", "random", "mine", "x"],
    "mode": ["text", "image", "audio", "x", ""],
    "shape": ["wide", "tall", "round", ""],
    "period": ["day", "week", "month", "ever", "x"],
    "page": ["n.1", "p.1", "n.1.1", "p.2.1", "n.5.1.1", "p.5.9.9", "n." + "9" * 18, "n", "x", ""],
}
TEXT = st.text(max_size=20).map(lambda text: quote(text, errors="replace"))
WISH = st.sampled_from(sorted(FILTERS)).flatmap(
    lambda name: st.tuples(
        st.just(name), st.sampled_from(FILTERS[name]).map(lambda text: quote(text, "%")) | TEXT
    )
)


@MANY
@given(path=st.sampled_from(LISTS), wishes=st.lists(WISH, max_size=5))
@example(path="/", wishes=[("order", "random"), ("page", "p.0.0.0")])
@example(path="/", wishes=[("q", "%ED%A0%80%00%FF")])
async def test_any_wish_leads_to_a_page_or_to_the_same_404(
    guest: Guest, shelf: Reel, path: str, wishes: list[tuple[str, str]]
) -> None:
    if not await shelf.gallery.communities():
        await open_gallery(shelf)
        await hang(shelf, prompt="A kite.")
    query = "&".join(f"{name}={value}" for name, value in wishes)
    status, body, headers = await ask(guest, f"{path}?{query}", Accept=HTML)
    assert status in {200, 404}
    Read(body.decode())
    if status == 404:
        assert "Nothing to see here" in body.decode()
    else:
        assert headers["Content-Security-Policy"] == WITH_SCRIPT
        for link in re.findall(r'href="(/[^"]*)"', body.decode()):
            assert urlsplit(link).netloc == ""


async def test_a_shared_page_names_who_made_it_only_while_they_want_that(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    video, url = await hang(shelf, name="Mira Moll", votes=2), "/oembed?url="
    link = quote(f"{PUBLIC}/v/{video.slug}", safe="")
    page = await read(guest, f"/v/{video.slug}")
    assert "By Mira Moll in Kite Club" in page.words
    assert " 2 votes" in page.words
    assert {"href": f"/g/{SERVER}"} in page.all("a")
    assert b'"author_name": "Mira Moll"' in (await ask(guest, url + link))[1]
    await Preferences(shelf.store, shelf.clock).change(OWNER, lambda _: Choices())
    for path in (*LISTS, *FEEDS, f"/v/{video.slug}", url + link):
        assert b"Mira Moll" not in (await ask(guest, path, Accept=HTML))[1]
