"""The rule that one sound has one voice, and how a prompt tells that there are more."""

from itertools import pairwise
from types import MappingProxyType

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context
from bot.domain.reading.language import Language
from bot.domain.reading.lexicon import closed
from bot.domain.reading.lists import listed
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import ACTIONS, Sense
from bot.domain.reading.words import Word
from storage.records import Mode

_HE_OR_SHE = frozenset(("he", "she", "er"))
_WHOEVER = _HE_OR_SHE | {"sie"}
_ARTICLES = frozenset(("a", "an", "the", "one", "another", "ein", "eine", "der", "die", "other"))
_OWNED = frozenset(("his", "her", "their", "sein", "seine", "ihr", "ihre"))
_REPLIES = frozenset(("answers", "replies", "responds", "retorts", "antwortet", "erwidert"))
_LISTENING = frozenset(("listens", "waits", "hört", "lauscht", "off"))
_ALONE = frozenset(("only", "nur", "alone", "one", "einer", "eine", "neither"))
_NEAR = 4
_FAR = 8
_SEX = MappingProxyType(
    {
        **dict.fromkeys(
            listed(
                "man boy guy gentleman king prince waiter actor husband father dad son brother "
                "uncle grandfather grandpa groom mann junge vater sohn bruder onkel opa"
            ),
            "he",
        ),
        **dict.fromkeys(
            listed(
                "woman girl lady queen princess waitress actress wife mother mum mom daughter "
                "sister aunt grandmother grandma bride frau mutter tochter schwester tante oma"
            ),
            "she",
        ),
    }
)
_CROWDS = listed(
    "crowd choir people everybody everyone family class congregation team crew gang audience mob "
    "group assembly party jury quartet trio chor menge leute familie klasse gemeinde mannschaft "
    "gruppe alle"
)
"""Who speaks with more than one mouth."""

_SHARED = listed(
    "interviews interviewing interview chats chatting argues arguing quarrels quarrelling debates "
    "debating banters bantering converses conversing bickers bickering interviewt streitet "
    "diskutiert plaudert"
)
"""What nobody does alone: whoever it is done with has a voice of their own."""
_TO = frozenset(("to", "at", "for", "zu"))
_MUTUAL = frozenset(("each", "one", "einander", "both"))
_TOPIC = frozenset(("about", "über", "von"))
_ONE = frozenset(("man", "woman", "girl", "boy", "person"))


def many_speakers(reading: Reading, context: Context) -> Finding | None:
    """The lips follow one voice; a second one is ignored (guide, lines 98 and 150)."""
    if context.mode is not Mode.AUDIO:
        return None
    heard = context.sound.speakers or 1
    ways = (_talk_together, _talk_in_turn, _talk_as_many, _is_shared)
    several = any(is_told(reading) for is_told in ways)
    if heard < 2 and not several:
        return None
    return Finding(rule=Rule.MANY_SPEAKERS, severity=Severity.WEAK, facts={"speakers": heard})


def _talk_together(reading: Reading) -> bool:
    """Whether several people speak or sing: in one clause, or as the subject of the next.

    A clause after while or as has a subject of its own.
    """
    voices = [
        reading.words[place]
        for place in reading.places((Sense.SPEECH, Sense.SONG))
        if not _is_of_one(place, reading)
    ]
    several = [reading.words[place] for place in _several(reading)]
    spoken = {voice.clause for voice in voices}
    turned = {word.clause for word in reading.words if word.text in closed.TURNS}
    led = spoken - turned - {voice.clause for voice in voices if _has_one_subject(voice, reading)}
    return any(
        one.clause in spoken or not led.isdisjoint((one.clause + 1, one.clause + 2))
        for one in several
    )


def _has_one_subject(voice: Word, reading: Reading) -> bool:
    """Whether he or she alone is who speaks in this clause: the couple sit; he tells a story."""
    return any(
        word.clause == voice.clause and word.start < voice.start and word.text in _HE_OR_SHE
        for word in reading.words
    )


