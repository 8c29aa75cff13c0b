"""How SQLite reads what a transaction's statements ask for."""

from typing import Any

from storage.database import Body, Statement


def explained(body: Body[Any]) -> Body[list[str]]:
    """Run a body, and answer how each of its statements is read."""
    steps, statement = list[str](), next(body)
    while True:
        plan = yield Statement(f"EXPLAIN QUERY PLAN {statement.sql}", statement.parameters)
        steps += [str(step["detail"]) for step in plan]
        rows = yield statement
        try:
            statement = body.send(rows)
        except StopIteration:
            return steps
