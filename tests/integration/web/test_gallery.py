"""The gallery's lists: what they show, to whom, and what they never do."""

from urllib.parse import quote

import pytest

from bot.domain.shapes import Shape
from bot.services.gallery import MOST_COMMUNITIES
from bot.services.preferences import Preferences
from bot.web.gallery import PER_PAGE
from bot.web.pages import WITH_SCRIPT
from storage.belongings import Choices
from storage.records import Mode
from tests.fakes.exhibition import NAME, OTHER, SERVER, hang, open_gallery
from tests.fakes.markup import Read
from tests.fakes.reel import OWNER, PUBLIC, Reel
from tests.integration.web.asking import Guest, ask
from tests.integration.web.lists import FEEDS, HTML, LISTS, next_of, read, shown, slugs

HOSTILE = "<script>alert(1)</script> & \"it\" 'said' \x01 {{ 7 * 7 }}"


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


async def test_a_server_s_lists_hold_its_own_videos_alone(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    await open_gallery(shelf, guild=OTHER, name="Owl Club")
    here = await hang(shelf, prompt="A kite.", votes=1)
    there = await hang(shelf, prompt="A kite.", votes=2, guild=OTHER)
    for query in ("", "?q=kite", "?q=kite&shape=wide", "?order=top", "?order=random", "?mode=text"):
        assert await shown(guest, f"/g/{SERVER}{query}") == [here.slug]
        assert await shown(guest, f"/g/{OTHER}{query}") == [there.slug]
        assert set(await shown(guest, f"/{query}")) == {here.slug, there.slug}


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


@pytest.mark.parametrize("sign", ["w", "\u51e7", "\U0001f389", "'"])
async def test_the_first_view_is_small_strict_and_without_cookies(
    guest: Guest, shelf: Reel, sign: str
) -> None:
    await open_gallery(shelf, name=sign * 100)
    for _ in range(PER_PAGE + 9):
        await hang(shelf, prompt=sign * 1_800, name=sign * 32, votes=1)
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
    _, _, headers = await ask(guest, path)
    status, empty, _ = await ask(guest, path, If_None_Match=headers["ETag"])
    assert (status, empty) == (304, b"")
    head = await ask(guest, path, "HEAD")
    assert (head[0], head[1], head[2]["Content-Length"]) == (200, b"", headers["Content-Length"])
    await hang(shelf, prompt="A kite.")
    assert (await ask(guest, path, If_None_Match=headers["ETag"]))[0] == 200


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


def servers(page: Read) -> list[str]:
    return [each["href"] for each in page.all("a") if each["href"].startswith("/g/")]


async def test_every_server_is_named_on_one_of_the_pages_of_servers(
    guest: Guest, shelf: Reel
) -> None:
    names = [f"Club {number}" for number in range(MOST_COMMUNITIES + 3)]
    for number, name in enumerate(names):
        # Numbers as long as Discord's.
        guild = 1_574_240_064_525_828_096 + number
        await open_gallery(shelf, guild=guild, name=name)
        await hang(shelf, guild=guild)
    first = await read(guest, "/g")
    second = await read(guest, next_of(first))
    assert (len(servers(first)), len(servers(second))) == (MOST_COMMUNITIES, 3)
    assert len({*servers(first), *servers(second)}) == len(names)
    assert next_of(second) == ""
    back = next(each["href"] for each in second.all("a") if each.get("rel") == "prev")
    assert servers(await read(guest, back)) == servers(first)
    assert (await ask(guest, "/g?page=n.9"))[0] == 404
    assert (await ask(guest, f"/g?page=n.1.{2**63}"))[0] == 404
