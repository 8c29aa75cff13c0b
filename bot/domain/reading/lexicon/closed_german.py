"""Closed lists of small German words, and of words that look like verbs and are none."""

from bot.domain.reading.lists import listed

NOMINATIVES = listed("der die das ein eine mein meine sein seine ihr ihre unser unsere")
"""What a German subject begins with; dem or einen begin something else."""

AFTER_VERBS = listed(
    "der die das den dem des ein eine einen einem einer im am in an auf aus bei durch gegen hinter "
    "neben über um unter vom von vor zum zur zu zwischen sich ihn ihm sein seine seinen seinem ihr "
    "ihre ihren langsam leise sanft träge plötzlich schnell wild kräftig hell ab auf herab los mit "
    "herunter hinab hinauf empor vorbei weiter zusammen nach"
)

SUBORDINATORS = listed("während wenn wobei indem bis als bevor weil sobald dass sodass wo")
"""What opens a German clause whose verb is its last word."""

CONTRACTED = listed("im am ins ans beim vorm hinterm unterm überm aufm inner ausm")
"""Prepositions with an article in them, as they are written and as they are typed."""

NO_VERBS = listed(
    "mit seit fast jetzt sanft leicht sacht bereit dicht weit laut bunt alt kalt gut oft selbst "
    "nicht dort rot zart fest halt erst zuerst zuletzt neben zwischen gegen hinten oben unten "
    "außen innen mitten vorn hinein sondern wegen eben draußen drinnen drüben daneben allen "
    "jeden keinen meinen deinen seinen ihren einen diesen bekleidet bedeckt umgeben überzogen "
    "durchnässt erleuchtet verziert versteckt verlassen vergessen"
)

HOW = listed("allein alleine kurz lang rasch still stumm munter heftig unentwegt immer wieder")
"""How something is done, beside the adverbs that are known by their ends."""

OBJECTS = listed("es ihn sie sich den dem ihm ihr ihnen einen")
"""What a German clause goes on with behind its verb: brät es an."""

PREFIXES = (
    *("runter", "rauf", "rein", "raus", "hoch", "vorbei", "entlang", "herunter", "hinunter"),
    *("hinauf", "herauf", "hinaus", "heraus", "hinein", "herein", "zurück", "zusammen", "weiter"),
    *("davon", "voran", "herum", "umher", "empor", "weg", "los", "hin", "her", "nach", "mit"),
    *("auf", "aus", "ein", "ab", "an", "um", "zu", "vor", "durch", "über", "ver", "er", "ent"),
    *("be", "zer"),
)
"""First halves of German verbs, the longer ones first."""

INSEPARABLE = ("be", "ver", "zer", "ent", "er", "um", "über", "durch", "unter", "ge", "an", "auf")
"""First halves that a participle has without ge: verziert, umringt."""

QUALITIES = ("icht", "ant", "ent", "att", "alt", "iert", "ost", "unt", "ackt", "eit", "igt")
"""Ends of words in t for how a thing is: schlicht, elegant, lackiert."""

SEPARABLE = listed(
    "vor an auf zu heran zurück hinein heraus raus rein weg näher hoch herum um ab mit vorbei "
    "nach los zusammen"
)
"""German ends of a clause that belong to its verb: fährt langsam heran."""
