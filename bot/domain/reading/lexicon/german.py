"""German words for who and what is seen, where, and in which light."""

from collections.abc import Mapping

from bot.domain.reading.senses import Sense

WORDS: Mapping[Sense, str] = {
    Sense.PERSON: """
        frau frauen mann mannes männer herr dame mädchen junge jungen kind kinder kindes baby
        person personen mensch jugendlicher jugendliche teenager oma opa großmutter großvater
        mutter mama vater papa sohn tochter schwester bruder ehefrau ehemann braut bräutigam tante
        onkel freund freundin freunde figur charakter sprecher sprecherin moderator moderatorin
        ansagerin lehrer lehrerin professor professorin student studentin schüler schülerin
        forscher forscherin wissenschaftler wissenschaftlerin ingenieur ingenieurin programmierer
        programmiererin arzt ärztin pfleger krankenschwester richter richterin polizist polizistin
        detektiv soldat soldatin matrose kapitän kapitänin pilot pilotin fahrer fahrerin radfahrer
        radfahrerin reiter reiterin surfer surferin schwimmer schwimmerin taucher läufer läuferin
        wanderer wanderin kletterer sportler sportlerin fußballer boxer turnerin tänzer tänzerin
        sänger sängerin rapper musiker musikerin gitarrist gitarristin schlagzeuger schlagzeugerin
        pianist pianistin geiger geigerin cellistin dirigent schauspieler schauspielerin model
        komiker zauberer zauberin clown koch köchin bäcker bäckerin barista kellner kellnerin
        metzger bauer bäuerin gärtner gärtnerin hirte fischer fischerin jäger jägerin tischler
        tischlerin schmied töpfer töpferin weberin schneider schneiderin maler malerin künstler
        künstlerin fotograf fotografin autor autorin dichter bibliothekarin verkäufer verkäuferin
        händler arbeiter arbeiterin handwerker handwerkerin mechaniker feuerwehrmann astronaut
        astronautin ritter könig königin prinz prinzessin krieger kriegerin samurai ninja wikinger
        pirat piratin cowboy hexe mönch nonne priester engel vampir zombie elf elfe zwerg superheld
        held heldin fremder fremde reisende reisender tourist touristin jemand nachbar nachbarin
        kollege kollegin chef chefin trainer trainerin greis greisin kleinkind meerjungfrau fee
        influencerin uhrmacher uhrmacherin rentner rentnerin senior anwalt anwältin schaffner
        schaffnerin pilger pilgerin bergsteiger bergsteigerin politiker politikerin ministerin
        kanzler kanzlerin bürgermeister reporter reporterin nachrichtensprecher
        nachrichtensprecherin gamer influencer youtuber youtuberin podcaster wirt wirtin friseur
        friseurin schuster optiker optikerin zwilling zwillinge lkw-fahrer kapuzenmann azubi
        lehrling meister meisterin geschäftsmann geschäftsfrau unternehmer unternehmerin gründer
        gründerin redner rednerin dozent dozentin pfarrer pfarrerin bischof papst kaiser kaiserin
        graf gräfin bettler dieb räuber gauner sheriff indianer ureinwohner skifahrer skifahrerin
        torwart stürmer schiedsrichter akrobat akrobatin artist artistin puppenspieler saxophonist
        saxofonist saxofonistin trompeter bassist bassistin sopranistin tenor chorleiter
        straßenmusiker enkel enkelin enkelkind cousin cousine neffe nichte kumpel typ kerl bub
        bursche dirndl schornsteinfeger imker imkerin buchhändlerin kunde kundin gast
        opi omi papi mami mutti vati uroma uropa enkelkinder eltern großeltern kids teenie bengel
        frau herrn nachwuchs zwilling brautpaar bräute witwe witwer senioren seniorin greise
        clowns gaukler jongleur jongleurin zauberkünstler dompteur feuerspucker taxifahrer
        taxifahrerin busfahrer busfahrerin rennfahrer rennfahrerin lokführer stewardess sanitäter
        sanitäterin notarzt hebamme zahnarzt zahnärztin tierarzt tierärztin chirurg chirurgin
        erzieher erzieherin babysitter hausmeister putzfrau putzmann müllmann postbote postbotin
        bergmann holzfäller förster försterin winzer winzerin imkerin müller schäfer schäferin
        steinmetz goldschmied goldschmiedin uhrmacherin geigenbauer geigenbauerin orgelbauer
        glasbläser buchbinder drucker tätowierer tätowiererin floristin gärtner landwirt
        landwirtin programmierer entwickler entwicklerin forscherin physiker physikerin chemiker
        chemikerin boxerin ringer ringerin turner eiskunstläufer eiskunstläuferin skater skaterin
        biker bikerin wanderer radler radlerin jogger joggerin tänzerpaar chorsänger opernsänger
        opernsängerin schlagersänger liedermacher dj hexer magier magierin druide orakel göttin
        gott teufel dämon mumie werwolf kommissar kommissarin ermittler ermittlerin räuberin
        einbrecher häftling wärter
    """,
    Sense.PRONOUN: "er ihn ihm ihr ihre ihrem ihren ihres ihrer sie",
    Sense.GROUP: "leute menschen menge menschenmenge publikum passanten zuschauer fußgänger",
    Sense.SEVERAL: """
        geschwister eheleute freundinnen
        beide beiden paar pärchen zwillinge einander miteinander gemeinsam zusammen duo trio
        abwechselnd gegenseitig nacheinander durcheinander
    """,
    Sense.ANIMAL: """
        tier tiere katze katzen kater kätzchen hund hunde hündin welpe welpen wolf wölfe fuchs
        füchse bär bären löwe löwin tiger leopard pferd pferde fohlen pony esel kuh kühe stier kalb
        schaf schafe lamm ziege schwein ferkel hase hasen kaninchen eichhörnchen igel maus mäuse
        ratte hamster hirsch reh rehe elch elefant elefanten giraffe zebra affe gorilla panda koala
        känguru faultier otter biber dachs waschbär vogel vögel adler falke eule rabe krähe möwe
        möwen schwan ente enten gans gänse henne huhn hühner hahn küken papagei pinguin pinguine
        taube tauben spatz schwalbe schwalben schmetterling schmetterlinge biene bienen hummel
        libelle ameise spinne schnecke frosch kröte schildkröte eidechse schlange krokodil
        dinosaurier drache drachen einhorn fisch fische wal wale delfin delfine delphin hai krake
        qualle robbe krebs monster kreatur alien roboter yeti troll kobold maskottchen schneemann
        gespenst skelett dackel pudel
        hummeln bienen wespe wespen ameisen käfer raupe raupen marienkäfer grille grillen
        heuschrecke mücke ziegenbock lämmer kälber ferkel rinder bullen gämse steinbock murmeltier
        dachse marder wiesel luchs wildschwein wildschweine hirsche rehkitz waschbären otter
        robben seehund seehunde orca storch störche reiher kranich kraniche geier bussard specht
        meise amsel rotkehlchen pfau gecko leguan chamäleon salamander molch kaulquappe lachs
        forelle karpfen goldfisch hummer labrador schäferhund mops husky terrier kätzchen
    """,
    Sense.PLACE: """
        zimmer umgebung schiff ebene
        küche bad flur dachboden keller garage balkon terrasse garten hof innenhof
        büro studio klassenzimmer schule universität bibliothek museum galerie theater kino bühne
        halle saal konzert club bar kneipe café cafe restaurant bäckerei laden geschäft supermarkt
        markt marktplatz werkstatt fabrik lagerhalle labor krankenhaus klinik kirche dom tempel
        kloster burg schloss palast turm festung ruine kerker höhle tunnel brücke straße straßen
        gasse weg autobahn allee kreuzung gehweg bürgersteig platz park spielplatz stadion arena
        turnhalle hafen steg pier mole kai leuchtturm strand küste ufer insel bucht klippe klippen
        meer ozean see teich fluss bach wasserfall sumpf wald wälder waldes dschungel regenwald
        wiese wiesen feld felder prärie savanne steppe wüste düne dünen oase schlucht tal hügel
        berg berge bergen berges gipfel gletscher vulkan dorf stadt altstadt hochhaus vorort
        bauernhof scheune stall weinberg gewächshaus hütte zelt lager haus hauses wohnung villa
        dach dächer dächern lobby hotel flughafen bahnhof bahnsteig cockpit raumschiff u-bahn
        weltraum weltall planet mond mars galaxie himmel wolken landschaft friedhof gefängnis zelle
        wirtshaus friseursalon kamin kanal lagune fjord parkbank lichtung schreibtisch werkbank
        raum unterwasser drinnen draußen koppel weide parlament gericht gerichtssaal jahrmarkt
        rummel kirmes zirkus zoo aquarium theke tresen tafel pult fenster fensterbank treppe tür
        wand bett sessel bank ecke dachterrasse innenstadt fußgängerzone skaterpark freibad
        sporthalle schwimmbad feldweg waldweg pfad promenade strandbar deich watt moor heide alm
        gletscherspalte krater backstube schmiede mühle kapelle krypta bunker graben schlachtfeld
        rastplatz tankstelle
        acker äcker stausee baggersee badesee bergsee waldsee teiche sumpf hain lichtung gebüsch
        dickicht abhang hügelkette felswand felsen fels grat klamm grotte krater vulkan
        einfahrt auffahrt parkplatz parkhaus haltestelle bushaltestelle gleis gleise bahngleis
        bahndamm tunnel unterführung zebrastreifen verkehrsinsel kreisverkehr autobahn
        landstraße wohnzimmer schlafzimmer kinderzimmer badezimmer esszimmer gästezimmer
        wartezimmer sprechzimmer arbeitszimmer kaminzimmer treppenhaus aufzug fahrstuhl vorzimmer
        diele flure keller kneipe gaststätte biergarten imbiss dönerbude eisdiele metzgerei
        konditorei apotheke drogerie baumarkt möbelhaus kaufhaus boutique flohmarkt
        weihnachtsmarkt wochenmarkt rathaus bahnhofshalle polizeiwache feuerwache kaserne
        botschaft schulhof pausenhof sporthalle turnhalle aula hörsaal kindergarten kita internat
        fußballplatz tennisplatz skatepark rennstrecke eisbahn stadion boxring hafenbecken werft
        schleuse bootshaus anleger fähre deck kajüte sofa couch sessel hocker badewanne dusche
        herd ofen spüle kühlschrank regal schrank dachboden dachrinne fassade mauer zaun hecke
        beet blumenbeet gemüsebeet rasen wintergarten bauernhof scheune hühnerstall pferdestall
        kuhstall silo paris london berlin hamburg münchen köln wien zürich rom venedig tokio japan
        italien afrika alpen ostsee nordsee mittelmeer schwarzwald bayern tirol
        apotheke blumenladen regal regale archiv gang gänge
    """,
    Sense.LANDSCAPE: """
        berge bergen gebirge landschaft tal panorama skyline horizont wüste dünen ozean küste meer
        schlucht prärie savanne hügel gletscher fjord steppe felder wiesen alpen
        tundra taiga hochebene tiefebene hügellandschaft bergkette bergpanorama küstenlinie
        weinberge fjorde täler heide heidelandschaft nordsee ostsee ozeane savanne sahara
        moorlandschaft
    """,
    Sense.LIGHT: """
        abendrot morgenrot morgengrauen zwielicht
        licht lichter beleuchtung beleuchtet beleuchten sonne sonnig sonnigen sonniger dämmerung
        morgen morgens abend abends nacht nachts mittag mittags nachmittag tageslicht schatten
        lampe lampen laterne laternen kerze kerzen fackel fackeln neon glühen glüht leuchtet
        leuchten leuchtend leuchtende leuchtenden schimmer schimmert gegenlicht bewölkt hell helle
        hellen heller helles hellem düster düsteren silhouette scheinwerfer flackert flackernd
        flackernde feuerschein lagerfeuer polarlicht polarlichter blitze strahlen strahlt
        sonnenstrahlen sonnenlicht tageslicht mondlicht kerzenschein laternenlicht morgensonne
        abendsonne mittagssonne dämmerlicht zwielicht neonröhren lichterkette lichterketten
        blaulicht flammen glut blitz blitzlicht blitzlichtgewitter discokugel nebelscheinwerfer
    """,
    Sense.APPEARANCE: """
        haar haare haaren bart schnurrbart sommersprossen haut falten tätowierung brille hut mütze
        kappe helm krone schal krawatte hemd bluse kleid rock jeans hose schuhe stiefel jacke
        mantel pullover weste anzug uniform robe umhang kimono rüstung schürze handschuhe gürtel
        kette ring halsband rucksack kostüm kleidung trägt tragen bekleidet gekleidet rot rote
        roten roter rotes rotem blau blaue blauen blauer blaues blauem grün grüne grünen grüner
        grünes grünem gelb gelbe gelben gelber gelbes orange lila rosa braun braune braunen brauner
        schwarz schwarze schwarzen schwarzer schwarzes schwarzem weiß weiße weißen weißer weißes
        weißem grau graue grauen grauer graues goldene goldenen silbern blond blonde blonden
        rothaarig lockig lockige lockigen glatt kahl bärtig groß große großer schlank schlanke
        muskulös jung alt alte alter alten altes jährige jähriger jährigen dunkle dunklen dunkler
        hübsch hübsche schöne schönen leder wolle holz stein metall glas gestreift kariert geblümt
        flauschig bild foto zeigt
    """,
    Sense.STATIVE: """
        ist sind hat haben war waren steht stehen liegt liegen sitzt sitzen trägt zeigt hängt
        bleibt befindet gibt hält scheint
    """,
    Sense.FACE: """
        gesicht gesichter auge augen augenbraue kopf kopfes lider lid zunge nasenflügel mimik
        augenbrauen braue brauen lippe lippen mund mundwinkel wange wangen kinn kiefer nase stirn
        augenlider blick miene
    """,
    Sense.DETERMINER: """
        der die das den dem des ein eine einen einem einer eines ihr ihre ihren ihrem ihrer sein
        seine seinen seinem seiner dieser diese dieses kein keine zwei drei vier im am zum zur beim
        vom
    """,
    Sense.NEGATION: "kein keine keinen ohne nicht nie niemals",
}

