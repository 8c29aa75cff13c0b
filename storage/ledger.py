"""Credits: an append-only, double-entry ledger with a balance beside each account.

Every movement takes from one account and gives to another. What is taken is taken by one
conditional UPDATE, so that no two spenders can both see the last credit.
"""

from storage.database import Body, Statement
from storage.records import HOUSE, AccountKind, Balance, EntryKind, JobId, PersonId, Receipt

_AVAILABLE = AccountKind.AVAILABLE
_HELD = AccountKind.HELD


def issue(*, person: PersonId, ref: str, kind: EntryKind, amount: int, now: int) -> Body[bool]:
    """Give credits to a person, once for each `ref`; whether they were given now."""
    if amount <= 0 or (yield from is_issued(ref=ref, kind=kind)):
        return False
    return (
        yield from _transfer(
            ref=ref,
            kind=kind,
            source=(HOUSE, AccountKind.ISSUED),
            target=(person, _AVAILABLE),
            amount=amount,
            job=None,
            now=now,
        )
    )


def is_issued(*, ref: str, kind: EntryKind) -> Body[bool]:
    """Whether credits were given for a `ref`."""
    rows = yield Statement(
        "SELECT 1 FROM entry WHERE ref = :ref AND kind = :kind", {"ref": ref, "kind": kind}
    )
    return bool(rows)


def adjust(*, person: PersonId, ref: str, amount: int, now: int) -> Body[bool]:
    """Correct a person's credits, up or down, once for each `ref`; False if they lack so many."""
    if amount >= 0:
        return (
            yield from issue(person=person, ref=ref, kind=EntryKind.ADJUST, amount=amount, now=now)
        )
    rows = yield Statement(
        "SELECT 1 FROM entry WHERE ref = :ref AND kind = :kind",
        {"ref": ref, "kind": EntryKind.ADJUST},
    )
    if rows:
        return False
    return (
        yield from _transfer(
            ref=ref,
            kind=EntryKind.ADJUST,
            source=(person, _AVAILABLE),
            target=(HOUSE, AccountKind.ISSUED),
            amount=-amount,
            job=None,
            now=now,
        )
    )


def hold(*, person: PersonId, job: JobId, amount: int, now: int) -> Body[bool]:
    """Set credits aside for a job; False if the person has not that many."""
    return (
        yield from _transfer(
            ref=_ref(job),
            kind=EntryKind.HOLD,
            source=(person, _AVAILABLE),
            target=(person, _HELD),
            amount=amount,
            job=job,
            now=now,
        )
    )


def settle(*, person: PersonId, job: JobId, held: int, charge: int, now: int) -> Body[None]:
    """Charge a job: `charge` of what was held goes to the house, the rest goes back."""
    if not 0 <= charge <= held:
        raise ValueError("a charge is never more than what was held")
    yield from _end(EntryKind.SETTLE, (HOUSE, AccountKind.SPENT), person, job, charge, now)
    yield from release(person=person, job=job, amount=held - charge, now=now)


def release(*, person: PersonId, job: JobId, amount: int, now: int) -> Body[None]:
    """Give held credits back."""
    yield from _end(EntryKind.RELEASE, (person, _AVAILABLE), person, job, amount, now)


def balance(person: PersonId) -> Body[Balance]:
    """A person's credits."""
    rows = yield Statement(
        "SELECT kind, balance FROM account WHERE person_id = :person", {"person": person}
    )
    by_kind = {row["kind"]: row["balance"] for row in rows}
    return Balance(available=by_kind.get(_AVAILABLE, 0), held=by_kind.get(_HELD, 0))


def receipt(job: JobId) -> Body[Receipt]:
    """What a job has taken so far."""
    rows = yield Statement(
        "SELECT kind, max(amount) AS amount FROM entry WHERE ref = :ref GROUP BY kind",
        {"ref": _ref(job)},
    )
    by_kind = {row["kind"]: row["amount"] for row in rows}
    return Receipt(
        held=by_kind.get(EntryKind.HOLD, 0),
        charged=by_kind.get(EntryKind.SETTLE, 0),
        returned=by_kind.get(EntryKind.RELEASE, 0),
    )


def history(person: PersonId, limit: int) -> Body[list[tuple[EntryKind, int, JobId | None]]]:
    """The latest movements of a person's spendable credits: kind, amount, job; newest first."""
    rows = yield Statement(
        "SELECT kind, amount, job_id FROM entry WHERE person_id = :person AND account = :available"
        " ORDER BY id DESC LIMIT :limit",
        {"person": person, "available": _AVAILABLE, "limit": limit},
    )
    return [(EntryKind(row["kind"]), row["amount"], row["job_id"]) for row in rows]


def _ref(job: JobId) -> str:
    return f"job:{job}"


def _end(
    kind: EntryKind,
    target: tuple[PersonId, AccountKind],
    person: PersonId,
    job: JobId,
    amount: int,
    now: int,
) -> Body[None]:
    if amount == 0:
        return
    moved = yield from _transfer(
        ref=_ref(job),
        kind=kind,
        source=(person, _HELD),
        target=target,
        amount=amount,
        job=job,
        now=now,
    )
    if not moved:
        raise ValueError(f"{_ref(job)} has nothing held that could be moved")


def _transfer(  # noqa: PLR0913 one movement has this many facts
    *,
    ref: str,
    kind: EntryKind,
    source: tuple[PersonId, AccountKind],
    target: tuple[PersonId, AccountKind],
    amount: int,
    job: JobId | None,
    now: int,
) -> Body[bool]:
    taken = yield Statement(
        "UPDATE account SET balance = balance - :amount WHERE person_id = :person AND kind = :kind"
        " AND (kind = 'issued' OR balance >= :amount) RETURNING balance",
        {"amount": amount, "person": source[0], "kind": source[1]},
    )
    if not taken:
        return False
    yield Statement(
        "INSERT INTO entry (ref, kind, person_id, account, amount, job_id, at) VALUES"
        " (:ref, :kind, :source, :source_kind, -:amount, :job, :now),"
        " (:ref, :kind, :target, :target_kind, :amount, :job, :now)",
        {
            "ref": ref,
            "kind": kind,
            "source": source[0],
            "source_kind": source[1],
            "target": target[0],
            "target_kind": target[1],
            "amount": amount,
            "job": job,
            "now": now,
        },
    )
    yield Statement(
        "UPDATE account SET balance = balance + :amount WHERE person_id = :person AND kind = :kind",
        {"amount": amount, "person": target[0], "kind": target[1]},
    )
    return True
