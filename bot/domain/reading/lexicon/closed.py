"""Closed lists of small words, and of words that mislead, in English and German."""

from bot.domain.reading.lists import listed

CAMERAS = listed("camera cam drone shot kamera drohne")
DETERMINERS = listed(
    "a an the his her its their this that these those my your our der die das den dem ein eine "
    "einen einem einer ihr ihre sein seine"
)
POSSESSIVES = listed("his her its their")
JOINERS = listed("and then or und dann")
HELPERS = listed("will to can would going let lets shall would must")
POSSESSED = POSSESSIVES | listed("the one both ihr ihre ihren sein seine seinen die den das")
CAMERA_WORDS = listed(
    "zoom dolly pan tilt orbit track crane push pull slow gentle smooth arc truck zooming panning "
    "pushing pulling tilting orbiting tracking slowly"
)
SEPARABLE = listed(
    "vor an auf zu heran zurück hinein heraus raus rein weg näher hoch herum um ab mit vorbei "
    "nach los zusammen"
)
"""German ends of a clause that belong to its verb: fährt langsam heran."""

TURNS = listed("as while when whereas until during während als wobei bis")
TOWARD = listed(
    "to at into toward towards past facing faces face of in off engages engage zur zu in ins an "
    "holds passes pass from near beside"
)
PREPOSITIONS = listed(
    "in on at to into onto up down out off over under through away back from with"
)
NOUNISH = listed(
    """
    watch watches park parks work works plant plants water waters fire fires set sets board boards
    hammer hammers saw saws sign signs surface surfaces block blocks fix land lands press point
    points wave waves fall falls stream streams steam smoke cover covers cut cuts brush comb dress
    dresses pack packs shop shops film films record records hand hands clean open close place
    places bow break breaks drop drops present presents cast casts change start stop part parts
    visit shake hit kiss count drink drinks drive feed fish help look pass search ship ships shore
    show shows shift slide slides slip slips spray spread spring stamp stamps step storm stretch
    strike study studies swarm sweep swirl swirls tap taps taste tip touch train trains travel type
    types wash answer answers address comment chat chant report reports interview greet speech hum
    rap reflect streak streaks ripple ripples sparkle cascade surge scoop sketch sketches exercise
    flip flap dash exit harvest return shut rock rocks slice slices order live forge score tackle
    bloom blooms blossom blossoms nest dock mine guard load stack sort wind trench post head pitch
    ring
    """
)
"""English words that are as often a thing as a deed: verbs only right behind a subject."""

NOISES = listed("murmur murmurs whisper whispers scream screams shout shouts hum report")
NO_VERBS = listed(
    """
    morning evening ceiling building buildings clothing painting wedding lighting setting string
    something nothing anything everything during being having wearing standing sitting lying
    looking living dining amazing stunning interesting breathtaking captivating charming striking
    outstanding framing grading rendering featuring depicting showing surrounding including parking
    trending winning feeling meaning railing paving housing flooring earring pudding sibling
    darling sterling duckling following missing overlooking facing remaining containing resting
    hanging waiting staring viking boring relaxing engaging compelling inspiring towering imposing
    exciting according existing matching contrasting fitting leading loving caring promising stands
    sits lies looks wears seems appears belongs hangs contains consists always perhaps jeans pants
    shorts boots shoes glasses clothes eyes lips hands arms years times sometimes towards upwards
    downwards forwards backwards besides across thinking sleeping holding posing carrying glowing
    shining gleaming glistening blazing burning reflecting drawing clearing crossing opening
    landing covering dressing seating
    """
)
"""English words that look like verbs and are none, or none that moves."""

SMALL = listed(
    """
    turn turns hold holds reach reaches tuck tucks raise raises lift lifts return returns come
    comes look looks search searches find finds part parts pause pauses press presses touch touches
    adjust adjusts drop drops settle settles rest rests rise rises start starts begin begins stop
    stops keep let lets work works move moves shift shifts face faces open opens close closes swing
    swings shake shakes draw draws pull pulls push pushes follow follows play plays circle circles
    pass passes lean leans point points wave waves taste tastes catch catches slide slides hit hits
    land lands fall falls flick flicks sink sinks climb climbs gather gathers flutter tug tugs live
    lives teach show shows glide glides float floats cross crosses bow bows dreht drehen hebt heben
    hält halten kehrt bewegt bewegen schaut blickt öffnet schließt zieht senkt legt greift nimmt
    folgt beginnt berührt neigt streicht fällt gleitet schwingt spielt zeigt arbeitet sitzt kneift
    presst winkt schlagen schlägt
    """
)
"""Deeds of a moment that need no time of their own."""