STARTS: Mapping[Sense, str] = {
    Sense.LIGHT: """
        sonnen neon kerzen mond abendlicht morgenlicht dämmer morgengrau morgenrot
        abendrot zwielicht
    """,
    Sense.CAMERA: "kamera",
    Sense.SHOT: "nahaufnahme weitwinkel vogelperspektive froschperspektive luftaufnahme",
    Sense.LANDSCAPE: "landschafts gebirgs",
}

ENDS: Mapping[Sense, str] = {
    Sense.LIGHT: """
        licht lichts lichter lampe lampen schein laterne laternen schatten dämmerung sonne
        untergang aufgang beleuchtung nacht abend glühen glut leuchten schimmer laterne kerze
        kerzen feuer strahl strahlen
    """,
    Sense.PERSON: """
        frau mann männer mädchen spieler spielerin erin istin sprecher leiter leiterin macher
        macherin meister meisterin sänger sängerin fahrer fahrerin
    """,
    Sense.PLACE: """
        see stube bude stand theke weg pfad zimmer haus raum wald straße gasse platz laden halle
        küche werkstatt brücke strand küste ufer stadt garten park feld wiese hof studio hafen
        landschaft gebirge station bank becken schule berge keller saal
    """,
    Sense.LANDSCAPE: "landschaft gebirge küste panorama kette wüste",
    Sense.SHOT: "aufnahme einstellung perspektive totale ansicht",
    Sense.WIDE: "weitwinkelaufnahme luftaufnahme drohnenaufnahme totalaufnahme totale",
    Sense.CLOSE: "nahaufnahme großaufnahme porträtaufnahme",
    Sense.SOUND: "geräusch geräusche rauschen musik gesang klang klänge stimme stimmen gezwitscher",
    Sense.ANIMAL: "hund katze vogel vögel fisch pferd käfer",
    Sense.APPEARANCE: "haar haare kleid jacke hemd hose mantel bluse mütze brille schürze",
}
