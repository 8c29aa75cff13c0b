"""English words for who and what is seen, where, and in which light."""

from collections.abc import Mapping

from bot.domain.reading.senses import Sense

WORDS: Mapping[Sense, str] = {
    Sense.PERSON: """
        hacker spy agent scavenger drifter smuggler stuntman stuntwoman contestant skipper helmsman
        falconer puppeteer bellboy valet concierge stewardess steward rabbi imam bishop pope saint
        prophet shaman druid ranger elder crewman commando mercenary sniper gunslinger duchess woman
        man women men girl girls boy boys guy guys lady ladies gentleman child children kid kids
        baby toddler teen teenager adult person human lad elder granny grandma grandmother grandpa
        grandson granddaughter grandchild grandfather mother mom mum father dad son daughter sister
        brother wife husband bride groom aunt uncle friend friends character speaker presenter host
        hostess narrator anchor newscaster reporter journalist interviewer vlogger youtuber streamer
        influencer blogger podcaster teacher professor student scientist researcher engineer
        programmer developer doctor nurse surgeon patient dentist lawyer judge police policeman
        policewoman officer detective spy soldier sailor captain pilot driver cyclist biker rider
        skater skateboarder surfer swimmer diver runner jogger hiker climber athlete footballer
        boxer wrestler gymnast dancer ballerina singer rapper vocalist musician guitarist drummer
        pianist violinist cellist bassist saxophonist trumpeter conductor dj performer actor actress
        model comedian magician clown chef cook baker barista bartender waiter waitress butcher
        farmer gardener shepherd fisherman fisherwoman hunter woodcutter carpenter blacksmith potter
        weaver tailor painter artist sculptor photographer writer author poet librarian shopkeeper
        merchant businessman businesswoman worker builder mechanic firefighter astronaut cosmonaut
        knight king queen prince princess warrior samurai ninja viking pirate cowboy witch wizard
        mage sorcerer monk nun priest angel vampire zombie elf dwarf superhero hero heroine villain
        stranger traveller traveler tourist passenger somebody someone anyone girlfriend boyfriend
        neighbour neighbor spokesperson coach trainer instructor expert chairman ceo boss manager
        president politician mermaid fairy goddess god jedi sith gladiator geisha maid butler
        newsreader reader attorney gamer pilgrim trucker lumberjack miner welder plumber electrician
        architect designer tattooist florist sommelier bouncer bodyguard acrobat juggler trapeze
        archer fencer golfer skier snowboarder goalkeeper striker referee commentator mc bandleader
        busker street-artist scholar philosopher historian astronomer chemist biologist
        archaeologist explorer adventurer scout ranger lifeguard paramedic pharmacist therapist
        psychologist secretary clerk cashier seller vendor salesman saleswoman postman courier
        janitor cleaner mayor minister senator candidate activist protester prisoner thief burglar
        gangster mafia bandit outlaw sheriff marshal general commander emperor empress pharaoh duke
        baron lord noble noblewoman peasant beggar orphan blonde brunette redhead hipster punk goth
        rocker metalhead raver twin cousin nephew niece fiancée pensioner senior infant newborn
        schoolboy schoolgirl pupil flutist harpist bagpiper choirboy keyboardist trombonist
        accordionist watchmaker shoemaker beekeeper lighthouse-keeper barber hairdresser stylist
        dressmaker jeweller mason roofer glassblower winemaker brewer shopper customer guest visitor
        bystander individual figure human-being folk protagonist dude dudes bro bros bloke lass mate
        homie fella buddy pal bestie sis santa gramps nan nana schoolchildren
        grandchildren assistant witness suspect defendant
        opponent rival companion mommy daddy chap gal clerk uncle juror volunteer
        speaker bellhop porter doorman usher clerk receptionist foreman crewmate deckhand
        rancher cowgirl cowhand stableboy groomsman bridesmaid godfather godmother stepmother
        stepfather grandparent grandparents parents parent toddlers preschooler freshman graduate
        undergraduate employee employer intern apprentice colleague coworker supervisor accountant
        banker broker entrepreneur founder investor consultant analyst economist translator
        interpreter diplomat ambassador spokesman spokeswoman chancellor premier monarch regent
        viceroy squire knightess swordsman swordswoman archers crossbowman gladiators
        legionary centurion spartan viking shogun ronin geishas sumo karateka judoka kickboxer
        bodybuilder weightlifter powerlifter sprinter hurdler marathoner rower kayaker canoeist
        snorkeler freediver paraglider skydiver mountaineer rambler backpacker camper angler
        trapper forager gatherer milkmaid goatherd cobbler tanner tinsmith goldsmith silversmith
        locksmith gunsmith calligrapher scribe bookbinder illustrator cartoonist animator
        sketcher portraitist muralist woodcarver seamstress tailoress embroiderer knitter quilter
        soprano alto tenor baritone crooner beatboxer drummers percussionist organist guitarists
        fiddler banjoist oboist clarinetist trumpeter tubist bandmate songwriter composer maestro
        choreographer tapdancer contortionist fire-eater tightrope-walker stilt-walker mime jester
        bard minstrel troubadour storyteller orator preacher pastor vicar deacon evangelist guru
        yogi chemist physicist mathematician geologist zoologist botanist veterinarian vet midwife
        orderly carer caregiver babysitter nanny housekeeper chambermaid sous-chef
        pastry-chef fishmonger greengrocer grocer pizzaiolo sushi-chef bartenders mixologist
        taxi-driver cabbie chauffeur bus-driver racer motorcyclist biker stewardess aviator
        roboticist coder tech technician electricians handyman roughneck oilman coalminer
        kidnapper hitman assassin gunman robber pickpocket con-man fugitive inmate convict warden
        jailer bailiff lawman constable trooper cop cops investigator forensic profiler wanderer
        nomad hermit castaway survivor refugee villager townsman peasant serf sorceress
        enchantress warlock necromancer oracle seer nymph dryad faun centaur ogre goblin
        gnome leprechaun imp demon devil mummy werewolf ghoul clown harlequin magicians
        ventriloquist ringmaster trapezist teenager adolescent youngster oldster pensioners
        veteran widow widower bachelor newlywed newlyweds supporter spectator onlooker
        reader chairwoman moderator toastmaster auctioneer gymnasts cheerleader
        sergeant lieutenant corporal colonel major recruit cadet admiral private brigadier
        quarterback shortstop midfielder winger snorkeller swimmer
        lifesaver diver skydivers daredevil stunt-driver cosplayer
    """,
    Sense.PRONOUN: "he she him her his hers himself herself",
    Sense.GROUP: """
        people crowd crowds audience passers-by pedestrians commuters spectators they them
    """,
    Sense.SEVERAL: """
        both couple couples twins duo trio quartet duet hosts speakers together alternating
        alternately
    """,
    Sense.ANIMAL: """
        animal cat cats kitten kittens dog dogs puppy puppies wolf wolves fox foxes bear bears lion
        lions lioness tiger tigers leopard cheetah horse horses foal pony donkey cow cows bull calf
        sheep lamb goat pig piglet rabbit bunny hare squirrel hedgehog mouse mice rat hamster deer
        stag doe moose elk elephant elephants giraffe zebra monkey gorilla ape chimp panda koala
        kangaroo sloth otter beaver badger raccoon bird birds eagle hawk falcon owl raven crow crows
        seagull gull gulls swan duck ducks goose geese hen rooster chicken chick parrot penguin
        penguins flamingo pigeon pigeons dove sparrow swallow hummingbird lark larks nightingale
        thrush blackbird cicada cicadas cricket crickets butterfly butterflies bee bees bumblebee
        ladybug dragonfly ant spider snail frog toad turtle tortoise lizard gecko chameleon snake
        crocodile dinosaur dragon dragons unicorn phoenix griffin fish whale whales dolphin dolphins
        shark octopus jellyfish seal crab heron herons stork pelican ostrich peacock turkey bat bats
        vulture woodpecker kingfisher robin magpie toucan puffin albatross moth moths wasp wasps
        beetle worm caterpillar scorpion lobster prawn squid starfish salmon trout goldfish koi
        walrus seals lynx puma jaguar panther hyena gazelle antelope bison buffalo camel llama
        alpaca ox yak weasel ferret mole chipmunk meerkat lemur orangutan hippo rhino armadillo
        porcupine platypus possum wombat newt salamander eel stingray orca narwhal manatee corgi
        retriever husky pug dachshund terrier poodle labrador shepherd-dog creature monster alien
        robot android cyborg yeti troll goblin beast pet critter mascot teddy puppet snowman ghost
        skeleton t-rex trex raptor
        tabby siamese maine-coon bulldog beagle dalmatian rottweiler greyhound whippet spaniel
        collie chihuahua pitbull mastiff malamute samoyed akita shiba doberman mare stallion colt
        heifer ewe piglets goatling goslings duckling ducklings cygnet panther cougar bobcat
        ocelot caracal serval jackal coyote dingo fennec gibbon baboon marmoset macaque chimpanzee
        tapir okapi wildebeest warthog boar hog moose caribou reindeer ibex chamois mule burro
        songbird finch starling wren jay condor osprey cormorant egret ibis emu kiwi cockatoo
        budgie canary macaw hornbill cassowary quail pheasant partridge turkey python cobra viper
        rattlesnake anaconda iguana komodo alligator caiman terrapin clownfish angelfish barracuda
        tuna carp pike catfish anchovy seahorse cuttlefish mussel clam oyster shrimp grasshopper
        locust mantis firefly fireflies dragonflies mosquito louse flea termite centipede
        millipede tarantula ladybird earthworm slug marten stoat mink polecat vole shrew gerbil
        guinea-pig chinchilla velociraptor triceratops brachiosaurus stegosaurus pterodactyl
        mammoth wyvern kraken hydra pegasus minotaur cerberus basilisk gargoyle golem droid mech
    """,
    Sense.PLACE: """
        room surroundings viaduct
        crossing gate gates ship yacht ferry kitchen bedroom bathroom hallway corridor
        attic basement cellar garage balcony terrace porch garden backyard yard courtyard office
        studio newsroom classroom school university library museum gallery theatre theater cinema
        stage hall ballroom concert club nightclub bar pub cafe café diner restaurant bakery shop
        store supermarket mall market marketplace bazaar workshop factory warehouse laboratory lab
        hospital clinic church cathedral temple mosque monastery castle palace tower fortress ruin
        ruins dungeon cave cavern tunnel bridge street streets alley road highway avenue boulevard
        crossroads intersection sidewalk pavement square plaza park playground stadium arena gym
        court pool harbour harbor port pier dock docks marina lighthouse beach shore coast
        coastline seaside island bay cliff cliffs sea ocean lake lakeside pond river riverbank
        stream brook creek waterfall swamp marsh wetland forest woods woodland jungle rainforest
        meadow meadows field fields prairie savanna savannah steppe tundra desert dune dunes oasis
        canyon gorge valley hill hills hillside hilltop mountain mountains mountainside peak summit
        glacier volcano village town city cityscape skyline downtown suburb suburbs neighborhood
        metropolis slum farm farmhouse barn stable vineyard orchard greenhouse cottage cabin hut
        tent camp campsite house home apartment flat mansion villa rooftop roof lobby hotel airport
        runway station subway platform cockpit spaceship spacecraft deck submarine space planet
        backdrop moon mars galaxy sky clouds underwater reef seabed countryside landscape chapel
        cemetery graveyard prison cell throne-room tavern inn saloon arcade salon barbershop
        boutique fireplace hearth canal quay lagoon fjord winter-landscape backstage boardroom
        cubicle interior indoors outdoors outside inside cornfield wheatfield treehouse windowsill
        ridge paddock parliament courtroom courthouse congress gutter wall walls bench counter desk
        table bed doorway staircase stairs window shower bathtub trail path riverside waterfront
        boardwalk fairground carnival circus zoo aquarium dojo ring racetrack rink pitch stands
        bleachers locker quarry mine shipyard oilfield windmill dam crater iceberg igloo pyramid
        sphinx colosseum wonderland underworld heaven hell cosmos nebula spaceport lounge cafeteria
        canteen pavilion cloister crypt vault bunker trench battlefield wasteland hedge thicket
        clearing glade undergrowth moor heath bog plateau gully ravine cove strait sandbank atoll
        mudflat plain plains heathland hayloft pasture living-room bookstore bookshop
        driveway alleyway walkway parking-lot carpark bank banks embankment lane lanes motorway
        freeway railway tracks crosswalk roundabout bus-stop depot terminal hangar airfield
        airstrip launchpad tarmac penthouse loft lounge nursery pantry laundry washroom
        restroom toilet foyer atrium vestibule stairwell elevator veranda patio deckchair
        balustrade hostel motel resort spa sauna bathhouse dormitory barracks orphanage
        kindergarten preschool daycare auditorium amphitheatre amphitheater opera planetarium
        observatory aviary ballpark gymnasium pawnshop florist butchery deli bistro pizzeria
        cafeteria foodcourt food-truck kiosk smithy forge foundry mill sawmill
        brewery winery distillery bakehouse pottery atelier workroom courtyards cul-de-sac wharf
        jetty boathouse harbourside riverfront levee canals aqueduct beachfront sandbar
        tidepool tidepools lagoon bayou estuary rapids geyser hot-spring foothill
        foothills slope slopes mountaintop ridgeline crag cavern caverns grotto sinkhole mesa
        badlands grassland grasslands woodlot copse grove groves bamboo taiga outback
        savannas field-hospital surgery morgue asylum waiting-room operating-theatre manor
        estate chateau citadel battlements rampart ramparts courtyard catacombs tomb
        mausoleum shrine pagoda abbey convent minaret synagogue steeple belfry shed barnyard
        farmyard henhouse coop kennel pigsty silo greenhouses allotment lawn flowerbed
        rosebush treetop treetops canopy rooftops chimney attics windowpane doorstep threshold
        shelf bookshelf mantelpiece countertop worktop stove oven sink bathtub couch sofa armchair
        hammock bedside nightstand workbench easel pulpit altar pew podium lectern cabin cockpit
        bridge galley engine-room carriage wagon compartment limousine nebulae asteroid
        moonbase station cities towns villages hamlet outskirts neighbourhood district
        chinatown ghetto favela bazaars souk racecourse velodrome halfpipe skatepark bowling-alley
        driving-range golf-course fairway ballpit trampoline sandbox sandpit
        conference meeting-room lecture-hall lecture-theatre board-room server-room control-room
        tokyo paris london berlin york rome venice istanbul cairo moscow bali hawaii iceland
        norway scotland ireland italy france spain portugal greece japan china india africa
        america egypt sahara alps himalayas manhattan hollywood vegas hongkong kyoto munich
        hamburg vienna
        pharmacy drugstore florist chemist aisle aisles hedgerow orchard bookcase cupboard
        wardrobe archive archives vaults foyer ramp pathway pathways mound hump lakefront
        skatepark icefield backstreet backstreets sidestreet mews trawler barge tugboat schooner
        freighter steamer sailboat rowboat lifeboat galleon raft trees ferns bracken brambles shrubs
        pines oaks birches willows reeds undergrowth riverbed seafloor fence fences
    """,
    Sense.LANDSCAPE: """
        mountain mountains landscape valley panorama skyline horizon desert dunes ocean coastline
        cityscape canyon prairie savanna savannah meadow meadows fields hills vista scenery glacier
        fjord steppe tundra peaks countryside delta badlands plains panoramic highlands outback
        archipelago seascape rainforest wilderness vineyards
        dune sahara alps himalayas rockies fjords lowlands grassland grasslands taiga farmland
        moors moorland heath heathland mesa mesas foothills ridgeline ridgelines canyons valleys
        glaciers archipelago savannas salt-flat salt-flats deserts oceans seascapes landscapes
        coastlines cityscapes icefield icefields
    """,
    Sense.LIGHT: """
        light lights lighting lit sunlight sunlit sunset sunrise sunshine sunbeam sunbeams sunny sun
        dusk dawn twilight night nighttime midnight noon midday daylight daytime morning evening
        afternoon moonlight moonlit starlight starlit starry candle candles candlelight candlelit
        lamp lamps lamplight lantern lanterns torch torches torchlight firelight neon glow glows
        glowing shadow shadows shadowy backlit backlight backlighting overcast bright brightly dim
        dimly gloomy silhouette silhouetted spotlight spotlights floodlight
        flashlight flashlights headlights headlight
        headlamp streetlight streetlights fluorescent led flicker flickering shimmer shimmering
        rim-light chiaroscuro low-key high-key aurora lightning luminous bioluminescent bonfire
        campfire flames blaze haze daylit illuminated illuminates illuminating illumination glare
        golden-hour blue-hour gaslight sunbathed sun-drenched dappled darkness lightbulb bulb
        chandelier softbox flare fire fireball fireworks lava laser lasers disco strobe glimmer
        glimmering radiant embers
        sunrays sunray sunlights sunup sundown gloaming nightfall daybreak moonbeam moonbeams
        moonrise candlestick tealight tealights matchlight fairy-lights headlamps tail-lights
        taillights lightning-flash bonfires campfires embers furnace fluorescents spotlighted
        lamplit torchlit firelit neonlit sun-soaked dawnlight daylights sunstreaked lightbox
        lampshade nightlight ring-light projector-light beams sunspot incandescent phosphorescent
    """,
    Sense.APPEARANCE: """
        hair beard moustache mustache freckles makeup skin complexion wrinkles tattoo tattoos
        glasses sunglasses hat cap hood helmet crown scarf tie shirt t-shirt blouse dress skirt
        jeans trousers pants shorts shoes boots sneakers jacket coat sweater jumper hoodie cardigan
        vest suit blazer uniform robe cloak cape gown kimono armor armour apron gloves belt
        necklace earrings earring ring bracelet watch collar backpack costume outfit clothes
        clothing wearing wears dressed red blue green yellow orange purple violet pink brown black
        white grey gray golden silver beige turquoise crimson blonde blond brunette redhead curly
        wavy straight bald bearded tall slim slender chubby muscular young old elderly middle-aged
        aged year-old pretty beautiful handsome cute leather denim wool cotton silk velvet lace
        linen wooden brick stone metal glass marble striped checkered plaid floral patterned
        long-haired blue-eyed fluffy furry hairy spotted patch patches photo picture image
        shows depicts features
    """,
    Sense.STATIVE: """
        is are has have was were be been am there's stands standing lies lying sits sitting wears
        wearing shows showing depicts depicting features featuring contains hangs surrounds belongs
        consists seems appears remains stays keeps
    """,
    Sense.FACE: """
        face faces facial eye eyes eyebrow eyebrows brow brows lip lips mouth cheek cheeks chin jaw
        nose forehead eyelid eyelids eyelashes gaze head heads nostrils dimples temple temples
        glance stare tongue
    """,
    Sense.DETERMINER: """
        a an the his her its their this that these those my your our some each every one two three
        four several many no
    """,
    Sense.NEGATION: "no not without never avoid don't doesn't isn't",
}
