"""Frequent words that mean nothing to the coach, but tell which language a few words are in."""

from bot.domain.reading.lists import listed

ENGLISH = listed(
    """
    thunderstorm storm explosion weather winter summer autumn spring snow rain wind fire water food
    pizza burger coffee tea cake bread fruit apple flower flowers rose tree trees grass car cars
    truck bus train plane rocket ship boat bike bicycle phone computer book clock chair lamp toy
    toys ball balloon balloons statue painting sculpture sword shield treasure gold diamond crystal
    music party birthday christmas halloween wedding war battle race game football soccer basketball
    love hate hope joy freedom dream dreams nightmare memory memories time future past history
    magic magical mystery adventure horror comedy romance energy power chaos peace silence
    angry happy sad calm excited scared shy tired sleepy bored surprised serious funny silly crazy
    weird cool nice friendly energetic cheerful grumpy nervous proud confident soft loud quiet
    gentle gently slow slowly fast quickly smooth smoothly big small huge tiny giant little empty
    full broken abandoned ancient modern futuristic fantasy medieval cozy cosy dark bright warm
    cold hot wet dry dirty clean rusty pure happiness sadness beauty loneliness
    nostalgia
    """
)
GERMAN = listed(
    """
    gewitter sturm explosion wetter winter sommer herbst frühling schnee regen wind feuer wasser
    essen kaffee tee kuchen brot obst apfel blume blumen baum bäume gras auto autos zug flugzeug
    rakete boot fahrrad handy buch uhr stuhl spielzeug ball statue gemälde schwert schatz gold
    geburtstag weihnachten hochzeit krieg schlacht rennen spiel fußball liebe hass hoffnung freude
    freiheit traum träume alptraum erinnerung zeit zukunft vergangenheit magie abenteuer ruhe
    wütend glücklich traurig ruhig aufgeregt ängstlich schüchtern müde gelangweilt überrascht ernst
    lustig verrückt freundlich fröhlich nervös stolz leise laut sanft langsam schnell groß klein
    riesig winzig leer voll kaputt verlassen uralt modern gemütlich dunkel warm kalt heiß nass
    """
)
