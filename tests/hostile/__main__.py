"""Writes all files of the hostile suite into a folder, with a list of what each must get.

python -m tests.hostile FOLDER [--canary URL]
"""

import argparse
import json
from pathlib import Path

from tests.hostile import bad_sounds, good_sounds, pictures
from tests.hostile.case import Trap


def main() -> None:
    """Make the files and manifest.json."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--canary", default="http://127.0.0.1:9/trap.ts")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    trap = Trap(url=chosen.canary, secret=chosen.folder / "secret.txt")
    trap.secret.write_bytes(trap.word)
    rows = []
    groups = (good_sounds.CASES, bad_sounds.CASES, pictures.ACCEPTED, pictures.REFUSED)
    for group in groups:
        for name, case in group.items():
            case.write(chosen.folder / name, trap)
            answer = "taken" if case.refusal is None else case.refusal.value
            rows.append({"name": name, "answer": answer, "either": case.either})
    (chosen.folder / "manifest.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
