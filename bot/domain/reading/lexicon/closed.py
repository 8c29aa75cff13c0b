"""Closed lists of small words, and of words that mislead, in English and German."""

from bot.domain.reading.lists import listed

CAMERAS = listed("camera cam drone shot kamera drohne")
FILM_CAMERAS = listed("camera kamera")
DETERMINERS = listed(
    "a an the his her its their this that these those my your our der die das den dem ein eine "
    "einen einem einer ihr ihre sein seine"
)
POSSESSIVES = listed("his her its their")
AIMING = (
    *("look", "point", "star", "glanc", "gaz", "peer", "glar", "smil", "laugh", "wav", "shout"),
    *("yell", "bark", "scream", "nod", "aim", "throw", "shoot", "snap", "sniff", "tug", "peck"),
    *("grin", "wink", "hiss", "growl", "claw", "paw", "scratch", "gnaw", "pull", "poke", "swat"),
)
"""Beginnings of verbs behind which at names an aim and no place."""

JOINERS = listed("and then or und dann")
HELPERS = listed("will to can would going let lets shall would must")
POSSESSED = POSSESSIVES | listed("the one both ihr ihre ihren sein seine seinen die den das")
CAMERA_WORDS = listed(
    "zoom dolly pan tilt orbit track crane push pull slow gentle smooth arc truck zooming panning "
    "pushing pulling tilting orbiting tracking slowly"
)
PLAIN_ING = listed("swing ring spring string sing bring fling cling sting sling wring")
SPEAKERS = listed("i you we they it who which")
"""Small words that do something themselves: you fall down."""

OWNED = listed("its his her their it him them itself himself herself themselves")
ONWARD = listed("past into onto away off it him them")
"""Behind one of these stands no name of a thing."""

SIGNS = listed(
    "sign signs banner banners poster posters label billboard letters lettering caption title "
    "written inscription headline schild aufschrift plakat"
)
NUMBERS = listed(
    "two three four five six seven eight several some many few zwei drei vier fünf sechs mehrere "
    "einige viele"
)
WE = listed("we wir")
FILMING = WE | listed("pov lens view viewpoint perspective frame blick")
"""What is the camera where it moves: the view rises slowly."""

PROPS = listed(
    "cinema movie security surveillance cctv video photo polaroid broken toy his her their "
    "my hidden "
    "old antique vintage dusty disposable alte altes "
    "speed web instant box press seine ihre meine eure kaputte"
)
"""In front of a camera that is seen and does not film."""

RESTING = listed(
    "sits rests stays stands remains waits hangs holds keeps mounted fixed planted placed anchored "
    "bolted perched set ruht verharrt hängt wartet montiert befestigt"
)
"""What a camera does that does not move."""

FILMED = listed(
    "push pull glide drift move fly float circle orbit rise sink descend tilt pan zoom track dolly "
    "crane swoop plunge travel creep fahren gleiten schweben fliegen kreisen steigen sinken "
    "schwenken zoomen race rush hurtle whirl spin swing shoot jerk whip drop advance ease inch "
    "follow zip dart go rotate"
)
"""What only a camera does when it is told that we do it."""

UNSTEADY = listed("vibrating trembling shaking swaying rocking bobbing jolting wobbling")
RACING = listed("races rushes hurtles whirls shoots jerks whips rast jagt saust")
NAMERS = listed("of shot shots view footage over across showing from where in on with")
"""Behind a shot that is only named: a long shot of a ship, drone footage."""

OPENERS = listed("start starts starting begin begins beginning open opens opening beginnt beginne")
"""What a direction for the camera opens with: start wide, then push in."""

TURNS = listed("as while when whereas until during während als wobei bis")
TOWARD = listed(
    "to at into toward towards past facing faces face of in off engages engage zur zu in ins an "
    "holds passes pass from near beside"
)
PREPOSITIONS = listed(
    "in on at to into onto up down out off over under through away back from with"
)
BETWEEN = listed(
    "of between among above below beneath behind beside under near against around across along over"
)
"""More of them, behind which no subject stands."""

WAYS = listed(
    "into onto over through across up down away out off toward towards past around along against "
    "back forward it him her them itself himself herself themselves"
)
"""What goes on with a verb, and hardly ever with a noun."""

AFTER_VERBS = (
    WAYS
    | DETERMINERS
    | listed(
        "beside near above below among in on at to under beneath behind between by with from "
        "like and as open shut apart"
    )
)
FORCES = listed(
    "wind breeze rain snow water waves smoke steam fog mist dust sand leaves clouds lights flames "
    "fire sparks branches grass curtains flags surf tide lightning lava petals snowflakes "
    "raindrops bubbles confetti fireworks reeds ripples shadows sunlight foam spray ash embers "
    "lake pond flame feathers stars planets cars trains ships boats machines gears wheels doors "
    "windows leaf"
)
"""Things that move by themselves."""

