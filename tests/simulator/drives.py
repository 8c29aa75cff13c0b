"""The drives: what each uses stands above it, and is checked against what it did."""

from cogs.ui import legends
from tests.fakes.samples import picture, sound
from tests.simulator.sight import fields, id_of, ids, parts, text
from tests.simulator.stage import Stage
from tests.simulator.surfaces import Table

DRIVES = Table()
WORDS = "A lighthouse keeper paints the railing while the sea rolls in."
FACE = ("face.png", picture(640, 640))
WIDE = ("wide.png", picture(800, 400))
NOTE = ("note.mp3", sound(2.0))


@DRIVES.uses(
    "/video",
    "/video?prompt",
    "/jobs",
    "showing.ShowButton",
    "links.RenewButton",
    "links.UnlinkButton",
)
async def a_video_from_words(stage: Stage) -> None:
    found = await stage.mira.autocomplete(stage.channel, "video", "prompt", "tram")
    message = await stage.video(prompt=found[0]["value"])
    assert "yellow tram" in text(message)
    listed = await stage.mira.slash(stage.channel, "jobs")
    shown = await stage.press(stage.mira, listed, "v1:show:")
    await stage.finished(shown)
    by_number = await stage.mira.slash(stage.channel, "jobs", id=1)
    await stage.finished(by_number)
    [link] = by_number.followups
    await stage.press(stage.mira, link, "v1:unlink:")
    assert "no link" in text(link)
    await stage.press(stage.mira, link, "v1:relink:")
    assert "/v/" in text(link)


