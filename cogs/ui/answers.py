"""What Talkie says at once, before there is a job; `texts` has the rest."""

from bot.services.foretelling import Foretold
from cogs.ui import counting

PREPARING = "Getting ready. Your video comes here."
LISTENING = "Listening to what you sent. Your video comes here."
OPENING = "Many ask at this moment. The parts of your video come here in a few seconds."
PRICE_COMES = "Many ask at this moment: the price comes here first."
INTERRUPTED = (
    "Talkie was stopped before it could begin with this. You paid nothing; please ask once more."
)
PRESS_AGAIN = (
    "Talkie was stopped before it could begin with this. You paid nothing; please press again."
)
NO_FACE = (
    "I need a picture that speaks: you sent none, and your profile has none of its own. Choose "
    "one, or send the sound again together with a picture. One that you save with `/portrait set` "
    "speaks from then on."
)
CHOOSE_PICTURE = "Choose a picture"
DIRECTIONS = (
    "**Send me a voice note, and a picture speaks it**: the one you attach, else the one you saved "
    "with `/portrait set`, else your profile's.\n"
    "- `/video` makes a video from words\n"
    "- `/animate` sets a picture in motion\n"
    "- `/talk` lets any picture speak a sound or a typed line\n"
    "- `/jobs` lists what you made, `/help` has examples"
)


def price(foretold: Foretold) -> str:
    """What it will cost, and what of."""
    if foretold.credits == 0:
        return "It is free."
    available = counting.count(foretold.available, "credit")
    if foretold.credits is None:
        return f"You have {available}. Looking up what this costs."
    most = "at most " if foretold.is_most else ""
    return f"It costs {most}{foretold.credits} of your {available}."
