"""Faults in credits, calls, reports, deliveries, and in the driver itself."""

from tests.stateful.fault import SCHEMA, Fault

FAULTS = (
    # Credits.
    Fault(
        "a hold without a look at the balance",
        "ledger.py",
        "AND (kind = 'issued' OR balance >= :amount)",
        "AND balance + :amount IS NOT NULL",
    ),
    Fault(
        "a hold that may take one too many",
        "ledger.py",
        "balance >= :amount)",
        "balance + 1 >= :amount)",
    ),
    Fault(
        "an entry without its counter-entry",
        "ledger.py",
        '" (:ref, :kind, :source, :source_kind, -:amount, :job, :now),"',
        '""',
    ),
    Fault(
        "a movement that arrives nowhere",
        "ledger.py",
        "SET balance = balance + :amount",
        "SET balance = balance + 0 * :amount",
    ),
    Fault(
        "a grant that is given again",
        "ledger.py",
        '"SELECT 1 FROM entry WHERE ref = :ref AND kind = :kind", {"ref": ref, "kind": kind}',
        '"SELECT 1 FROM entry WHERE 0 AND ref = :ref AND kind = :kind", {"ref": ref, "kind": kind}',
    ),
    Fault(
        "a charge that also gives everything back",
        "ledger.py",
        "amount=held - charge",
        "amount=held",
    ),
    Fault(
        "a charge that keeps what is left of the hold",
        "ledger.py",
        "yield from release(person=person, job=job, amount=held - charge, now=now)",
        "pass",
    ),
    Fault(
        "a second payment that goes unnoticed",
        "ledger.py",
        'raise ValueError(f"{_ref(job)} has nothing held that could be moved")',
        "return",
    ),
    Fault(
        "a book that can be rewritten",
        SCHEMA,
        "BEFORE UPDATE ON entry\nBEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;",
        "BEFORE UPDATE ON entry\nBEGIN SELECT 1; END;",
    ),
    Fault(
        "a book whose lines can be torn out",
        SCHEMA,
        "BEFORE DELETE ON entry\nBEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;",
        "BEFORE DELETE ON entry\nBEGIN SELECT 1; END;",
    ),
    Fault(
        "a hold that can be paid out twice",
        SCHEMA,
        "account = 'held') < 0",
        "account = 'held') < -1000",
    ),
    Fault(
        "balances below zero",
        SCHEMA,
        "CHECK (kind = 'issued' OR balance >= 0)",
        "CHECK (kind <> 'issued' OR balance <= 0)",
    ),
    # Calls, reports and deliveries.
    Fault(
        "a call that moves from any state",
        "calls.py",
        'WHERE id = :call AND state = :source"',
        "WHERE id = :call AND :source <> ''\"",
    ),
    Fault(
        "two calls of a job at once",
        SCHEMA,
        "CREATE UNIQUE INDEX call_live",
        "CREATE INDEX call_live",
    ),
    Fault(
        "two calls with one handle",
        SCHEMA,
        "UNIQUE (engine, handle)",
        "UNIQUE (engine, handle, id)",
    ),
    Fault(
        "a report that is heeded twice",
        "calls.py",
        "return bool(rows)\n\n\ndef others_under_way",
        "return True\n\n\ndef others_under_way",
    ),
    Fault(
        "a hint that is forgotten",
        "calls.py",
        "SET hinted = :handle WHERE",
        "SET hinted = NULL WHERE :handle AND",
    ),
    Fault(
        "a second job for one interaction",
        "jobs.py",
        'return JobId(rows[0]["id"]) if rows else None\n\n\ndef keep_inputs',
        "return None\n\n\ndef keep_inputs",
    ),
    Fault(
        "a stale answer that withdraws nothing",
        "deliveries.py",
        '"DELETE FROM delivery WHERE job_id = :job"',
        '"DELETE FROM delivery WHERE 0 AND job_id = :job"',
    ),
    Fault(
        "news that is shown twice",
        "deliveries.py",
        "tidy_due_at = :tidy_at\"\n        \" WHERE id = :delivery AND state = 'owed'",
        'tidy_due_at = :tidy_at"\n        " WHERE id = :delivery',
    ),
    Fault(
        "stranded news that cannot be fetched",
        "deliveries.py",
        "\" WHERE job_id = :job AND state IN ('owed', 'stranded')\"",
        "\" WHERE job_id = :job AND state IN ('owed')\"",
    ),
    Fault(
        "a pause that is cut short by a shorter one",
        "pauses.py",
        "max(until, excluded.until)),",
        "excluded.until),",
    ),
    Fault(
        "a pause that does not end",
        "pauses.py",
        "DELETE FROM pause WHERE engine = :engine AND mode IN (:mode, '*')",
        "DELETE FROM pause WHERE engine = :engine AND mode = :mode",
    ),
    # The driver.
    Fault(
        "a refused transaction that stays half-done",
        "database.py",
        'self._conn.execute("ROLLBACK")',
        'self._conn.execute("COMMIT")',
    ),
)