HUMMING = listed(
    "wind breeze engine engines fridge refrigerator motor machine machines traffic generator wires "
    "sea waves leaves trees kettle radiator fan tubes neon computer server servers bees rotor "
    "electricity lights city car cars truck jet jets plane train trains motorbike tire tires tyres "
    "brakes violin guitar guitars saxophone trumpet gulls"
)
"""What hums, whispers or sings without a mouth."""

PAIRS = listed("couple couples twins duo trio hosts speakers paar pärchen zwillinge")

NOUNISH = listed(
    "watch watches park parks work works plant plants water waters fire fires set sets board "
    "boards hammer hammers saw saws sign signs surface surfaces block blocks fix land lands press "
    "point points wave waves fall falls stream streams steam smoke cover covers cut cuts brush "
    "comb dress dresses pack packs shop shops film films record records hand hands clean open "
    "close place places bow break breaks drop drops present presents cast casts change start stop "
    "part parts visit shake hit kiss count drink drinks drive feed fish help look pass search "
    "ship ships shore show shows shift slide slides slip slips spray spread spring stamp stamps "
    "step storm stretch strike study studies swarm sweep swirl swirls tap taps taste tip touch "
    "train trains travel type types wash answer answers address comment chat chant report reports "
    "interview greet speech hum rap reflect streak streaks ripple ripples sparkle cascade surge "
    "scoop sketch sketches exercise flip flap dash exit harvest return shut rock rocks slice "
    "slices order live forge score tackle bloom blooms blossom blossoms nest dock mine guard load "
    "stack sort wind trench post head pitch ring rain rains snow storms howl box boxes season "
    "seasons dust iron pin button zip lace pump paint paints squeeze drill bolt bolts glue tape "
    "paste plate grill roast toast boil mop rake shovel plow plough shower dream chop duck weave "
    "waltz tango dab bike motor canoe kayak parachute bungee spit burp swig lap bathe mug wait "
    "pet pets claw claws paw paws honk perch tunnel burrow crane winch crank lever pedal reverse "
    "pose doodle trace mime chisel plaster sand scale scales ford text phone call click code hack "
    "print scan rear buck gasp cough riff jam pilot skipper deal bet stitch guide escort draw "
    "stab slash stir top bang swell throb beat beats thud gutter gutters flare flares sprout "
    "sprouts rot rust decay flake flakes crack cracks cave caves sink plunge leak leaks gush jet "
    "jets spout overflow flood floods puff puffs plume plumes curl curls coil coils twist whirl "
    "swish whoosh fizz froth drizzle hail jolt jerk idle rumble blink strobe flash dart dip bob "
    "wheel wheels grind pop burst brew tilt list keel edge swing slam blow blur smear approach "
    "circle orbit trail race races swallow swallows grin beam pout frown yawn squint clasp clutch "
    "grip drum drums shuffle pace fold vent prayer plea command snap retort remark moan whine "
    "banter quiz question brief vlog podcast vow promise swear boast tease hiss ramble rant "
    "gossip row rows smack slap whack thump batter elbow blend whip crunch cart anchor moor float "
    "trim shave milk saddle drag charge gallop canter trot leash glow flower flowers scratch "
    "scratches swings fries thunder shout shouts whisper whispers scream screams yell yells "
    "murmur murmurs"
)
"""English words that are as often a thing as a deed: verbs only right behind a subject."""

MANNERS = listed(
    "slowly gently smoothly softly gradually steadily quickly rapidly then langsam sanft ruhig "
    "dann schließlich anschließend danach schnell behutsam sacht kurz gemächlich"
)
"""Words that may stand within a phrase: zooms slowly in, fährt dann zurück."""

INTRANSITIVE = listed(
    "howled roared crashed banged rumbled vanished appeared disappeared arrived barked meowed "
    "trembled flickered shimmered glittered rustled creaked whistled sparkled thundered collapsed "
    "blinked sighed sneezed coughed yawned wept screamed shouted yelled laughed giggled waited "
    "lingered hesitated limped strolled wandered marched galloped trotted swam danced"
)
"""Pasts that are never what has been done to a thing: the wind howled."""

DONE_TO = listed(
    "caught held brought bought stuck hung spun taught felt told thought heard dug flung "
    "swung bent thrown worn lay fed led bit met won"
)
"""Pasts that also tell what has been done to somebody: a fox, caught in the light."""

NOISES = listed(
    "murmur murmurs whisper whispers scream screams shout shouts hum report vent vents order "
    "orders command commands snap snaps brief briefs hiss promise promises retort question "
    "questions moan whine ramble boast warning snap yell yells"
)
GOING = listed(
    "spinning rotating moving drifting floating gliding flying circling orbiting sweeping swaying "
    "tracking panning zooming roaming shaking wandering kreisende fliegende schwebende fahrende"
)
"""What a camera is called that moves: a spinning camera."""

PARTICLES = listed("up down away off out apart")
"""Small words that make a verb of what could be a thing: flares up, ripples away."""

