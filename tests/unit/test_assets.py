from pathlib import Path

import bot

_ASSETS = Path(bot.__file__).parent / "assets"


def test_every_asset_is_listed_with_its_licence() -> None:
    listed = (_ASSETS / "README.md").read_text()
    files = [path for path in _ASSETS.rglob("*") if path.is_file() and path.name != "README.md"]
    assert files
    for path in files:
        assert f"`{path.relative_to(_ASSETS)}`" in listed, path


def test_the_demonstration_is_small() -> None:
    assert sum(path.stat().st_size for path in (_ASSETS / "demo").iterdir()) <= 300_000
    assert sum(path.stat().st_size for path in (_ASSETS / "fonts").iterdir()) <= 800_000


def test_the_prompt_has_the_length_the_model_likes() -> None:
    prompt = (_ASSETS / "demo" / "prompt.txt").read_text()
    assert 60 <= len(prompt.split()) <= 120
    assert prompt.count("\n") == 1
