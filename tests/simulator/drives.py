"""The drives: what each uses stands above it, and is checked against what it did."""

from collections.abc import Callable
from typing import Any

from simcord.results import InteractionResult

from cogs.ui import likeness
from cogs.ui.likeness import Act
from tests.fakes.samples import picture, sound
from tests.simulator.stage import Stage, fields, id_of, ids, parts, text
from tests.simulator.surfaces import Drive

DRIVES: dict[Drive, frozenset[str]] = {}
WORDS = "A lighthouse keeper paints the railing while the sea rolls in."
FACE = ("face.png", picture(640, 640))
WIDE = ("wide.png", picture(800, 400))
NOTE = ("note.mp3", sound(2.0))


def drives(*names: str) -> Callable[[Drive], Drive]:
    """Say what a drive uses."""

    def listed(drive: Drive) -> Drive:
        DRIVES[drive] = frozenset(names)
        return drive

    return listed


@drives("/video", "/video?prompt", "/jobs", "showing.ShowButton")
async def a_video_from_words(stage: Stage) -> None:
    found = await stage.mira.autocomplete(stage.channel, "video", "prompt", "tram")
    message = await stage.video(prompt=found[0]["value"])
    assert "yellow tram" in text(message)
    listed = await stage.mira.slash(stage.channel, "jobs")
    shown = await stage.press(stage.mira, listed, "v1:show:")
    await stage.finished(shown)
    by_number = await stage.mira.slash(stage.channel, "jobs", id=1)
    await stage.finished(by_number)


@drives(
    "/animate",
    "/animate?prompt",
    *(f"crops.CropButton {each}" for each in ("start", "centre", "end")),
    "question.RenderButton",
)
async def a_picture_that_is_looked_at_first(stage: Stage) -> None:
    assert await stage.mira.autocomplete(stage.channel, "animate", "prompt", "")
    asked = await stage.mira.slash(
        stage.channel, "animate", image=WIDE, prompt=WORDS, shape="square", seconds=2, look=True
    )
    await stage.offers(asked, "v1:render:")
    for anchor in ("start", "end", "centre"):
        before = ids(asked)
        await stage.press(stage.mira, asked, f"v1:crop:{anchor}")
        assert ids(asked) != before
    pressed = await stage.press(stage.mira, asked, "v1:render:")
    assert pressed.acknowledged
    await stage.finished(asked)


@drives("question.NeverButton")
async def a_question_that_is_answered_with_no(stage: Stage) -> None:
    asked = await stage.mira.slash(
        stage.channel, "animate", image=WIDE, prompt=WORDS, seconds=2, look=True
    )
    await stage.press(stage.mira, asked, "v1:never:")
    await stage.said(asked, "Nothing")


@drives("/talk", "/talk?prompt", "/talk?saved", "/talk?voice")
async def a_typed_line_that_is_spoken(stage: Stage) -> None:
    voices = await stage.mira.autocomplete(stage.channel, "talk", "voice", "")
    assert voices
    assert await stage.mira.autocomplete(stage.channel, "talk", "prompt", "")
    assert await stage.mira.autocomplete(stage.channel, "talk", "saved", "")
    asked = await stage.mira.slash(
        stage.channel,
        "talk",
        portrait=FACE,
        say="The ferry leaves at nine.",
        voice=voices[0]["value"],
    )
    await stage.finished(asked)


@drives("/talk", "overlong.FirstPartButton")
async def a_sound_of_which_the_first_part_is_taken(stage: Stage) -> None:
    long = ("long.mp3", sound(14.0))
    asked = await stage.mira.slash(stage.channel, "talk", audio=long, portrait=FACE)
    refused = await stage.said(asked, "lasts 14")
    taken = await stage.press(stage.mira, refused, "v1:first:")
    await stage.finished(taken)


