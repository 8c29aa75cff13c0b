"""English words for what moves, speaks, sounds and films."""

from collections.abc import Mapping

from bot.domain.reading.senses import Sense

VERBS: Mapping[Sense, str] = {
    Sense.DEED: """
        cycle commute deliver repay invite marry divorce graduate walk run jog sprint dash hurry
        rush stroll march wander hike climb crawl creep sneak jump leap hop skip bounce dive swim
        surf skate ski ride drive fly land take arrive enter leave exit come go return approach
        chase flee escape follow pursue catch throw toss pass kick hit punch strike fight attack
        defend shoot fire dodge block push pull drag lift raise carry drop place put set pick grab
        grip hold hand give reach open close shut lock unlock knock press type write draw paint
        sketch read cook bake stir chop slice cut pour drink sip eat bite chew taste serve knead
        wash clean wipe sweep brush comb dress undress wrap unwrap pack unpack build repair fix
        break smash crush destroy dig plant water harvest pluck feed hug kiss embrace cuddle dance
        twirl pirouette perform play strum drum clap celebrate cheer wave point salute bow kneel
        crouch squat rise wake yawn stretch exercise work search watch find discover examine inspect
        show present reveal sign sell buy pay cross pause stop start begin park board mount dismount
        stumble trip slip collapse faint transform morph change turn spin hunt bark meow howl roar
        growl purr graze sniff lick wag gallop trot pounce prowl peck hatch breach splash juggle
        cast summon explode launch crash unfold assemble mend hammer saw sew knit weave extinguish
        blow tuck adjust remove don collect gather sprinkle visit travel explore sail row paddle
        steer navigate race charge surface emerge disappear vanish appear help rescue save teach
        learn count greet meet hide seek peek peer browse shop scroll swipe film record swing sing
        study glide slide scratch steal live order pedal gobble nibble devour swoop soar migrate
        nest burst erupt crumble slam ram collide skid brake overtake accelerate hover dock undock
        orbit rappel abseil parachute somersault cartwheel flip backflip moonwalk breakdance
        headbang conduct compose rehearse practise practice sculpt carve forge weld hoist haul load
        unload stack sort wind unwind wrestle tackle dribble score volley putt aim reload tug yank
        peep wriggle squirm roam patrol guard stalk lurk ambush snatch clutch scamper scurry waddle
        flap circle dart polish scoop shake whisk crack peel roll toast pray meditate move animate
        frolic limp tiptoe stomp tap stamp rummage yeet chuck hurl lob fling sling pelt smack slap
        whack thump thrash batter clobber flog shove nudge jostle elbow sharpen grind grate mash
        blend whip fold sift season garnish grill roast fry boil steam plate scrub rinse mop vacuum
        dust iron hang pin fasten buckle button zip tie untie lace loosen inflate deflate pump
        squeeze wring twist unscrew screw drill bolt rivet solder glue tape paste cart tow lug heave
        shovel rake plough plow sow mow prune trim shear shave milk saddle operate pilot anchor moor
        float hitchhike trudge plod shuffle strut swagger stagger totter lurch lunge duck zigzag
        vault hurdle tumble twerk waltz tango dab floss mosh skateboard snowboard bodysurf kayak
        canoe bungee windsurf rollerskate bike motor chomp munch gnaw crunch slurp guzzle swig lap
        suck spit vomit burp bathe shower soak sunbathe doze snooze dream spar duel joust box
        kickbox brawl scuffle tussle rob mug loot smuggle vandalise graffiti arrest handcuff
        distribute wait tip unroll unscroll unveil uncover undo untangle uproot befriend babysit
        tickle pet pat stroke soothe dismantle demolish bulldoze excavate burrow tunnel roost perch
        preen molt forage swat claw paw maul bellow whinny neigh bray hoot caw chirp tweet squawk
        cluck quack ribbit oink baa moo breathe evaporate ignite kindle stoke smoulder smolder
        detonate erect lower winch crank lever reverse swerve drift veer conjure enchant levitate
        teleport materialize materialise photograph doodle scribble jot trace engrave etch improvise
        mime pose curtsy bop boogie jive jiggle wiggle shimmy writhe whittle chisel sand varnish
        thatch plaster lay scale summit traverse ford wade text dial phone call click code hack
        upload download print scan bury unearth exhume canter rear buck drown gasp choke cough
        sneeze hiccup tinker tune fiddle riff shred jam skipper deal gamble bet inject bandage
        stitch lead guide escort usher propose die bleed starve wield brandish unsheathe parry
        thrust stab slash impale behead refill top uncork unzip scare startle spook haunt
    """,
    Sense.FLOW: """
        drift flow float sway swirl ripple roll rustle flutter billow flicker shimmer sparkle pulse
        pulsate rise fall drip trickle pour cascade splash crash break surge lap wash spray steam
        smoke melt freeze bloom blossom grow wilt spread scatter swing rock wobble bob spin rotate
        revolve turn twinkle stream rush blow waft hover circle settle dissolve fade shift slide
        sweep move tumble crumble erupt explode bubble boil simmer sizzle hiss vibrate tremble shake
        quiver bend ripen cross pass lift unfurl flap soar glide descend ascend climb crawl creep
        loom emerge engulf wave dance whirl swarm buzz chase race stir gather part slip flash spill
        rattle dangle churn froth foam unfold expand contract ebb seep patter skim streak crackle
        bang droop sag bulge swell shrink inflate deflate throb beat thud recede gutter flare
        smoulder smolder sprout germinate wither shrivel rot decay rust peel flake crack shatter
        splinter collapse topple cave sink submerge resurface plunge plummet ooze drool leak gush
        spurt squirt jet spout overflow flood puff plume curl coil uncurl unravel twist twirl
        pirouette swish swoosh whoosh fizz evaporate condense thaw pelt lash batter hammer drum
        drizzle hail slosh swill spiral roil eddy meander undulate heave judder jolt jerk lurch
        sputter splutter cough idle rev hurtle zoom speed rumble clatter blink glint gleam glisten
        dazzle strobe flit dart dip alight swoop wheel trundle clank grind chug pop burst detonate
        spew belch spit brew bake scuttle skitter slither wriggle squirm writhe wag thump tilt tip
        lean list keel capsize inch edge nudge close open slam creak drop sprinkle shower rain snow
        storm howl bow buckle warp blur smear merge morph transform change approach orbit trail tow
        swallow thunder
    """,
    Sense.MICRO: """
        nod blink wink smile smirk grin frown squint glance breathe inhale exhale sigh swallow blush
        grimace pout chuckle giggle laugh sob weep cry flinch shrug twitch gulp wince snarl sneer
        beam scowl pucker sniffle sniff gasp yawn quiver
    """,
    Sense.CUE: """
        lean gesture gesticulate shrug crouch kneel slump hunch tremble shiver fidget clench flex
        bow recoil slouch straighten clasp tighten stiffen furrow tuck rub stretch sway embrace
        caress cradle kiss hug stroke wring clutch grip wave point shuffle squirm wriggle
        huddle cower cringe droop pace fold
    """,
    Sense.SPEECH: """
        speak talk say tell explain ask answer reply respond narrate announce whisper shout yell
        scream mutter mumble murmur chat converse discuss debate argue lecture preach recite
        interview address confess joke greet introduce describe report declare present exclaim
        apologize comment pitch quarrel negotiate moderate babble blather gossip gab yap rant ramble
        vent pray plead beg urge warn order command proclaim pronounce utter stammer stutter blurt
        drawl hiss snap retort remark complain grumble moan whine bicker squabble banter bargain
        quiz question interrogate dictate brief vlog podcast commentate confide vow swear promise
        apologise congratulate encourage scold tease boast brag testify deny admit insist mention
    """,
    Sense.SONG: "sing rap hum croon chant serenade harmonize",
}