def _talk_as_many(reading: Reading) -> bool:
    """Whether a crowd speaks, or the verb is of many: the crowd chants, mother and child talk."""
    return any(_is_of_many(place, reading) for place in reading.places((Sense.SPEECH, Sense.SONG)))


def _is_of_many(place: int, reading: Reading) -> bool:
    word, before = reading.words[place], reading.before(place)
    if not before or before in closed.DETERMINERS or _is_of_one(place, reading):
        return False
    if before in _CROWDS:
        return True
    is_plural = word.text in closed.PLAIN_ING or not word.text.endswith(("s", "ing", "ed"))
    is_named = Sense.PERSON in reading.senses[place - 1]
    pair = {reading.before(place, 2), reading.before(place, 3)}
    return (
        is_plural
        and is_named
        and reading.language is not Language.GERMAN
        and (before.endswith(("s", "men", "children")) or "and" in pair)
    )


def _is_of_one(place: int, reading: Reading) -> bool:
    """Whether it is said that one of them alone speaks: only the older one speaks."""
    before = [reading.before(place, steps) for steps in range(1, _NEAR + 1)]
    clause = reading.words[place].clause
    near = [
        word for steps, word in enumerate(before, 1) if _clause(place - steps, reading) == clause
    ]
    return not _ALONE.isdisjoint(near)


def _clause(place: int, reading: Reading) -> int:
    return reading.words[place].clause if place >= 0 else -1


def _talk_in_turn(reading: Reading) -> bool:
    """Whether one person speaks and then another: he says hello, and then she replies."""
    spoken = [
        (_speaker(place, reading), reading.words[place].text)
        for place in reading.places((Sense.SPEECH, Sense.SONG))
    ]
    speakers = {speaker for speaker, _ in spoken if speaker is not None}
    named = speakers - _HE_OR_SHE
    sexes = {_SEX.get(speaker, speaker) for speaker in speakers} & _HE_OR_SHE
    is_answered = bool(named) and any(
        verb in _REPLIES and speaker in _WHOEVER for speaker, verb in spoken[1:]
    )
    return (
        len(named) > 1
        or len(sexes) > 1
        or is_answered
        or _is_reply_to_another(reading)
        or _is_taken_up(speakers, reading)
    )


def _is_taken_up(speakers: set[str], reading: Reading) -> bool:
    """Whether he or she who speaks is not who is named: a nun asks a boy, he says no."""
    others = {reading.words[at].text for at in reading.at.get(Sense.PERSON, ())} - speakers
    sexes = {_SEX.get(speaker) for speaker in speakers - _HE_OR_SHE}
    return bool(sexes) and any(
        said in _HE_OR_SHE and said not in sexes and said in {_SEX.get(other) for other in others}
        for said in speakers
    )


def _is_reply_to_another(reading: Reading) -> bool:
    """Whether somebody is named before the one who replies: a pilot calls, the tower replies."""
    people = reading.at.get(Sense.PERSON, ())
    for place in reading.at.get(Sense.SPEECH, ()):
        name = _named(place, 1, reading) if _is_reply(place, reading) else None
        if name is not None and any(
            at < place - 1
            and reading.words[at].text != name
            and reading.words[at + 1].text not in _LISTENING
            for at in people
        ):
            return True
    return False


def _is_reply(place: int, reading: Reading) -> bool:
    """Whether something is said in return: answers, shouts back."""
    after = reading.words[place + 1 : place + 2]
    return reading.words[place].text in _REPLIES or (
        bool(after) and after[0].text in {"back", "zurück"}
    )


def _is_shared(reading: Reading) -> bool:
    """Whether somebody is named with whom a conversation is held: interviews a mayor."""
    people = reading.at.get(Sense.PERSON, ())
    return any(
        word.text in _SHARED
        and reading.before(place) not in closed.DETERMINERS
        and any(
            place < at <= place + _NEAR and reading.words[at].clause == word.clause for at in people
        )
        and any(at < place and reading.words[at].sentence == word.sentence for at in people)
        for place, word in enumerate(reading.words)
    )


