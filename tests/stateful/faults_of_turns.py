"""Faults in lanes, gate, turns and caps."""

from tests.stateful.fault import Fault

FAULTS = (
    Fault(
        "a wake that forgets the lane",
        "jobs.py",
        'yield from lanes.line_up(row["person_id"], row["frames"])',
        "pass",
    ),
    Fault(
        "a revival that forgets the lane",
        "jobs.py",
        'yield from lanes.line_up(rows[0]["person_id"], rows[0]["frames"])',
        "pass",
    ),
    Fault(
        "a cancel that forgets the lane",
        "jobs.py",
        "    if move is CANCEL_QUEUED:\n"
        "        yield from lanes.leave_queue(job.person_id, job.frames)",
        "    if move is CANCEL_QUEUED:\n        pass",
    ),
    Fault(
        "a cancel of a waiting job that leaves the lane",
        "jobs.py",
        "if move is CANCEL_QUEUED:",
        "if move:",
    ),
    Fault(
        "a start that forgets the lane",
        "jobs.py",
        "yield from lanes.enter(person, job.frames, turn=turn)",
        "pass",
    ),
    Fault(
        "a lane that keeps its running jobs",
        "lanes.py",
        '"UPDATE lane SET running = running - 1 WHERE',
        '"UPDATE lane SET running = running - 0 WHERE',
    ),
    Fault(
        "a gate that keeps its running jobs",
        "lanes.py",
        "UPDATE gate SET running = running - 1",
        "UPDATE gate SET running = running - 0",
    ),
    Fault(
        "a lane that forgets frames",
        "lanes.py",
        '"UPDATE lane SET queued = queued - 1, queued_frames = queued_frames - :frames"',
        '"UPDATE lane SET queued = queued - 1, queued_frames = queued_frames - 0 * :frames"',
    ),
    Fault(
        "a claim that ignores turns",
        "lanes.py",
        "ORDER BY turn, person_id LIMIT 1",
        "ORDER BY person_id LIMIT 1",
    ),
    Fault(
        "a claim of the newest turn",
        "lanes.py",
        "ORDER BY turn, person_id LIMIT 1",
        "ORDER BY turn DESC, person_id LIMIT 1",
    ),
    Fault(
        "a served lane that keeps its turn",
        "lanes.py",
        "running = running + 1, turn = :turn",
        "running = running + 1, turn = turn + 0 * :turn",
    ),
    Fault(
        "a house that does not count turns", "lanes.py", "served = served + 1", "served = served"
    ),
    Fault(
        "a claim of a member's newest job",
        "jobs.py",
        '" ORDER BY id LIMIT 1)"',
        '" ORDER BY id DESC LIMIT 1)"',
    ),
    Fault(
        "a gate that is one too wide",
        "lanes.py",
        "WHERE id = 1 AND running < running_cap",
        "WHERE id = 1 AND running <= running_cap",
    ),
    Fault(
        "a lane that is one too wide",
        "lanes.py",
        "WHERE queued > 0 AND running < running_cap",
        "WHERE queued > 0 AND running <= running_cap",
    ),
    Fault(
        "a queue cap that is one too high",
        "lanes.py",
        "AND queued < :jobs_cap",
        "AND queued <= :jobs_cap",
    ),
    Fault(
        "a frames cap that does not count the new job",
        "lanes.py",
        "AND queued_frames + :frames <= :frames_cap",
        "AND queued_frames <= :frames_cap",
    ),
    Fault(
        "new caps that members do not get",
        "lanes.py",
        '"UPDATE lane SET running_cap = :lane"',
        '"UPDATE lane SET running_cap = :lane WHERE 0"',
    ),
)
