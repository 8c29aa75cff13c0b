import json
import logging

import pytest

from bot import log


@pytest.mark.parametrize(
    "secret",
    [
        "MTEwMDAwMDAwMDAwMDAwMDAwMQ.G00000.0123456789012345678901234567890123456789",
        "1234|AbCdEf0123456789AbCdEf",
        "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246MTIz/messages/@original",
        "https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb246MTIz/callback",
        "https://results.example/1/a.mp4?X-Amz-Signature=abcdef0123",
    ],
)
def test_what_looks_like_a_secret_is_not_written(secret: str) -> None:
    said = log.redact(f"it failed at {secret} today")
    for part in ("0123456789012345", "AbCdEf", "aW50ZXJhY3", "abcdef0123"):
        assert part not in said
    assert said.startswith("it failed at")


def test_every_line_carries_the_job_and_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        log.set_up("INFO", "json")
        with log.about_job(12):
            logging.getLogger("bot.test").info("call started", extra={"attempt": 2})
        try:
            raise ValueError("1234|AbCdEf0123456789AbCdEf")
        except ValueError:
            logging.getLogger("bot.test").exception("it failed")
        log.set_up("INFO", "text")
        logging.getLogger("bot.test").warning("in words", extra={"n": 1})
    finally:
        logging.getLogger().handlers[:], level = before
        logging.getLogger().setLevel(level)
    first, second, third = capsys.readouterr().err.split("\n", 2)
    line = json.loads(first)
    assert (line["event"], line["job"], line["attempt"]) == ("call started", 12, 2)
    trouble = json.loads(second)
    assert "job" not in trouble
    assert "ValueError" in trouble["trace"]
    assert "AbCdEf" not in second
    assert "in words  n=1" in third