def _speaker(place: int, reading: Reading) -> str | None:
    """Who speaks right before a word for speaking: he, she, or somebody who is named."""
    for steps in (1, 2):
        text = reading.before(place, steps)
        if text in _HE_OR_SHE or (text == "sie" and reading.words[place].text in _REPLIES):
            return text
        if text == "sie" and steps == 1 and _is_she(place, reading):
            return "she"
    if reading.before(place) in closed.JOINERS:
        return _subject(place, reading)
    return next((name for steps in (1, 2) if (name := _named(place, steps, reading))), None)


def _is_she(place: int, reading: Reading) -> bool:
    """Whether sie opens a clause and does this alone: und sie erklärt; not: er fragt sie."""
    is_first = _clause(place - 2, reading) != _clause(place - 1, reading)
    opens = is_first or reading.before(place, 2) in closed.JOINERS
    return opens and reading.words[place].text.endswith("t")


def _named(place: int, steps: int, reading: Reading) -> str | None:
    """Who is named so many steps before a verb: the old judge says; not: a speaking clock."""
    at = place - steps
    verb = reading.words[place]
    if _clause(at, reading) != verb.clause or verb.text.endswith(("ing", "nd", "nde")):
        return None
    before = [
        reading.before(at, steps)
        for steps in range(1, _NEAR)
        if _clause(at - steps, reading) == verb.clause
    ]
    is_person = Sense.PERSON in reading.senses[at]
    # A word the coach does not know may be somebody: the witness answers.
    is_named = is_person or (steps == 1 and not reading.senses[at])
    is_owned = is_person and not _OWNED.isdisjoint(before)
    opens = is_person and not before
    is_subject = is_owned or opens or (is_named and not _ARTICLES.isdisjoint(before))
    return reading.words[at].text if is_subject else None


def _subject(place: int, reading: Reading) -> str | None:
    """He or she who did the last thing, if somebody goes on: and he laughs and says no."""
    before = (reading.before(place, steps) for steps in range(2, _FAR))
    return next((text for text in before if text in _HE_OR_SHE), None)


def _is_told_to(place: int, reading: Reading) -> bool:
    """Whether these many only listen: she tells two kids a story."""
    return (
        reading.words[place].text in closed.NUMBERS
        and bool(reading.before(place))
        and Sense.SPEECH in reading.senses[place - 1]
    )


def _is_topic(place: int, reading: Reading) -> bool:
    """Whether these many are only spoken about: talks about her two brothers."""
    return any(reading.before(place, steps) in _TOPIC for steps in (1, 2))


def _several(reading: Reading) -> list[int]:
    """Where more than one person is meant: both of them, a man and a woman."""
    found = [
        place
        for place in reading.at.get(Sense.SEVERAL, ())
        if (
            reading.before(place) not in _TO
            and not _is_told_to(place, reading)
            and not _is_topic(place, reading)
        )
        or reading.words[place].text in _MUTUAL
    ]
    people = reading.at.get(Sense.PERSON, ())
    voices = reading.places((Sense.SPEECH, Sense.SONG))
    for place in people:
        if not voices or place > voices[-1]:
            continue
        before = {reading.before(place, steps) for steps in (1, 2)}
        if (
            reading.words[place].text not in _ONE
            and not closed.NUMBERS.isdisjoint(before)
            and not any(reading.before(place, steps) in _TOPIC for steps in (2, 3))
        ):
            found.append(place)
    for first, second in pairwise(people):
        between = [word.text for word in reading.words[first + 1 : second]]
        before = {reading.before(first, steps) for steps in (1, 2)}
        is_other = reading.words[first].text != reading.words[second].text
        is_pair = is_other and len(between) <= _NEAR and not {"and", "und"}.isdisjoint(between)
        is_pair = is_pair and all(
            senses.isdisjoint(ACTIONS) for senses in reading.senses[first + 1 : second]
        )
        if is_pair and _TOPIC.isdisjoint(before):
            found.append(first)
    return found
