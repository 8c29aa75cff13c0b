"""German phrases whose words alone mean something else, or nothing."""

from collections.abc import Mapping

from bot.domain.reading.senses import Sense

PHRASES: Mapping[Sense, str] = {
    Sense.GAZE: """
        in die kamera, zur kamera, in kamera, zum zuschauer, den zuschauer, ins objektiv,
        zum betrachter, den betrachter, die zuschauer, zu uns, uns an
    """,
    Sense.SHOT: """
        auf augenhöhe, aus der nähe, von oben, von unten, von hinten, aus der ferne,
        in der totalen, über die schulter, im bild, die amerikanische, aus der vogelperspektive,
        von der seite, close up, weite einstellung, nahe einstellung, halbnahe einstellung,
        halbtotale einstellung, eine einstellung, lange einstellung, ruhige einstellung,
        statische einstellung, feste einstellung
    """,
    Sense.CLOSE: "close up",
    Sense.PLACE: """
        im schnee, im regen, im nebel, im sand, im gras, im hohen gras, im schlamm, im dunkeln
    """,
    Sense.LIGHT: """
        goldene stunde, goldenen stunde, blaue stunde, blauen stunde, in der nacht, bei nacht
    """,
    Sense.APPEARANCE: "jahre alt, auf dem bild, das bild zeigt, auf dem foto, das foto zeigt",
    Sense.MICRO: """
        hebt die augenbrauen, heben die augenbrauen, augenbrauen heben, augenbrauen hoch,
        die brauen, hebt die brauen, zieht die augenbrauen, ziehen die augenbrauen,
        runzelt die stirn, die stirn, augenbrauen gehen, schüttelt den kopf, neigt den kopf,
        legt den kopf, dreht den kopf, wendet den kopf, hebt den kopf, senkt den kopf, kopf neigt,
        kopf nickt, kopf dreht, kopf schief, neigt ihren kopf, neigt seinen kopf,
        dreht ihren kopf, dreht seinen kopf, senkt den blick, senkt ihren blick,
        senkt seinen blick, blick wandert, blick schweift, blick sinkt, hebt den blick,
        wendet den blick, wirft einen blick, presst die lippen, lippen zusammen, lippen öffnen,
        lippen bewegen, öffnet die lippen, öffnet den mund, verzieht den mund, mundwinkel zucken,
        mundwinkel heben, mundwinkel zuckt, beißt sich, schließt die augen, öffnet die augen,
        kneift die augen, augen weiten, augen schließen, augen leuchten, augen wandern,
        augen suchen, augen bleiben, holt luft, atmet ein, atmet aus, atmet tief, zuckt mit,
        rümpft die, kopf wippt, kopf wackelt, hebt das kinn, hebt ihr kinn, verdreht die augen,
        schaut nach unten, blickt nach unten, blickt zur seite, schaut zur seite, schaut weg,
        blickt weg, ohren zucken, ohr zuckt, hebt kurz die, augenbrauen heben sich,
        lippen pressen
    """,
    Sense.SPEECH: """
        trägt vor, stellt vor, hält eine rede, liest vor, hält einen vortrag, spricht in die,
        ins gespräch, stellt sich vor
    """,
    Sense.SEVERAL: """
        zwei frauen, zwei männer, zwei freunde, zwei freundinnen, zwei personen, zwei menschen,
        zwei kinder, zwei mädchen, zwei jungen, zwei leute, zwei kollegen, zwei schwestern,
        zwei brüder, zwei alte, zwei junge, zwei ältere, drei freunde, drei frauen, drei männer,
        drei personen, drei kinder, die beiden, zu zweit, im wechsel, gruppe von, mutter und,
        vater und, zwei moderatoren, zwei sängerinnen, zwei sänger, zwei figuren, fallen sich ins,
        einer nach dem, zwei stimmen, zwei roboter, zwei katzen, zwei hunde, gespräch zwischen,
        dialog zwischen, streiten sich, unterhalten sich
    """,
    Sense.MOVE_IN: """
        zoomt heran, zoomt hinein, zoomt rein, zoomt langsam, fährt heran, fährt langsam heran,
        fährt näher, fährt nach vorn, fährt nach vorne, fahrt nach vorn, fahrt nach vorne,
        fährt vorwärts, fährt langsam vorwärts, kommt näher, fährt auf, fährt hinein,
        fährt langsam auf, bewegt sich auf, gleitet vorwärts, gleitet nach vorn, gleitet auf,
        schwebt nach vorn, schwebt vorwärts, fährt langsam näher, nähert sich,
        fährt langsam nach vorn, bewegt sich vorwärts, geht näher, rückt näher, langsam näher,
        sanft näher, fährt sanft heran, fährt durch, schwebt durch, gleitet durch, fliegt durch
    """,
    Sense.MOVE_OUT: """
        fährt zurück, fährt langsam zurück, zoomt heraus, zoomt raus, zoomt zurück,
        zieht sich zurück, entfernt sich, weicht zurück, fährt rückwärts, gleitet zurück,
        fährt weg, zoomt weg, geht zurück, fahrt zurück, zieht zurück
    """,
    Sense.MOVE_TILT: "neigt sich, kippt nach, schwenkt nach oben, schwenkt nach unten, kippt hoch",
    Sense.MOVE_ORBIT: """
        kreist um, dreht sich um, kamera kreist, fährt um, wirbelt um, rast um, schnell um,
        fliegt um, kamera dreht, gleitet um, im kreis um, kreist dann um, bewegt sich um,
        kreist langsam um, kreist einmal
    """,
    Sense.MOVE_CRANE: """
        steigt auf, steigt hoch, steigt langsam, steigt in, kamera steigt, kamera sinkt,
        kamera hebt, kamera senkt, hebt sich, fährt nach oben, fährt hoch, fährt nach unten,
        schwebt nach oben, steigt nach, sinkt herab, senkt sich, steigt dann
    """,
    Sense.MOVE_TRACK: """
        kamera folgt, folgt ihm, folgt ihr, folgt dem, folgt der, folgt den, begleitet ihn,
        begleitet sie, kamera begleitet, kamera verfolgt, fährt nach links, fährt nach rechts,
        fährt seitlich, gleitet seitlich, fährt mit, fährt neben, fährt parallel,
        gleitet nach links, gleitet nach rechts, gleitet neben, gleitet entlang, fährt entlang,
        begleitet den, begleitet das, begleitet die, verfolgt ihn, verfolgt den, verfolgt die
    """,
    Sense.MOVE: """
        kamera fährt, kamera gleitet, kamera schwebt, kamera bewegt, kamera fliegt,
        kamera wackelt, langsame fahrt, sanfte fahrt, ruhige fahrt, schnelle fahrt,
        kamera zittert, kamera wandert, kamera rast, kamera rückt, kamera geht
    """,
    Sense.STILL: """
        bleibt stehen, bleibt still, bleibt ruhig, bewegt sich nicht, kamera steht, kamera ruht,
        feste kamera, keine kamerabewegung, kamera hält, kamera bleibt, ohne bewegung,
        stehende kamera, ruhige kamera, vom stativ
    """,
    Sense.FAST_MOVE: """
        kamera rast, kamera wirbelt, kamera jagt, kamera saust, schneller schwenk,
        schnelle schwenks, schnelle schnitte, schneller zoom, schneller kameraschwenk,
        kamera reißt, rast um, wirbelt um, schnelle kamerafahrt, schnelle kamerafahrten
    """,
    Sense.SOUND: "zu hören, man hört, im hintergrund läuft, wir hören",
    Sense.LOOK: """
        schwarz weiß, warme farben, kühle farben, kalte farben, gedeckte farben, satte farben,
        blasse farben, kräftige farben, entsättigte farben, warme töne, kühle töne,
        gedämpfte farben, geringe schärfentiefe, hohe qualität, hohe auflösung, beste qualität,
        sehr realistisch, hoher auflösung, hoher qualität
    """,
    Sense.CUT: """
        am nächsten tag, am nächsten morgen, stunden später, später am, szene zwei, jahre später,
        tage später, nächste szene, schnitt auf, schnitt zu, minuten später, eine stunde später,
        zweite szene, wenig später, kurz darauf, am abend kehrt
    """,
    Sense.DEED: """
        steht auf, zeigt auf, zum leben, wacht auf, soll sich bewegen, sollen sich bewegen,
        lebendig werden, wird lebendig, werden lebendig, zieht an, dreht sich, öffnet die,
        öffnet das
    """,
}
