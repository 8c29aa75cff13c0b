"""German words for what moves, speaks, sounds and films."""

from collections.abc import Mapping

from bot.domain.reading.senses import Sense

VERBS: Mapping[Sense, str] = {
    Sense.DEED: """
        gehen rennen joggen eilen schlendern marschieren wandern klettern kriechen schleichen
        springen hüpfen tauchen schwimmen surfen segeln rudern reiten lenken fliegen landen starten
        betreten verlassen kommen kehren jagen fliehen flüchten folgen verfolgen werfen fangen
        kicken boxen kämpfen schießen ducken schieben ziehen heben tragen legen stellen setzen
        greifen nehmen  öffnen schließen klopfen drücken tippen schreiben malen zeichnen
        kochen backen rühren schneiden gießen trinken essen beißen kauen servieren kneten waschen
        putzen wischen bürsten kämmen anziehen packen bauen reparieren zerbrechen zerstören graben
        pflanzen pflücken füttern umarmen küssen tanzen drehen spielen trommeln klatschen feiern
        jubeln winken verbeugen knien hocken schlafen aufwachen wachen gähnen
        strecken trainieren arbeiten suchen schauen blicken beobachten entdecken untersuchen kaufen
        verkaufen zahlen überqueren steigen stolpern stürzen verwandeln bellen miauen heulen
        brüllen knurren grasen schnüffeln schnuppern lecken galoppieren traben picken schlüpfen
        planschen jonglieren zaubern explodieren zünden löschen flicken hämmern sägen nähen
        stricken weben streichen sammeln reisen treffen verstecken stöbern filmen schaukeln
        verschwinden auftauchen wenden kratzen rollen schütteln reichen holen stapeln polieren
        balancieren schwingen lüften  bringen bewegen beginnen toben tollen flitzen wuseln
        sausen brausen rasen stapfen torkeln watscheln trotten fegen bestellen raufen kuscheln
        krabbeln huschen stehlen klauen schnitzen schmieden schweißen laden sortieren zielen
        schleudern wälzen rutschen gleiten bremsen überholen beschleunigen kreisen abheben
        stolzieren balzen brüten nagen knabbern scharren wühlen buddeln patrouillieren bewachen
        lauern stampfen wippen zupfen dirigieren proben üben zupacken anschieben ernten mähen säen
    """,
    Sense.FLOW: """
        treiben fließen schweben wiegen wogen wehen flattern flackern schimmern glitzern funkeln
        pulsieren steigen sinken tropfen rieseln strömen rauschen plätschern brechen branden
        schwappen spritzen dampfen rauchen schmelzen gefrieren blühen wachsen welken rotieren
        kreisen wirbeln ziehen gleiten rollen zittern beben regnen schneien stürmen biegen rascheln
        knistern brodeln blubbern zischen schäumen quellen schwanken wackeln pendeln krabbeln
        kriechen rinnen prasseln schaukeln verändern verblassen aufsteigen huschen bewegen erwachen
        beginnen neigen kräuseln
    """,
    Sense.MICRO: """
        nicken blinzeln lächeln grinsen schmunzeln zwinkern seufzen atmen einatmen ausatmen
        schlucken weinen schluchzen lachen kichern zucken schmollen erröten zusammenzucken
        stirnrunzeln
    """,
    Sense.CUE: """
        lehnen beugen gestikulieren knien hocken verschränken ballen neigen zittern beben strecken
        streicheln umarmen küssen
    """,
    Sense.SPEECH: """
        reden sagen erzählen erklären fragen antworten rufen schreien flüstern murmeln plaudern
        unterhalten diskutieren streiten berichten ansagen moderieren verkünden schildern begrüßen
        vortragen plappern vorstellen verlesen predigen schimpfen jammern
        kommentieren verhandeln quatschen labern zanken tuscheln lästern telefonieren
    """,
    Sense.SONG: "singen rappen summen",
}