@DRIVES.uses(
    "/animate",
    "/animate?prompt",
    *(f"question.CropButton {each}" for each in ("start", "centre", "end")),
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


@DRIVES.uses("question.NeverButton")
async def a_question_that_is_answered_with_no(stage: Stage) -> None:
    asked = await stage.mira.slash(
        stage.channel, "animate", image=WIDE, prompt=WORDS, seconds=2, look=True
    )
    await stage.press(stage.mira, asked, "v1:never:")
    await stage.said(asked, "Nothing")


@DRIVES.uses(
    "question.ImproveButton",
    "question.RewriteButton",
    *(f"question.PickButton {each}" for each in ("own", "better")),
)
async def words_that_are_rewritten(stage: Stage) -> None:
    asked = await stage.mira.slash(stage.channel, "video", prompt=WORDS, seconds=2, look=True)
    await stage.press(stage.mira, asked, "v1:improve:")
    assert "costs $" in text(asked)
    await stage.press(stage.mira, asked, "v1:rewrite:")
    assert "rewrote these words" in text(asked)
    await stage.press(stage.mira, asked, "v1:pick:own:")
    assert "your own words" in text(asked)
    await stage.press(stage.mira, asked, "v1:pick:better:")
    await stage.press(stage.mira, asked, "v1:render:")
    await stage.finished(asked)


@DRIVES.uses("question.BetterButton", "question.EditButton", "form EditForm")
async def words_that_would_fail(stage: Stage) -> None:
    fast = "A woman speaks to the viewer. The camera whips around her quickly."
    asked = await stage.mira.slash(stage.channel, "talk", audio=NOTE, portrait=FACE, prompt=fast)
    await stage.press(stage.mira, asked, "v1:better:")
    form = await stage.press(stage.mira, asked, "v1:edit:")
    assert list(fields(form)) == ["words"]
    await stage.mira.submit_modal(form, {"words": WORDS})
    assert WORDS in text(asked)
    await stage.press(stage.mira, asked, "v1:never:")


@DRIVES.uses("/talk", "/talk?prompt", "/talk?saved", "/talk?voice")
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


@DRIVES.uses("/talk", "overlong.FirstPartButton")
async def a_sound_of_which_the_first_part_is_taken(stage: Stage) -> None:
    long = ("long.mp3", sound(14.0))
    asked = await stage.mira.slash(stage.channel, "talk", audio=long, portrait=FACE)
    refused = await stage.said(asked, "lasts 14")
    taken = await stage.press(stage.mira, refused, "v1:first:")
    await stage.finished(taken)


@DRIVES.uses("menu Make a video")
async def a_message_that_becomes_a_video(stage: Stage) -> None:
    message = await stage.noa.send(stage.channel, WORDS, attachments=[WIDE])
    asked = await stage.mira.context_menu(stage.channel, "Make a video", message)
    await stage.finished(asked)


@DRIVES.uses("menu Make it talk", "form PortraitForm")
async def a_sound_whose_speaker_is_asked_for(stage: Stage) -> None:
    message = await stage.noa.send(stage.channel, attachments=[NOTE])
    asked = await stage.faceless.context_menu(stage.channel, "Make it talk", message)
    assert list(fields(asked)) == ["picture"]
    sent = await stage.faceless.submit_modal(asked, {"picture": FACE})
    await stage.finished(sent)


@DRIVES.uses("speaker.PortraitButton", "form PortraitForm")
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
    return "" if message is None else text(message) + str(ids(message))  # type: ignore[arg-type]  # whatever is shown


@DRIVES.uses("/jobs", "buttons.CancelButton", "buttons.DiscardButton")
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


@DRIVES.uses("buttons.GetButton")
async def a_video_that_is_fetched_after_its_token_died(stage: Stage) -> None:
    with stage.at_work(), stage.by_own_installation(stage.noa):
        asked = await stage.noa.slash(stage.channel, "video", prompt=WORDS, seconds=2)
        await stage.offers(asked, "v1:cancel:")
        await stage.grow_old(13 * 60 + 5)
        await stage.offers(asked, "v1:get:")
    pressed = await stage.press(stage.noa, asked, "v1:get:")
    assert pressed.acknowledged
    await stage.finished(asked)


@DRIVES.uses("repeats.AgainButton", "repeats.RemixButton", "form RemixForm")
async def a_video_that_is_made_again(stage: Stage) -> None:
    message = await stage.video()
    again = await stage.mira.click(message, label="Again")
    await stage.finished(again)
    opened = await stage.mira.click(message, label="Remix")
    kept = {
        "prompt": WORDS,
        "shape": ["tall"],
        "seconds": ["3"],
        "size": ["standard"],
        "next": ["make"],
    }
    assert set(fields(opened)) == set(kept)
    remixed = await stage.mira.submit_modal(opened, kept)
    assert WORDS in text(await stage.finished(remixed))


@DRIVES.uses("deletion.DeleteButton", "deletion.EraseButton")
async def a_video_that_is_deleted(stage: Stage) -> None:
    message = await stage.video()
    pressed = await stage.mira.click(message, label="Delete")
    [question] = pressed.followups
    await stage.press(stage.mira, question, "v1:erase:")
    await stage.until(lambda: message.id not in {each.id for each in stage.channel.history()})
    await stage.said(pressed, "Gone:")


@DRIVES.uses(
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
    one_vote = legends.VOTE.format(votes=1)
    await stage.press(stage.noa, post, "v1:vote:")
    await stage.until(lambda: one_vote in str(parts(stage.gallery.history()[-1])))
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


@DRIVES.uses(
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
        await stage.until(lambda: len(stage.moderation.history()) > before)  # noqa: B023 it is waited for at once
        if reporter is stage.noa:
            for press in ("v1:hide:", "v1:unhide:"):
                notice = stage.moderation.history()[-1]
                await stage.press(stage.moderator, notice, press)
        else:
            notice = stage.moderation.history()[-1]
            await stage.press(stage.moderator, notice, "v1:dismiss:")


@DRIVES.uses("/credits")
async def credits_that_are_looked_at_and_not_granted(stage: Stage) -> None:
    await stage.said(await stage.mira.slash(stage.channel, "credits"), "credits")
    grant = await stage.mira.slash(stage.channel, "credits", grant=stage.noa, amount=5)
    await stage.said(grant, "owner")


@DRIVES.uses("/privacy")
async def privacy_that_is_asked_about(stage: Stage) -> None:
    answer = await stage.mira.slash(stage.channel, "privacy")
    assert answer.ephemeral
    assert "How to delete it" in text(answer)


@DRIVES.uses("/help", "guide.UseButton", "form ExampleForm")
async def help_that_is_used(stage: Stage) -> None:
    card = await stage.mira.slash(stage.channel, "help")
    form = await stage.press(stage.mira, card, "v1:example:tram")
    sent = {"prompt": WORDS, "shape": ["wide"], "seconds": ["2"]}
    assert set(fields(form)) == set(sent)
    await stage.finished(await stage.mira.submit_modal(form, sent))
