"""English phrases whose words alone mean something else, or nothing."""

from collections.abc import Mapping

from bot.domain.reading.senses import Sense

PHRASES: Mapping[Sense, str] = {
    Sense.CLOSE: """
        close shot, detail shot, insert shot, choker shot, close view,
        close up, close ups, extreme close, head shot, head and shoulders, tight shot, tight on,
        macro shot, chest up, shoulders up
    """,
    Sense.WIDE: """
        wide shot, wide angle, wide establishing, wide view, establishing shot, drone shot,
        drone view, extreme wide, long shot, full shot, bird's eye, bird s eye, drone footage,
        from a drone, high above, from far away, ultra wide, panoramic view, view from above
    """,
    Sense.SHOT: """
        vantage point, low vantage, high vantage, from the ground, from across,
        close up, close ups, wide shot, medium shot, long shot, full shot, mid shot, medium close,
        low angle, high angle, eye level, dutch angle, wide angle, over the shoulder, bird's eye,
        bird eye, worm's eye, worm eye, point of view, first person, third person, top down,
        framed in, framed from, framed by, framed as, in profile, from the front, from the side,
        from a distance, from the back, at the height of, from across, from the street, seen from,
        shot from, filmed from, viewed from, view of, tracking shot, two shot, cowboy shot,
        american shot, profile view, profile shot, side view, front view, rear view,
        head and shoulders, tight shot, macro shot, wide establishing, drone shot, drone view,
        drone footage, aerial view, the camera frames, camera looks, from above, from below,
        from behind, ground level, waist up, chest up, in the frame, wide view, full body,
        half body, insert shot, master shot, close shot, establishing shot, static shot,
        knee height, ankle height, hip height, waist height, shoulder height, head height,
        table height, desk height, roof height, window height, street level, floor level,
        stage level, water level, table level, counter level, desk level, ultra wide, extreme wide,
        camera is close, view from, at chest height, at eye height
    """,
    Sense.PLACE: """
        in the snow, in snow, in deep snow, in the rain, in the fog, in the mist, in the sand,
        below the surface, beneath the surface, beneath the waves,
        white background, black background, plain background, gray background, grey background,
        in the grass, in tall grass, on the grass, in the mud, in the dark
    """,
    Sense.LIGHT: """
        bathed in, washed in, grey clouds, gray clouds, grey sky, gray sky,
        flash photography, camera flash, camera flashes,
        golden hour, blue hour, magic hour, rim light, key light, fill light,
        back lit, low key, high key, sun drenched, pitch black, street lamp, at night,
        northern lights, the moon hangs, full moon, crescent moon, under the moon, beneath the moon,
        the moon rises, pale moon
    """,
    Sense.APPEARANCE: """
        year old, years old, middle aged, this is a, there is a, picture of, photo of, image of,
        in front of
    """,
    Sense.MICRO: """
        head tilts, head tilt, expression shift, expressions shift, tilts her head,
        tilts his head, tilts their head, tilts its head, tilting her head, tilting his head,
        head tilting, head nods, head nodding, raises an eyebrow, raised eyebrow,
        raises her eyebrows, raises his eyebrows, eyebrow raise, eyebrow raises, eyebrows rise,
        eyebrows rising, eyebrows rises, eyebrows lift, eyebrows lifting, eyebrows raise,
        eyebrows raising, raising her eyebrows, raising his eyebrows, raised eyebrows,
        brow furrows, brows furrow, brow furrowed, furrows her, furrows his, furrowed brow,
        knits her, knits his, eyes widen, eyes narrow, eyes close, eyes drift, eyes flick,
        eyes dart, eyes wander, eyes soften, eyes hold, eyes holding, eyes light, closes her eyes,
        closes his eyes, closes its eyes, opens her eyes, opens his eyes, eyes open, eyes crinkle,
        eyes move, eyes moving, eyes drop, eyes lower, eyes follow, gaze drifts, gaze shifts,
        gaze drops, gaze moves, gaze wanders, gaze softens, lowers her gaze, lowers his gaze,
        averts her, averts his, lips part, lips parting, lips press, lips pressed, lips curl,
        lips tremble, lips purse, lips moving, lips move, pressed lip, purses her, purses his,
        bites her lip, bites his lip, licks her lips, licks his lips, lip movements, lip movement,
        lip sync, lip synced, mouth opens, mouth moves, mouth movements, mouth twitches,
        corner of her mouth, corner of his mouth, corners of her, corners of his, jaw tightens,
        jaw clenches, jaw works, nostrils flare, cheeks flush, chest rises, chest rising,
        shoulders rise, shoulders rising, shoulders lift, shoulders drop, shoulder lift,
        micro expressions, micro expression, facial expressions, small smile, soft smile,
        warm smile, brief smile, brief smiles, faint smile, gentle smile, eye contact, looks down,
        looks away, looks up, looking down, looking away, looks off, looks aside, shakes her head,
        shakes his head, shakes its head, head shakes, shaking her head, shaking his head,
        head shake, head bobs, head bobbing, cocks her head, cocks his head, turns her head,
        turns his head, turns its head, head turns, head turning, turning her head,
        turning his head, turns their head, ears twitch, ear twitches, pauses to breathe,
        takes a breath, deep breath, sticks out, raises one eyebrow, lifts an eyebrow,
        lifts her eyebrows, lifts his eyebrows, foot taps, foot tapping, expression shifts,
        expression changes, expression softens, expression shifting, face softens, face lights,
        face relaxes, wrinkles her nose, wrinkles his nose, scrunches her, scrunches his,
        clears her throat, clears his throat, throat moves, lifts her chin, lifts his chin,
        lifts its head, lifts her head, lifts his head, raises her head, raises his head,
        lowers her head, lowers his head, tilt of the head, tilt of her head, tilt of his head
    """,
    Sense.GAZE: """
        to the camera, at the camera, into the camera, facing the camera, face the camera,
        to camera, into the lens, at the lens, the viewer, at us, to us, talking head, in camera,
        at camera, into camera
    """,
    Sense.SPEECH: """
        reading the news, reads the headlines, reading aloud, says that, giving a speech,
        lip sync, lip synced, talking head, gives a speech, tells a story, gives a talk,
        reads the news, reads aloud,
        calls out, calls through, calls across, calls over, calls down, calls up to, calls into,
        out loud, thanks the, thanks her, thanks his, thanks them, thanks everyone, bedtime story
    """,
    Sense.SONG: "lead singer, sings along, song lyrics",
    Sense.SEVERAL: """
        each other, one another, two people, two women, two men, two friends, two girls, two boys,
        two kids, two children, two characters, two persons, two hosts, two speakers,
        two colleagues, two actors, two singers, two rappers, two brothers, two sisters,
        three people, three friends, three women, three men, three girls, three boys, the two,
        in turn, take turns, taking turns, takes turns, back and forth, all three, several people,
        group of, mother and daughter, father and son, crowd of, choir of, at the same time as,
        all of them, four friends, four people, two voices, interview each,
        two old, two young, two elderly, two business, two robots, two cats, two dogs,
        two puppets, band members, conversation between, debate among, debate between,
        discussion among, quarrel between, chat between, exchange between, argument among,
        dialogue between, discussion between, argument between, interviewer and
    """,
    Sense.MOVE_IN: """
        zoom in, zooms in, zooming in, push in, pushes in, pushing in, push forward,
        pushes forward, pushing forward, pushes toward, pushes towards, pushes closer, moves in,
        moving in, moves closer, moving closer, moves forward, moving forward, moves toward,
        moves towards, moving toward, moving towards, glides forward, gliding forward,
        drifts forward, drifting forward, creeps in, creeps forward, creeping forward,
        creeps closer, tracks in, tracks forward, travels forward, flies forward, inches closer,
        inches forward, eases in, closes in, closing in, glides toward, glides towards,
        drifts closer, drifts toward, drifts in, slow push, dolly forward, dolly zoom, glides in,
        flies toward, flies towards, flies through, moves through, glides through, edges closer,
        comes closer, gets closer,
        push into, push toward, push towards, we push, we zoom, we glide, we fly
    """,
    Sense.MOVE_OUT: """
        zoom out, zooms out, zooming out, pull back, pulls back, pulling back, pull out,
        pulls out, pulling out, moves back, moving back, moves away, moving away, dolly out,
        dolly back, dollies out, dollies back, dollying out, backs away, drifts back,
        drifts backward, drifts backwards, moves backward, moves backwards, retreats, pulls away,
        pulling away, tracks back, glides back, glides backward,
        we pull, pull back out, draws back, draw back
    """,
    Sense.MOVE_PAN: """
        pan left, pan right, pan across, pan over, pan to, pan from, pan shot, pan up, pan down,
        slow pan, fast pan, quick pan, gentle pan, smooth pan, whip pan, whip pans, swish pan,
        camera pan, steady pan, swings left, swings right, swings around, panoramic sweep,
        rapid pan, sweeps across, sweeps left, sweeps right, turns left, turns right,
        banks left, banks right,
        camera turns,
        we pan, pan tilt, tilt pan, zoom pan, pan zoom, swing round
    """,
    Sense.MOVE_TILT: """
        tilt up, tilt down, tilts up, tilts down, tilting up, tilting down, tilts upward,
        tilts upwards, tilts downward, tilts downwards, camera tilts, slow tilt, camera tilt,
        camera tilting, tilts slowly, looks up, tilts from, tilts gently,
        we tilt, pan tilt, tilt pan, tilt zoom, zoom tilt, tilt back, tilts back
    """,
    Sense.MOVE_ORBIT: """
        circles around, circle around, circling around, moves around, moving around,
        rotates around, rotating around, spins around, spinning around, revolves around,
        swirls around, camera circles, camera spins, camera rotates, camera spinning,
        camera rotating, wraps around, arc around, goes around, flies around, glides around,
        travels around, sweeps around, arc shot, races around, whirls around,
        we circle, we orbit, swing round the, swings round, circle round, circles round,
        circles the, circles a, rings around
    """,
    Sense.MOVE_CRANE: """
        crane up, crane down, cranes up, cranes down, crane shot, craning up, camera rises,
        camera rising, camera lifts, camera ascends, camera descends, camera lowers,
        camera climbs, boom up, boom down, booms up, booms down, rises up, rises above,
        pedestal up, pedestal down, rises slowly, swoops down, swoops up, lifts up, lowers slowly,
        sinks down, we rise, we sink, we descend, rise up, rise over, rises over, plunge down,
        plunges down, drop down, drops down, camera plunges, camera drops, dives down, dive down,
        soars up, drone climbs, climbs over the, dives down, drone dives, drone rises,
        drone descends
    """,
    Sense.MOVE_TRACK: """
        tracks left, tracks right, tracks alongside, tracks along, tracks beside, tracks with,
        tracks behind, tracks her, tracks him, tracks it, tracks the, camera tracks,
        camera follows, camera following, follows alongside, follows him, follows her, follows it,
        follows them, follows the, follows from, follows behind, truck left, truck right,
        trucks left, trucks right, slides left, slides right, glides alongside, glides along,
        moves alongside, moves along, moves left, moves right, moves sideways, glides left,
        glides right, slides sideways, dolly left, dolly right, side dolly, dolly alongside,
        travels alongside, travels along, keeps pace, slider shot, lateral slide, slow slide,
        lateral move, we track, track after, tracks after, tracks past, we follow the
    """,
    Sense.MOVE: """
        camera move, camera movement, camera moves, camera moving, camera drifts, camera glides,
        camera floats, camera sweeps, camera flies, camera travels, camera soars, camera races,
        camera rushes, camera swoops, camera shakes, camera sways, camera motion, rack focus,
        focus pull, focus shifts, dolly shot, camera slides, camera creeps, camera dives,
        camera jerks, camera swings, camera eases, slow zoom, camera work
    """,
    Sense.STILL: """
        stays still, holds still, stands still, holds steady, holds a still, does not move,
        doesn't move, no camera movement, fixed shot, locked off, camera holds, camera stays,
        camera remains, no movement, camera rests, steady shot, camera watches, steady camera,
        still camera, stays in a,
        camera is steady, camera is still, camera is calm, camera is fixed, stays put,
        camera is locked, camera is static, rests where it is
    """,
    Sense.SHAKE: "hand held, micro shake",
    Sense.FAST_MOVE: """
        whip pan, whip pans, whip panning, swish pan, crash zoom, crash zooms, snap zoom,
        snap zooms, fast zoom, quick zoom, fast pan, quick pan, rapid pan, rapid zoom, fast cuts,
        quick cuts, whip movement, whip movements, smash zoom, jump zoom, whips around,
        camera races, camera rushes, camera whips, camera spins, camera jerks, camera swoops,
        races around, whirls around, at high speed, at full speed, at great speed, bullet time
    """,
    Sense.SOUND: """
        birds call, birds calling, gulls call, gulls calling, gulls cry, gulls crying, owl calls,
        call far, calls far, calling far, voices call, waves crash, waves crashing, crashing waves,
        radio plays, radio playing, piano notes, guitar chords, rain taps, rain drums, rain beats,
        rain drumming, rain tapping, lo fi, background music, we hear, you can hear, can be heard,
        room tone, sound of, city noise, no sound, the wind howls
    """,
    Sense.LOOK: """
        film grain, film stock, depth of field, colour grade, color grade, color grading,
        colour grading, high quality, high resolution, best quality, ultra realistic,
        highly detailed, ultra detailed, unreal engine, octane render, super realistic,
        photo realistic, shot on, full hd, lens flare, award winning, hyper realistic,
        black and white, stop motion, very detailed, top quality, super detailed, studio quality,
        extremely detailed, colour palette, color palette, light leaks, soft pastel,
        pastel colours, pastel colors, super 8, soft focus, scan lines, lens flares, warm colors,
        warm colours, muted colors, muted colours, faded colors, faded colours, cool colors,
        cool colours, color grade, orange color, teal and orange, teal orange, washed out
    """,
    Sense.PAST: "used to, did n't",
    Sense.FUTURE: "is going to, are going to, going to, will be, about to",
    Sense.CUT: """
        cut to, cuts to, next scene, scene changes, next day, the next morning, hours later,
        hour later, day later, week later, month later, year later, minute later,
        days later, years later, minutes later, a moment later, after that, smash cut, match cut,
        scene two, scene 2, the following day, later that, new scene, fade to, another scene,
        second scene, weeks later, months later, one day later
    """,
    Sense.DEED: """
        make it move, bring it to life, bring to life, comes to life, coming to life,
        come to life, come alive, comes alive, brought to life, make her, make him, make them,
        make it, waves at, waves to, waves goodbye, waves hello, waving at, starts to, begins to,
        to life
    """,
}
