"""Puts frames of what `make demo` has made side by side: `.venv/bin/python docs/picture.py`."""  # noqa: INP001 a script

import io
import subprocess
from pathlib import Path

import imageio_ffmpeg
from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent / "demo"
WIDE, GAP, CORNER = 360, 8, 8
SMOOTH = 4
"""Corners are drawn this many times larger and scaled down."""
STEP = 4
"""Every fourth shade is kept: nobody sees the others, and they are half of the file."""


def main() -> None:
    """Draw docs/demo.png; raises CalledProcessError if a video of the demonstration is missing."""
    words = [frame("1-words", at_s, f"{WIDE}:-2") for at_s in (1.6, 4.5)]
    picture = [frame("2-picture", at_s, f"{WIDE}:-2") for at_s in (0.0, 5.0)]
    height = words[0].height + GAP + picture[0].height
    voice = frame("3-voice", 2.5, f"-2:{height}")
    sheet = Image.new("RGBA", (2 * (WIDE + GAP) + voice.width, height))
    for column in (0, 1):
        put(sheet, words[column], column * (WIDE + GAP), 0)
        put(sheet, picture[column], column * (WIDE + GAP), words[column].height + GAP)
    put(sheet, voice, 2 * (WIDE + GAP), 0)
    sheet.save(HERE / "demo.png", optimize=True)


def frame(name: str, at_s: float, size: str) -> Image.Image:
    """One frame of a video, scaled."""
    made = subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-ss", str(at_s)),
            *("-i", str(DEMO / f"{name}.mp4"), "-vf", f"scale={size}:flags=lanczos"),
            *("-frames:v", "1", "-f", "image2pipe", "-c:v", "ppm", "-"),
        ],
        check=True,
        capture_output=True,
    )
    shades = [min(252, (shade + STEP // 2) // STEP * STEP) for shade in range(256)]
    return Image.open(io.BytesIO(made.stdout)).convert("RGB").point(shades * 3)


def put(sheet: Image.Image, picture: Image.Image, left: int, top: int) -> None:
    """Put a picture on a sheet, without its sharp corners."""
    mask = Image.new("L", (picture.width * SMOOTH, picture.height * SMOOTH))
    box = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, CORNER * SMOOTH, fill=255)
    sheet.paste(picture, (left, top), mask.resize(picture.size, Image.Resampling.LANCZOS))


if __name__ == "__main__":
    main()
