"""Faults in leases, fencing numbers and the life of a job."""

from tests.stateful.fault import Fault

FAULTS = (
    # Fencing and leases.
    Fault(
        "an ending without a fencing number",
        "jobs.py",
        '{sets}, lease_owner = NULL,"  # noqa: S608 names of our own fields\n'
        '        " lease_until = NULL WHERE id = :job AND state = :source AND fence = :fence',
        '{sets}, lease_owner = NULL,"\n'
        '        " lease_until = NULL WHERE id = :job AND state = :source AND fence <= :fence + 99',
    ),
    Fault(
        "a delay without a fencing number",
        "jobs.py",
        '" WHERE id = :job AND state = :source AND fence = :fence RETURNING id",'
        "\n        {\n            **_guard(DELAY)",
        '" WHERE id = :job AND state = :source AND :fence RETURNING id",'
        "\n        {\n            **_guard(DELAY)",
    ),
    Fault(
        "an intent without a fencing number",
        "calls.py",
        "WHERE id = :job AND state = 'active' AND fence = :fence RETURNING",
        "WHERE id = :job AND state = 'active' AND :fence RETURNING",
    ),
    Fault(
        "a call's move without a fencing number",
        "calls.py",
        '" AND fence = :fence RETURNING {_COLUMNS}",\n        {\n            "source"',
        '" AND :fence RETURNING {_COLUMNS}",\n        {\n            "source"',
    ),
    Fault(
        "a claim that does not raise the fencing number",
        "jobs.py",
        '" fence = fence + 1, attempts = attempts + 1',
        '" attempts = attempts + 1',
    ),
    Fault(
        "a take-over that does not raise the fencing number",
        "jobs.py",
        'lease_until = :until, fence = fence + 1"  # noqa: S608 names of our own fields\n'
        "        \" WHERE state = 'active' AND lease_owner",
        "lease_until = :until\"\n        \" WHERE state = 'active' AND lease_owner",
    ),
    Fault(
        "a take-over that leaves the calls behind",
        "jobs.py",
        '"UPDATE call SET fence = :fence WHERE',
        '"UPDATE call SET fence = fence WHERE :fence AND',
    ),
    Fault(
        "a take-over of living leases",
        "jobs.py",
        "lease_owner <> :owner AND lease_until < :before",
        "lease_owner <> :owner AND :before",
    ),
    Fault(
        "a heart-beat for everybody",
        "jobs.py",
        "WHERE state = 'active' AND lease_owner = :owner\",",
        "WHERE state = 'active' AND :owner\",",
    ),
    # The life of a job.
    Fault(
        "an ending of a job that is not active",
        "jobs.py",
        '{sets}, lease_owner = NULL,"  # noqa: S608 names of our own fields\n'
        '        " lease_until = NULL WHERE id = :job AND state = :source',
        '{sets}, lease_owner = NULL,"\n        " lease_until = NULL WHERE id = :job AND :source',
    ),
    Fault(
        "a cancel of a job that has started",
        "jobs.py",
        '" WHERE id = :job AND state = :source RETURNING id",\n        {**_guard(move)',
        '" WHERE id = :job AND :source RETURNING id",\n        {**_guard(move)',
    ),
    Fault(
        "a cancel that leaves a revived job's call under way",
        "jobs.py",
        "detail = 'cancelled', ended_at = :now\"",
        'detail = \'cancelled\', ended_at = :now WHERE 0"\n        " -- "',
    ),
    Fault(
        "a discard that leaves the waiting room as it was",
        "jobs.py",
        "    if rows and move is CANCEL_QUEUED:",
        "    if rows and move is CANCEL_WAITING:",
    ),
    Fault(
        "a delayed job that comes back too early",
        "jobs.py",
        "due_at <= :now OR",
        "due_at <= :now + 9000 OR",
    ),
    Fault(
        "a delayed job that is due and does not come back",
        "jobs.py",
        "due_at <= :now OR",
        "due_at < :now - 9000 OR",
    ),
    Fault(
        "a revived job that holds again", "jobs.py", "hold = 0, ended_at = NULL", "ended_at = NULL"
    ),
    Fault(
        "a revival of whatever the reason was",
        "jobs.py",
        "AND state = :source AND reason = :reason",
        "AND state = :source AND :reason <> ''",
    ),
)