USED_FOR = listed(
    "nook nooks lamp lamps area areas corner corners glasses "
    "pool pools shoes machine machines room rooms table tables bag bags rod rods lot lots pan pans "
    "wheel wheels stick sticks chair chairs suit suits trunks hall halls school schools class "
    "court courts track tracks mill gear cap boots goggles board boards booth pole poles season"
)
"""Behind a participle: what a thing is for, and nothing that is done."""

ABSTRACT = listed(
    "feeling feelings idea concept thought thoughts meaning sense mood weight memory memories "
    "notion fear joy pain art essence spirit"
)
"""What is thought or felt and cannot be seen: of losing someone is no deed behind it."""
NO_VERBS = listed(
    "tails pigtails ponytails braids dreadlocks locks tears anchor anchors please thanks "
    "morning evening ceiling building buildings clothing painting wedding lighting setting "
    "string something nothing anything everything during being having wearing standing "
    "sitting lying looking living dining amazing stunning interesting breathtaking "
    "captivating charming striking outstanding framing grading rendering featuring "
    "depicting showing surrounding including parking trending winning feeling meaning "
    "railing paving housing flooring earring pudding sibling darling sterling duckling "
    "meeting following missing overlooking facing remaining containing resting hanging "
    "waiting "
    "staring viking boring relaxing engaging compelling inspiring towering peeling imposing "
    "rotting exciting according existing matching contrasting fitting leading loving caring "
    "promising stands sits lies looks wears seems appears belongs hangs contains consists "
    "always perhaps jeans pants shorts boots shoes glasses clothes eyes lips hands arms "
    "years times sometimes towards upwards downwards forwards backwards besides across "
    "thinking sleeping holding posing carrying glowing shining gleaming glistening blazing "
    "burning reflecting drawing clearing crossing opening news landing covering dressing "
    "seating vibes aesthetics lens gas canvas sports wings bokeh"
)
"""English words that look like verbs and are none, or none that moves."""

BODY = listed(
    "hand finger fist palm thumb arm elbow shoulder wrist gesture hip knee tear posture "
    "hands fingers fingertips fists palms thumbs arms elbows shoulders wrists gestures hips knees "
    "tears knuckles haltung faust brust"
)
"""Parts of a body, and no motion of one."""

SEQUENCE = listed("then next afterwards finally dann danach anschließend schließlich")

LIGHTISH = listed("light bright brightly dim hell helle hellen heller helles hellem")
"""What may be said of light, and of things that give none: light rain, a bright smile."""

MATERIALS = listed("steel wooden iron concrete oak roof timber ceiling support balance")
"""Of these a beam is made, or it holds or carries something, that gives no light."""

SLIGHT = listed(
    "knock grain feather feathers breeze breezes wind rain drizzle snow snowfall step steps feet "
    "foot hands footstep footsteps touch touches fabric drone film sway swaying mood tone "
    "tones fog mist wood aircraft meal lunch smile smiles grin laugh laughter voice wink "
    "nod kiss tap chuckle idea student future stimme stimmen lachen lächeln"
)
"""What can be light or bright and gives no light."""

SOUNDING = listed("choir sound music audio musical noise song echo")
ABOUT_SOUND = listed(
    "engineer engineers magazine magazines teacher teachers store shop stand stands sheet sheets "
    "system systems studio studios note notes video producer school room hall equipment gear cable "
    "cables bar technician mixer book books lesson award festival poster desk console board wave "
    "waves library label player students student stage check"
)
"""Behind sound or music: what is only called after it and not heard."""

NOISY = listed(
    "quietschen knistern knarren rattern klirren brummen bellen heulen dröhnen donnern klappern "
    "toll tolls tolling peals shouts shout shouting yells yell yelling screams scream screaming "
    "cheers cheering claps clap "
    "clapping applauds applaud groans groaning clicks clinks jangles jingles clap bellows bellow "
    "snarls whinnies prasselt prasseln knistert knarrt quietscht rattert klirrt donnert klappert "
    "brummt summt zwitschert zwitschern tickt bellt heult dröhnt hallt plätschert trommelt knallt "
    "zischt klingelt läutet läuten pfeift kreischt kreischen grollt grollen miaut miauen kräht "
    "krähen wiehert wiehern muht muhen blökt gackert gackern schnattert schnattern quakt quaken "
    "zirpt zirpen brüllt brüllen jubelt jubeln klatscht klatschen rauscht rauschen gurgelt "
    "gurgeln blubbert scheppert scheppern rumpelt rumpeln poltert poltern knackt knacken faucht "
    "klingt klingen schnarcht piept piepst tutet hupt hupen jault jaulen gluckert klimpert tost "
    "tosen raschelt rascheln klackert klackern pocht gurrt gurren summen surrt surren murmelt "
    "loudly noisily audibly bleats neighs cackles cackle clucks hoots honk cawing lows brays "
    "yelps yelp yelping squeals whimpers twitters trill trills clatter clop clops pops"
)
"""Deeds that are told because they are heard."""

LIMBS = listed(
    "foot feet nails neck throat chest ribs heel heels teeth fuß füße nägel hals nacken brust "
    "zähne augen nase schläfen"
)
"""Parts of a body that show something where somebody does something with them."""

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