WORDS: Mapping[Sense, str] = {
    Sense.DEED: "doing",
    Sense.SPEECH: """
        speech talking-head dialogue dialog conversation interview monologue lip-sync lipsync
        podcast lecture voiceover announcement
        aloud storytelling
    """,
    Sense.SONG: "singer singers rappers duet chorus vocals lyrics rapper",
    Sense.MICRO: """
        nods smiles blinks smirk grin frown laughter wink glance micro-expression micro-expressions
        microexpressions dimples
    """,
    Sense.CUE: """
        hand hands finger fingers fingertips fist fists palm palms thumb arm arms elbow shoulder
        shoulders wrist posture stance gesture gestures hips knee knees tears tear knuckles
        hips forearm forearms wrists
    """,
    Sense.CAMERA: "camera cam shot framing viewpoint camerawork lens drone gimbal cameraman",
    Sense.SHOT: """
        close-up closeup closeups close-ups close-shot headshot portrait portrait-shot midshot
        establishing pov fisheye bird's-eye framing viewpoint overhead top-down topdown macro aerial
        panoramic panorama dutch-angle
    """,
    Sense.CLOSE: "closeup close-up headshot portrait",
    Sense.WIDE: "establishing aerial panoramic panorama wide-angle",
    Sense.STILL: "static stationary locked locked-off motionless tripod unmoving fixed still",
    Sense.MOVE: "parallax",
    Sense.SHAKE: "handheld hand-held shaky gimbal steadicam",
    Sense.MOVE_IN: "dolly dollies dollying dolly-in push-in zoom zooms zooming zooms-in",
    Sense.MOVE_OUT: "pull-back pullback pull-out zoom-out dolly-out",
    Sense.MOVE_PAN: "pans panning whip-pan whip-pans",
    Sense.MOVE_TILT: "tilt-up tilt-down",
    Sense.MOVE_ORBIT: "orbit orbits orbiting circling encircles arcs arcing 360",
    Sense.MOVE_CRANE: "crane-shot jib crane-up boom-up",
    Sense.MOVE_TRACK: "tracking trucking follow-cam steadicam tracking-shot",
    Sense.FAST: """
        fast quick quickly rapid rapidly swift swiftly frantic frantically jerky hectic sudden
        suddenly speeding racing rushing dizzying violent violently wild wildly frenetic whip whips
        whipping high-speed hyper breakneck abrupt abruptly furious furiously hurtling
        zips zipping darting whizzes whizzing careening
        frenzied frenzy hyperactive chaotic chaotically lightning-fast warp-speed hasty hastily
        turbulent blistering manic
    """,
    Sense.SOUND: """
        audio sound sounds soundtrack soundscape hear heard hears hearing noise noises music musical
        melody voice voices silence hush ambience ambient echo echoes echoing rustle rustling hum
        humming buzz buzzing murmur murmuring whisper chirp chirping birdsong thunder thud clatter
        clinking clink creak creaks creaking crackle crackling hiss sizzle sizzling roar roaring
        rumble rumbling footsteps applause cheering chatter chattering ticking drumbeat bells chime
        chimes squeak squeal screech whistle whistling howl howling patter pattering knocking
        laughter snoring purring barking meows barks chirps honking sirens hoofbeats heartbeat whir
        whirring crunch crunching sfx foley clang clanging clank clanking tolls tolling ringing
        tinkle tinkling jingle jingling rattle rattling gurgle gurgling babbling squawk squawks
        cawing caws hoots hooting neighs bleats moos croaks croaking warbling quacks clucks growls
        growling beeps beeping honks thump thumping bang bangs banging crackles rustles hums buzzes
        hisses sizzles roars rumbles howls whistles creaking clack clacks clacking clatters
        clattering coughs coughing sneezes dripping gulls-cry gurgles choir song songs lullaby
        techno jazz lo-fi cheers sobs sobbing giggles giggling moans groans sighs wails wailing
        whimpers purrs snores rings chiming creaky squeals squealing screeches screeching swish
        swishes swishing whoosh whooshes whooshing thuds thumps booms boom booming fizz fizzing
        sputters sputtering chugs chugging revs revving idles blares blaring drones droning bleeps
        clicking pings pinging plinks tweets tweeting twitter cackles hoofbeat
        lofi orchestra orchestral symphony symphonic tune tunes melodies drumming bassline fanfare
        acoustics reverb reverberates reverberating audible inaudible soundless wordless loudly
        noisily clinks clanks clangs clops clip-clop sloshing splash-sounds
        gurgles hoot trills trilling twittering chirruping cackling clucking mooing bleating
        neighing braying yapping yelping hooting whooping applauding clapping
        vocals acapella humming narration voiceover commentary piano-music guitar-music
        techno-beat edm reggae hip-hop drum-roll drumroll gong siren beep beeps doorbell
        ringtone sploosh squelch squelching squishes slurps crinkle crinkling rustly
        dubstep synthwave reggae trance ska hip-hop symphony waltz thundering thunderous
    """,
    Sense.LOOK: """
        cinematic film 35mm 16mm 8mm 65mm 70mm grain grainy kodak fujifilm fuji vision3 portra
        anamorphic bokeh 4k 8k 2k hd uhd hdr photorealistic photorealism realistic hyperrealistic
        hyperrealism ultra-realistic ultrarealistic masterpiece quality detailed hyperdetailed
        resolution hires sharp style stylized aesthetic render rendered rendering unreal octane
        artstation trending award-winning award winning raw professional palette grade graded
        grading colour-graded color-graded saturated desaturated vintage vhs technicolor monochrome
        ultra hyper epic moody dramatic dslr imax arri alexa f1.8 f2.8 50mm 85mm 24mm bw noir
        documentary commercial high-quality best camcorder super8 retro pastel photoreal ghibli
        pixar disney anime vibe vibes lomo polaroid sepia scratches leaks letterbox halation lut
        teal cgi 3d claymation watercolour watercolor dreamy cartoon lego pixel comic manga
        plasticine origami lifelike crisp hyperreal stylised ultra-detailed filmic cinestill
        ektachrome iphone gopro vertical
    """,
    Sense.PAST: """
        went ran sat stood came took said told began fell flew drove swam gave threw held ate drank
        sang spoke wore rode rose shook caught woke wrote sprang leapt swung crept slept wept drew
        broke grew became knew thought brought bought fought blew hid bent stuck hung lay spun stole
        fled sank rang taught felt heard chose froze dug clung flung slid was were had did walked
        talked looked smiled laughed jumped snuck tore swore dealt knelt sped strode overtook undid
        forgot sought wove met won shone awoke bit led fed bled grabbed grinned nodded
    """,
    Sense.CUT: "meanwhile montage timelapse time-lapse flashback",
    Sense.LABEL: """
        subject scene setting action camera lighting light audio sound music style mood shot
        character characters environment background location motion movement framing lens look
        prompt negative time place atmosphere composition angle dialogue dialog voice tone color
        colour colors colours palette duration pose emotion expression weather details foreground
        technical effects performance visual visuals description title genre theme quality sfx
    """,
    Sense.GAZE: "viewer",
}
