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
    bottle cup mug glass plate bowl spoon fork knife pan pot box bag basket bucket barrel jar can
    perfume soap towel shoe shoes sneaker sneakers boot hat ring necklace bracelet wallet purse
    table chair sofa couch bed desk shelf mirror curtain carpet pillow blanket candle vase
    television radio laptop keyboard camera headphones speaker robot machine engine wheel tire
    hammer rope ladder bucket broom brush paint pencil pen paper letter envelope newspaper map
    flag coin key keys lock door window wall roof chimney fence gate stairs elevator
    sandwich noodles soup salad cheese chocolate candy cookie donut popcorn ice cream milk juice
    beer wine egg eggs steak chicken banana orange lemon strawberry tomato potato onion carrot
    guitar piano violin drum drums trumpet dress shirt jacket skirt scarf umbrella backpack
    sun moon star stars cloud clouds sky rainbow lightning volcano lava smoke mist fog
    eye eyes face hand hands heart skull bone feather wing wings tail
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
    flasche tasse becher teller schüssel löffel gabel messer topf pfanne kiste schachtel tüte korb
    eimer dose parfüm seife handtuch schuh turnschuh tisch sofa spiegel vorhang teppich kissen
    kerze vase radio fernseher laptop tastatur kamera maschine motor rad hammer seil leiter
    pinsel stift papier brief zeitung karte fahne münze schlüssel nudeln suppe salat käse
    schokolade keks eis milch saft bier wein ei eier banane zitrone erdbeere tomate kartoffel
    gitarre klavier geige trommel trompete regenschirm stern sterne regenbogen blitz rauch nebel
    riesig winzig leer voll kaputt verlassen uralt modern gemütlich dunkel warm kalt heiß nass
    """
)
