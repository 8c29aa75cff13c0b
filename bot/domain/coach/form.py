"""Rules about how a prompt is written: one flowing paragraph in the present (guide, line 28)."""

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context
from bot.domain.craft import builder
from bot.domain.reading import layout, leading, tense
from bot.domain.reading.reader import Reading, read


def paragraphs(reading: Reading, _context: Context) -> Finding | None:
    """A prompt is a single flowing paragraph (guide, line 28)."""
    lines = layout.paragraphs(reading.text)
    if len(lines) < 2:
        return None
    return Finding(
        rule=Rule.PARAGRAPHS,
        severity=Severity.HINT,
        facts={"paragraphs": len(lines)},
        fix=joined,
    )


def joined(prompt: str) -> str:
    """All lines in one paragraph; a line that has no mark at its end gets one."""
    lines = layout.paragraphs(prompt)
    if len(lines) < 2:
        return prompt
    return " ".join(_ended(line.lstrip("-*•> \t")) for line in lines)


def _ended(line: str) -> str:
    return line if line[-1] in ",;:" else builder.sentence(line)


def labels(reading: Reading, _context: Context) -> Finding | None:
    """Parts are woven together and not separated into labelled sections (guide, line 28)."""
    found = layout.labels(reading)
    if not found:
        return None
    return Finding(
        rule=Rule.LABELS,
        severity=Severity.WEAK,
        facts={"words": ", ".join(label.number + label.name for label in found)},
        fix=unlabelled,
    )


def unlabelled(prompt: str) -> str:
    """The sections as sentences, without their names."""
    found = layout.labels(read(prompt))
    pieces: list[str] = []
    begin = 0
    for label in found:
        pieces.append(prompt[begin : label.start])
        begin = label.stop
    pieces.append(prompt[begin:])
    said = [piece.strip(" \t\n*_#[](>|•-") for piece in pieces]
    if not found:
        return prompt
    return " ".join(builder.sentence(piece) for piece in said if piece.strip(".,;: "))


def keywords(reading: Reading, _context: Context) -> Finding | None:
    """The model reads sentences, not keyword lists (guide, line 32)."""
    if not layout.is_keyword_list(reading):
        return None
    return Finding(rule=Rule.KEYWORDS, severity=Severity.WEAK)


def told_in_present(reading: Reading, _context: Context) -> Finding | None:
    """A prompt is told in the present tense (guide, line 28)."""
    past, present, future = tense.told(reading)
    if past and past >= present:
        when = "past"
    elif future and future >= present:
        when = "future"
    else:
        return None
    return Finding(rule=Rule.TENSE, severity=Severity.WEAK, facts={"tense": when})


def lead(reading: Reading, _context: Context) -> Finding | None:
    """Word order sets priority: what matters most comes first (guide, line 32)."""
    is_apart = leading.style(reading) > 0
    if layout.is_keyword_list(reading) or not (is_apart or leading.is_woven(reading)):
        return None
    return Finding(rule=Rule.LEAD, severity=Severity.HINT, fix=led if is_apart else None)


def led(prompt: str) -> str:
    """What is seen first, and the film look behind it."""
    reading = read(prompt)
    style = leading.style(reading)
    if not style:
        return prompt
    stop = reading.words[style].start
    rest = prompt[stop:]
    return f"{builder.sentence(rest)} {builder.sentence(prompt[:stop].rstrip(' ,;:.'))}"
