"""What Talkie says to a message that came without a command; `texts` has the rest."""

LISTENING = "Listening to what you sent. Your video comes here."
NO_FACE = (
    "I need a picture that speaks: you sent none, and your profile has none of its own. Choose "
    "one, or send the sound again together with a picture."
)
CHOOSE_PICTURE = "Choose a picture"
DIRECTIONS = (
    "Send me a voice note and your picture speaks it (attach one, or I take your profile's); "
    "`/video` makes a video from words, `/animate` sets a picture in motion, `/talk` lets any "
    "picture speak a sound, and `/jobs` lists what you made."
)
