import errno
import os

from bot.engines.local.engine import trouble


def test_the_doctor_blames_a_full_disk_and_no_packages() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert "Make room" in trouble(f"worker exit code 1: {full}", "Install it again.").remedy
    assert trouble("worker exit code 1: no such font", "Install it.").remedy == "Install it."