@drives("menu Make a video")
async def a_message_that_becomes_a_video(stage: Stage) -> None:
    message = await stage.noa.send(stage.channel, WORDS, attachments=[WIDE])
    asked = await stage.mira.context_menu(stage.channel, "Make a video", message)
    await stage.finished(asked)


@drives("menu Make it talk", "form PortraitForm")
async def a_sound_whose_speaker_is_asked_for(stage: Stage) -> None:
    message = await stage.noa.send(stage.channel, attachments=[NOTE])
    asked = await stage.faceless.context_menu(stage.channel, "Make it talk", message)
    assert list(fields(asked)) == ["picture"]
    sent = await stage.faceless.submit_modal(asked, {"picture": FACE})
    await stage.finished(sent)


@drives("speaker.PortraitButton", "form PortraitForm")
async def a_sound_that_is_sent_to_talkie(stage: Stage) -> None:
    person = stage.faceless.user
    channel = person.dm_channel
    sent = stage.env.backend.store_attachments(channel.id, [NOTE])
    await person.send_dm(attachments=sent)
    await stage.until(lambda: "Choose" in str(ids_and_words(channel.last_message)))
    slip = channel.last_message
    assert slip is not None
    pressed = await person.click(slip, custom_id=id_of(slip, "v1:speaker:"))
    made = await person.submit_modal(pressed, {"picture": FACE})
    await stage.finished(made)


def ids_and_words(message: object) -> str:
    return "" if message is None else text(message) + str(ids(message))  # type: ignore[arg-type]


@drives("/jobs", "buttons.CancelButton", "buttons.DiscardButton")
async def jobs_that_are_called_off(stage: Stage) -> None:
    with stage.at_work():
        asked = [await stage.mira.slash(stage.channel, "video", prompt=WORDS) for _ in range(3)]
        last = await stage.offers(asked[-1], "v1:cancel:")
        listed = await stage.mira.slash(stage.channel, "jobs")
        assert last in ids(listed)
        cancelled = await stage.press(stage.mira, listed, last)
        await stage.said(cancelled, "called off")
        await stage.until_rows("SELECT 1 FROM call WHERE state = 'started'")
        [first, *_] = await stage.rows("SELECT id FROM job WHERE state = 'active'")
        refused = await stage.press(stage.mira, listed, f"v1:cancel:{first['id']}")
        message = await stage.said(refused, "")
        discarded = await stage.press(stage.mira, message, "v1:discard:")
        await stage.said(discarded, "called off")
    await stage.until_rows("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM job WHERE ended_at IS NULL)")


@drives("buttons.GetButton")
async def a_video_that_is_fetched_after_its_token_died(stage: Stage) -> None:
    with stage.at_work(), stage.by_own_installation(stage.noa):
        asked = await stage.noa.slash(stage.channel, "video", prompt=WORDS, seconds=2)
        await stage.offers(asked, "v1:cancel:")
        await stage.grow_old(13 * 60 + 5)
        await stage.offers(asked, "v1:get:")
    pressed = await stage.press(stage.noa, asked, "v1:get:")
    assert pressed.acknowledged
    await stage.finished(asked)


@drives("repeats.AgainButton", "repeats.RemixButton", "form RemixForm")
async def a_video_that_is_made_again(stage: Stage) -> None:
    message = await stage.video()
    again = await stage.mira.click(message, label="Again")
    await stage.finished(again)
    opened = await stage.mira.click(message, label="Remix")
    kept = {"prompt": WORDS, "shape": ["tall"], "seconds": ["3"], "size": ["standard"]}
    assert set(fields(opened)) == set(kept)
    remixed = await stage.mira.submit_modal(opened, kept)
    assert WORDS in text(await stage.finished(remixed))


@drives("deletion.DeleteButton", "deletion.EraseButton")
async def a_video_that_is_deleted(stage: Stage) -> None:
    message = await stage.video()
    pressed = await stage.mira.click(message, label="Delete")
    [question] = pressed.followups
    await stage.press(stage.mira, question, "v1:erase:")
    await stage.until(lambda: message.id not in {each.id for each in stage.channel.history()})
    await stage.said(pressed, "Gone:")


