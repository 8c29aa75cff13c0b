"""The sentence for each reason why a member gets no video; each says what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.errors import Code
from cogs.ui import counting

REFUSALS: Mapping[Code, str] = MappingProxyType(
    {
        Code.CHANNEL_CLOSED: (
            "This server makes videos in certain channels only. Send it in one of them, such as "
            "<#{channel}>."
        ),
        Code.COOLING_DOWN: (
            "One video every {cooldown:second}, please. You can send the next one <t:{resumes}:R>."
        ),
        Code.DAILY_CAP: (
            "On this server the limit for each member is {limit} a day. You can send the next "
            "one here <t:{resumes}:R>."
        ),
        Code.ENGINE_BROKE: (
            "The account that pays for videos is empty, so nothing was started and you paid "
            "nothing. Please tell the person who runs this bot."
        ),
        Code.ENGINE_BUSY: (
            "The video service is too busy right now. You paid nothing; please try again in a "
            "few minutes."
        ),
        Code.ENGINE_DOUBT: (
            "The video service did not answer whether it started, so Talkie does not ask twice. "
            "You paid nothing. If the video turns up after all, you get it for free; or send the "
            "command again."
        ),
        Code.ENGINE_DOWN: (
            "The video service cannot be reached right now. You paid nothing; please try again "
            "in a few minutes."
        ),
        Code.ENGINE_FAILED: (
            "The video service could not finish this one. You paid nothing; try again, or change "
            "the prompt a little."
        ),
        Code.ENGINE_KEY: (
            "The video service does not accept this bot's key. You paid nothing; please tell the "
            "person who runs this bot."
        ),
        Code.ENGINE_NO_MODEL: (
            "The video service offers no model for this kind of video right now. You paid "
            "nothing; please try again later, or tell the person who runs this bot."
        ),
        Code.ENGINE_REJECTED: (
            "The video service refused this request. You paid nothing; try another prompt or "
            "another file."
        ),
        Code.ENGINE_RESULT: (
            "The video that came back was broken. You paid nothing; please send the command again."
        ),
        Code.ENGINE_SUSPENDED: (
            "The account that makes videos is suspended. You paid nothing; please tell the person "
            "who runs this bot."
        ),
        Code.FILE_BROKEN: (
            "This file is damaged or incomplete. Save it again and send it once more."
        ),
        Code.FILE_EMPTY: "This file is empty. Please attach another one.",
        Code.FILE_FORBIDDEN: (
            "Talkie only takes files that were uploaded to Discord. Attach it here."
        ),
        Code.FILE_GONE: "Discord no longer has this file. Please upload it again.",
        Code.FILE_SLOW: "Discord took too long to hand over the file. Please try again.",
        Code.FILE_TOO_BIG: (
            "This file is too big (the limit is {limit_mib} MiB). Send a smaller one."
        ),
        Code.WORDS_CHANGED: (
            "The words changed while you pressed, so nothing was made of them. Read them on the "
            "card, then press again."
        ),
        Code.FORM_EXPIRED: "This was already used or has expired. Please send the command again.",
        Code.GALLERY_OFF: "This server has no gallery. Ask whoever runs the server to turn it on.",
        Code.GRANT_INCOMPLETE: "To grant credits, choose both a person and an amount.",
        Code.GRANT_INVALID: (
            "Grant between 1 and {limit:credit}; a number below zero takes some back."
        ),
        Code.GRANT_TOO_DEEP: (
            "They have only {available:credit} left. Take back that many, or fewer."
        ),
        Code.INAUDIBLE: (
            "I cannot hear anything in this sound. Record it again, a little louder or closer."
        ),
        Code.INPUTS_GONE: (
            "The picture or sound of that video is no longer kept. Attach it again with the "
            "command."
        ),
        Code.INPUTS_NOT_YOURS: (
            "That video was made with another member's picture or voice, which only they can use "
            "again. Use the command with a picture or sound of your own."
        ),
        Code.JOB_DELETED: (
            "Video #{job} was deleted: its file, page, prompt and inputs are gone. Send the "
            "command again to make a new one."
        ),
        Code.JOB_ENDED: "Video #{job} has already ended. `/jobs` shows how.",
        Code.JOB_STARTED: (
            "Video #{job} is being made, and the video service cannot stop that. You can have it "
            "thrown away: that costs {charge:credit}."
        ),
        Code.JOB_STARTING: (
            "Video #{job} is just being handed to the video service. Try again in a few seconds."
        ),
        Code.JOB_UNKNOWN: "There is no video #{job}. `/jobs` lists yours.",
        Code.JOB_UNFINISHED: (
            "Video #{job} is not finished yet. Wait for it, or cancel it in `/jobs`."
        ),
        Code.LINE_EMPTY: "There is nothing to say in this line. Type the words to be spoken.",
        Code.LINE_TOO_LONG: (
            "This line has {length:character}; a video of ten seconds holds {limit}. Shorten it "
            "and send it again."
        ),
        Code.MANAGERS_ONLY: (
            "Only members who may manage this server change what it allows. Ask one of them to "
            "open `/settings server` here."
        ),
        Code.MENUS_OFF: (
            "This server has turned the menus off. Use `/video`, `/animate` or `/talk` instead."
        ),
        Code.MODERATORS_ONLY: (
            "Only those who may manage messages on that server can decide this. Ask one of them."
        ),
        Code.MODE_PAUSED: (
            "The video service takes no more of this kind for now. Send it again "
            "<t:{resumes}:R> (<t:{resumes}:t>), or try another kind, which may still work."
        ),
        Code.NOTHING_TO_USE: (
            "This message has nothing I can make a video from. Pick one with text, a picture or "
            "a sound."
        ),
        Code.NOT_ENOUGH_CREDITS: (
            "This video costs {needed:credit} and you have {available}. `/credits` shows when "
            "you get more."
        ),
        Code.NOT_PICTURE: (
            "This is not a picture I can read. Send a JPG, PNG, WebP, HEIC, AVIF, GIF or BMP."
        ),
        Code.NOT_SHARED: "This video is not shared any more. Choose another one in `/gallery`.",
        Code.NOT_SOUND: (
            "This is not a sound I can read. Send a voice note, or an MP3, OGG, WAV, FLAC, M4A "
            "or MP4."
        ),
        Code.NOT_YOURS: "This belongs to somebody else. `/jobs` lists your own videos.",
        Code.NO_CREDITS: "You have no credits left. `/credits` shows when you get more.",
        Code.NO_PRICE: (
            "The video service tells no more prices today, and Talkie starts nothing at a price "
            "it does not know. You paid nothing. Try another length, or again <t:{resumes}:R>."
        ),
        Code.NO_SOUND: (
            "There is no sound in it. Use a voice note or a sound file; for a line that you type, "
            "use `/talk` with `say`."
        ),
        Code.NO_VOICE: (
            "This bot makes its videos itself and has no voice for typed lines. Record a voice "
            "note and give it as `audio` instead of `say`."
        ),
        Code.OWNER_ONLY: "Only the owner of this bot can do that. Ask them for it.",
        Code.PAGE_UNKNOWN: "There is no such page. Open the list again with `/gallery`.",
        Code.PICTURE_TOO_LARGE: "This picture has too many pixels. Send a smaller copy of it.",
        Code.PICTURE_TOO_NARROW: (
            "This picture is too long and thin for a video. Crop it and send it again."
        ),
        Code.PICTURE_TOO_SMALL: (
            "This picture is too small. Send one with at least 64 pixels on each side."
        ),
        Code.PORTRAITS_FULL: (
            "You already keep {limit:portrait}. Remove one before you add another."
        ),
        Code.PORTRAIT_NAME: "Give the portrait a name of 1 to {limit:character}.",
        Code.PORTRAIT_NONE: (
            "You keep no portrait yet. Save a picture of a face with `/portrait set`."
        ),
        Code.PORTRAIT_TAKEN: "Another portrait of yours has this name. Choose another name.",
        Code.PORTRAIT_TWICE: (
            "You gave both a picture and a saved portrait. Send it again with one of them."
        ),
        Code.PORTRAIT_UNKNOWN: (
            "You have no portrait like this. `/portrait show` lists yours, `/portrait set` saves "
            "one."
        ),
        Code.PRESSED_ALREADY: (
            "You have just pressed this, and Talkie is on it. For one more, press again in a few "
            "seconds."
        ),
        Code.PREPARING_MANY: (
            "Talkie is still getting {limit} of your requests ready. Wait until it is done with "
            "one of them, then send this one again."
        ),
        Code.PRICE_ASKED: (
            "This video would cost {cost} of your {available:credit}. You paid nothing yet; "
            "confirm it to go on."
        ),
        Code.PRICE_ROSE: (
            "This video now costs {needed:credit}, not {agreed} as you were shown, so nothing was "
            "started. Press again if you still want it."
        ),
        Code.PROMPT_EMPTY: "Please say in words what the video should show.",
        Code.PROMPT_TOO_LONG: (
            "This prompt has {length:character}, the limit is {limit}. Shorten it and send it "
            "again."
        ),
        Code.QUEUE_FULL: (
            "You already have {limit:video} waiting. Wait for one to be done, or cancel one in "
            "`/jobs`."
        ),
        Code.QUEUE_TOO_LONG: (
            "Your waiting videos may last {limit:second} in all. Wait for one of them to start, "
            "or cancel one in `/jobs`."
        ),
        Code.REPORTED_ALREADY: (
            "You have reported this video already. Please wait until the moderators decide."
        ),
        Code.REPORT_CLOSED: (
            "This report has been decided, or its video is gone. Open the newest report instead."
        ),
        Code.REPORTS_TOO_MANY: (
            "That is enough reports for now. The moderators know; please try again tomorrow."
        ),
        Code.ROLE_MISSING: (
            "On this server videos are for members with certain roles, such as <@&{role}>. Ask "
            "its moderators for one."
        ),
        Code.RULES_INVALID: (
            "Write whole numbers up to {limit} (from 1, credits from 0) or leave the field empty, "
            "and choose up to {most:channel} and {most:role}. Nothing was changed; try again."
        ),
        Code.SEED_INVALID: (
            "A seed is a whole number from 0 to {limit}. Leave it out for a new one."
        ),
        Code.SERVER_ABSENT: (
            "Talkie has not been added to this server, so there is nothing to set. Add it first, "
            "or open `/settings server` where it is."
        ),
        Code.SERVER_FULL: (
            "This server already has {limit:video} under way. Try again when one is done."
        ),
        Code.SOUND_OR_LINE: (
            "Give either a sound as `audio`, or a line to be spoken as `say`: one of the two."
        ),
        Code.SHARE_ELSEWHERE: (
            "A video can be shared only on the server it was made on, if this bot is a member "
            "there. To share one elsewhere, use `/video` there."
        ),
        Code.SOUND_OVER_LIMIT: (
            "This sound lasts {seconds} s, a video holds up to {limit_s} s. You can use its first "
            "part, or send a shorter one."
        ),
        Code.SOUND_TOO_LONG: "This sound is longer than two minutes. Please send a shorter one.",
        Code.SPEECH_TOO_LONG: (
            "Spoken by this voice, the line lasts longer than the ten seconds of a video. You "
            "paid nothing; shorten the line and send it again."
        ),
        Code.SPENDING_PAUSED: (
            "Today's budget for videos on this bot is used up. Send it again <t:{resumes}:R>, "
            "when there is a new one."
        ),
        Code.STILL_SHARED: "This video is shared in the gallery. Take it back there first.",
        Code.VIDEO_HIDDEN: (
            "Moderators have hidden this video. If it is yours, `/jobs` shows it to you alone; ask "
            "them if you think that it should be seen."
        ),
        Code.TOO_HASTY: (
            "Many ask at this moment, so this could not be opened in time, and nothing has "
            "changed. Please try again in a few seconds."
        ),
        Code.UNEXPECTED: (
            "Something went wrong on our side, which costs you nothing; please try again. If it "
            "happens again, give the person who runs this bot the number `{incident}`."
        ),
        Code.VOICES_GONE: (
            "The video service has no voice right now, and you paid nothing. Record a voice note "
            "and give it as `audio`, or try again later."
        ),
        Code.VOICE_UNKNOWN: (
            "There is no voice like this. Choose one from the list that `voice` shows, or leave "
            "it out."
        ),
    }
)


def sentence(code: Code, facts: Mapping[str, float | str]) -> str:
    """The sentence for a code, filled with its facts."""
    words = dict(facts)
    if "limit_bytes" in words:
        words["limit_mib"] = int(float(words["limit_bytes"])) // 2**20
    if words.get("charge") == 0:
        words["charge"] = "nothing"
    return counting.fill(REFUSALS[code], words)