WORDS: Mapping[Sense, str] = {
    Sense.DEED: """
        läuft laufen laufend laufende fährt fahren fahrend fällt fallen wirft fängt hält trägt
        tritt treten schläft gräbt bäckt backt isst frisst fressen nimmt  sieht sehen liest
        lesen brät lädt lässt wäscht verlässt betritt hilft trifft stößt schlägt schlagen springt
        geht zerbricht reicht bläst blasen dreht wendet
    """,
    Sense.FLOW: "fällt fallen bricht schmilzt weht zieht wächst bläst läuft wandern wandert steigt",
    Sense.MICRO: """
        lächelt lächelnd lächelnde nickt blinzelt zwinkert lippenbewegungen lachen lacht mimik
        lächeln grinsen atmet augenkontakt blickkontakt kopfnicken augenaufschlag zucken
    """,
    Sense.CUE: """
        hand hände händen finger fingern fingerspitzen faust fäuste handfläche handflächen daumen
        arm arme armen ellbogen schulter schultern haltung geste gesten knie tränen träne
    """,
    Sense.SPEECH: """
        verliest ansprache predigt ansage durchsage
        spricht sprechen sprechend sprechende sprechendes erzählt redet gespräch gespräche dialog
        interview monolog rede vortrag lippensynchron moderiert unterhalten unterhält ruft vorlesen
        lippensynchronität podcast
    """,
    Sense.SONG: "singt lied duett chor gesang rappt",
    Sense.CAMERA: """
        kamera aufnahme einstellung objektiv drohne bildausschnitt kamerafahrt kameraführung
        bildrand
    """,
    Sense.SHOT: """
        nahaufnahme großaufnahme detailaufnahme halbnah halbnahe halbnahen nahe totale halbtotale
        totalen augenhöhe vogelperspektive froschperspektive untersicht aufsicht draufsicht
        weitwinkel luftaufnahme perspektive makroaufnahme porträtaufnahme amerikanische porträt
        kniehöhe brusthöhe halbtotalen ego-perspektive schulterblick
    """,
    Sense.CLOSE: "nahaufnahme großaufnahme detailaufnahme halbnah halbnahe halbnahen porträt",
    Sense.WIDE: "totale totalen weitwinkel luftaufnahme vogelperspektive halbtotale",
    Sense.STILL: """
        statisch statische statischen ruhig still fest fixiert unbewegt stativ stillstehend starr
        starre unbeweglich reglos
    """,
    Sense.SHAKE: "handkamera verwackelt wackelig",
    Sense.FAST: """
        schnell schnelle schneller schnellen rasch rasend rasende rasant rasante rast hektisch
        hektische hektischen wild wilde ruckartig reißschwenk plötzlich wirbelt blitzschnell
        rasanter rasanten schnelles jagt saust
    """,
    Sense.FAST_MOVE: "reißschwenk reißschwenks",
    Sense.MOVE_IN: """
        heranzoomen zoomt zoom hineinzoomen ranzoomen herangezoomt nähert heranfahrt hineinzoom
        näher heran vorwärtsfahrt
    """,
    Sense.MOVE_OUT: "herauszoomen rückwärtsfahrt entfernt wegzoomen",
    Sense.MOVE_PAN: """
        schwenkt schwenk schwenken schwenks kameraschwenks kameraschwenk reißschwenk
        panoramaschwenk
    """,
    Sense.MOVE_ORBIT: "umkreist umrundet rundherum kreisfahrt",
    Sense.MOVE_CRANE: "kranfahrt kranaufnahme",
    Sense.MOVE_TRACK: "parallelfahrt seitenfahrt verfolgungsfahrt mitfahrt",
    Sense.MOVE: "kamerafahrt kamerabewegung",
    Sense.SOUND: """
        ton tonspur audio geräusch geräusche klang klänge musik melodie stimme stimmen stille hören
        hört hörbar rauschen rascheln summen surren murmeln knistern donner zwitschern
        vogelgezwitscher gesang applaus ticken klirren knarren plätschern prasseln heulen pfeifen
        glocken glocke schritte trommeln bass klavier gitarre geige schnurren echo gelächter
        quietschen brummen krächzen raumklang umgebungsgeräusche klappern tosen
    """,
    Sense.LOOK: """
        körnig körniges körniger filmkorn filmisch kinoreif hochauflösend fotorealistisch
        realistisch realistische meisterwerk detailliert detailreich schärfentiefe tiefenschärfe
        farbpalette filmlook qualität stil ästhetik unschärfe
    """,
    Sense.PAST: """
        ging lief rannte stand saß sah kam sprang sprach sagte war waren hatte hatten fuhr flog
        fiel warf hielt nahm gab trank aß sang ritt schwamm schlief schrieb las trug trat stieg zog
        öffnete lachte drehte lächelte nickte tanzte spielte schaute blickte wartete setzte legte
        stellte griff rief begann ließ fand verschwand gingen liefen kamen standen saßen schloss
        stürzte fielen blieb redete erzählte kochte malte
    """,
    Sense.CUT: "inzwischen zwischenzeitlich szenenwechsel rückblende zeitraffer",
    Sense.LABEL: """
        motiv szene handlung aktion kamera licht beleuchtung ton musik stil stimmung einstellung
        figur umgebung hintergrund ort bewegung objektiv look atmosphäre komposition dialog farbe
        farben dauer geräusche sound personen person charakter kulisse zeit schauplatz bild
        kameraführung perspektive vordergrund beschreibung audio negativ prompt wetter
    """,
    Sense.FUTURE: "wird werden",
}