@drives(
    "sharing.ShareButton",
    "sharing.VoteButton",
    "sharing.UnshareButton",
    "browsing.PageButton",
    *(f"/gallery {each}" for each in ("top", "new", "random", "mine")),
)
async def a_gallery_that_is_filled_and_looked_through(stage: Stage) -> None:
    shared = []
    for _ in range(2):
        message = await stage.video()
        shared.append(await stage.mira.click(message, label="Share"))
        await stage.said(shared[-1], "public page")
    await stage.until(lambda: len(stage.gallery.history()) >= len(shared))
    post = stage.gallery.history()[-1]
    await stage.press(stage.noa, post, "v1:vote:")
    await stage.until(lambda: "▲ 1" in str(parts(stage.gallery.history()[-1])))
    for name in ("top", "new", "random"):
        listed = await stage.noa.slash(stage.channel, f"gallery {name}")
        await stage.finished(listed)
    listed = await stage.noa.slash(stage.channel, "gallery new")
    first = text(await stage.finished(listed))
    await stage.press(stage.noa, listed, "v1:page:")
    await stage.until(lambda: text(listed) != first)
    own = await stage.mira.slash(stage.channel, "gallery mine")
    await stage.press(stage.mira, own, "v1:unshare:")
    await stage.said(own, "Taken back")


@drives(
    "reporting.ReportButton",
    "form ReportForm",
    *(f"reporting.{each}Button" for each in ("Hide", "Unhide", "Dismiss")),
)
async def a_report_and_what_moderators_decide(stage: Stage) -> None:
    for reporter in (stage.noa, stage.faceless):
        # Whatever is hidden is gone from where it was shown.
        message = await stage.video()
        before = len(stage.moderation.history())
        opened = await reporter.click(message, label="Report")
        sent = await reporter.submit_modal(opened, {"reason": ["hate"], "words": "Look at it."})
        await stage.said(sent, "Thank you")
        await stage.until(lambda: len(stage.moderation.history()) > before)  # noqa: B023
        if reporter is stage.noa:
            for press in ("v1:hide:", "v1:unhide:"):
                notice = stage.moderation.history()[-1]
                await stage.press(stage.moderator, notice, press)
        else:
            notice = stage.moderation.history()[-1]
            await stage.press(stage.moderator, notice, "v1:dismiss:")


@drives("/credits")
async def credits_that_are_looked_at_and_not_granted(stage: Stage) -> None:
    await stage.said(await stage.mira.slash(stage.channel, "credits"), "credits")
    grant = await stage.mira.slash(stage.channel, "credits", grant=stage.noa, amount=5)
    await stage.said(grant, "owner")


@drives(
    "/portrait set",
    "/portrait show",
    "/portrait show?name",
    "/portrait remove",
    "/portrait remove?name",
    "form NameForm",
    *(f"likeness.PortraitMenu {each}" for each in ("shape", "pick")),
    *(f"likeness.PortraitButton {each}" for each in likeness.Act),
)
async def portraits_that_are_kept(stage: Stage) -> None:
    mira, channel = stage.mira, stage.channel
    for name in ("Sea", "Land"):
        kept = await mira.slash(channel, "portrait set", picture=WIDE, name=name)
        await stage.said(kept, name)
    [found] = await mira.autocomplete(channel, "portrait show", "name", "lan")
    card = await mira.slash(channel, "portrait show", name=found["value"])

    async def press(start: str) -> InteractionResult:
        return await stage.press(mira, card, f"v1:portrait:{start}:")

    menu = id_of(card, "v1:portrait-menu:shape:")
    await stage.choose(mira, card, menu, "tall")
    for act in (Act.START, Act.END, Act.CENTRE, Act.DEFAULT):
        before = str(parts(card))
        await press(act)
        assert str(parts(card)) != before
    form = await press(Act.RENAME)
    await mira.submit_modal(form, {"name": "Harbour"})
    assert "Harbour" in text(card)
    menu = id_of(card, "v1:portrait-menu:pick:")
    [other] = [each["options"][0]["value"] for each in parts(card) if each.get("custom_id") == menu]
    await stage.choose(mira, card, menu, other)
    assert "Sea" in text(card)
    await press(Act.ASK)
    await press(Act.KEEP)
    await press(Act.ASK)
    await press(Act.REMOVE)
    assert id_count(card) == 0
    assert await mira.autocomplete(channel, "portrait remove", "name", "")
    asked = await mira.slash(channel, "portrait remove", name="Harbour")
    await stage.press(mira, asked, "v1:portrait:remove:")
    assert id_count(asked) == 0


@drives(
    "/settings me",
    *(f"own_settings.OwnSwitch {each}" for each in ("dm", "coach", "credit")),
    *(f"own_settings.OwnMenu {each}" for each in ("shape", "portrait")),
)
async def settings_of_a_member(stage: Stage) -> None:
    noa = stage.noa
    await noa.slash(stage.channel, "portrait set", picture=FACE, name="Me")
    card = await noa.slash(stage.channel, "settings me")
    for which in ("dm", "coach", "credit"):
        before = id_of(card, f"v1:own:{which}:")
        await stage.press(noa, card, before)
        assert id_of(card, f"v1:own:{which}:") != before
    await stage.choose(noa, card, "v1:own-menu:shape", "tall")
    [kept] = await stage.rows("SELECT id FROM portrait WHERE name = 'Me'")
    await stage.choose(noa, card, "v1:own-menu:portrait", str(kept["id"]))
    defaults = [each for each in parts(card) if each.get("custom_id") == "v1:own-menu:shape"]
    assert [each["value"] for each in defaults[0]["options"] if each.get("default")] == ["tall"]


@drives(
    "/settings server",
    "server_settings.ServerSwitch",
    "server_settings.NumbersButton numbers",
    "form NumbersForm",
    *(
        f"server_settings.ServerMenu {each}"
        for each in ("channels", "roles", "gallery", "gallery_channel", "moderation_channel")
    ),
)
async def settings_of_a_server(stage: Stage) -> None:
    manager, channel = stage.moderator, stage.channel
    refused = await stage.mira.slash(channel, "settings server")
    await stage.said(refused, "manage this server")
    card = await manager.slash(channel, "settings server")
    chosen: dict[str, list[Any]] = {
        "channels": [channel],
        "roles": [stage.role],
        "gallery": ["public"],
        "gallery_channel": [stage.gallery],
        "moderation_channel": [stage.moderation],
    }
    for rule, values in chosen.items():
        await stage.choose(manager, card, f"v1:server-menu:{rule}", *values)
    for rule in ("channels", "roles"):
        await stage.choose(
            manager,
            card,
            f"v1:server-menu:{rule}",
        )
    for value in ("off", "on"):
        await stage.press(manager, card, f"v1:server:menus:{value}")
    form = await stage.press(manager, card, "v1:server:numbers")
    await manager.submit_modal(form, {"member_daily": "900"})
    assert "900" in text(card)


@drives("/privacy")
async def privacy_that_is_asked_about(stage: Stage) -> None:
    answer = await stage.mira.slash(stage.channel, "privacy")
    assert answer.ephemeral
    assert "How to delete it" in text(answer)


@drives("/help", "guide.UseButton", "form ExampleForm")
async def help_that_is_used(stage: Stage) -> None:
    card = await stage.mira.slash(stage.channel, "help")
    form = await stage.press(stage.mira, card, "v1:example:tram")
    sent = {"prompt": WORDS, "shape": ["wide"], "seconds": ["2"]}
    assert set(fields(form)) == set(sent)
    await stage.finished(await stage.mira.submit_modal(form, sent))


def id_count(answer: InteractionResult) -> int:
    return len(ids(answer))
