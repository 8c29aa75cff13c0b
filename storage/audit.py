"""What must be true of the stored rows at any moment: each query finds only what is wrong."""

from collections.abc import Mapping
from types import MappingProxyType

from storage.database import Body, Statement

INVARIANTS: Mapping[str, str] = MappingProxyType(
    {
        "each balance is the sum of its entries": """
            SELECT person_id, kind FROM account a WHERE balance <> (
                SELECT coalesce(sum(amount), 0) FROM entry e
                WHERE e.person_id = a.person_id AND e.account = a.kind)""",
        "each movement sums to zero": """
            SELECT ref, kind FROM entry GROUP BY ref, kind HAVING sum(amount) <> 0""",
        "all accounts sum to zero": """
            SELECT sum(balance) FROM account HAVING sum(balance) <> 0""",
        "what is held is what open jobs hold": """
            SELECT person_id FROM account a WHERE kind = 'held' AND balance <> (
                SELECT coalesce(sum(hold), 0) FROM job j WHERE j.person_id = a.person_id
                AND j.state NOT IN ('done', 'failed', 'cancelled'))""",
        "an ended job holds nothing": """
            SELECT ref FROM entry JOIN job ON job.id = entry.job_id
            WHERE account = 'held' AND state IN ('done', 'failed', 'cancelled')
            GROUP BY ref HAVING sum(amount) <> 0""",
        "a job was charged what it says": """
            SELECT id FROM job j WHERE coalesce((
                SELECT amount FROM entry e WHERE e.job_id = j.id AND e.kind = 'settle'
                AND e.account = 'spent'), 0) <> coalesce(charge, 0)""",
        "only done and discarded jobs are charged": """
            SELECT id FROM job WHERE charge IS NOT NULL AND state NOT IN ('done', 'cancelled')
            OR charge IS NULL AND state = 'done'""",
        "nobody is charged for a call that was not started": """
            SELECT id FROM job j WHERE charge > 0 AND NOT EXISTS (
                SELECT 1 FROM call c WHERE c.job_id = j.id AND c.state <> 'not_started')""",
        "a done job has a video, any other none": """
            SELECT j.id FROM job j LEFT JOIN video v ON v.job_id = j.id
            WHERE (v.id IS NULL) = (j.state = 'done' AND j.deleted_at IS NULL)""",
        "of a deleted job nothing is left but its receipt": """
            SELECT id FROM job j WHERE deleted_at IS NOT NULL AND (prompt <> ''
            OR EXISTS (SELECT 1 FROM input i WHERE i.job_id = j.id)
            OR EXISTS (SELECT 1 FROM speech s WHERE s.job_id = j.id AND line <> '')
            OR EXISTS (SELECT 1 FROM version v WHERE v.job_id = j.id AND own <> ''))""",
        "no words of a draft are rewritten for money twice": """
            SELECT draft FROM rewriting WHERE state <> 'refused' AND words <> ''
            GROUP BY draft, words HAVING count(*) > 1""",
        "words that were rewritten go with their draft": """
            SELECT id FROM rewriting WHERE (words <> '' OR answer IS NOT NULL)
            AND draft NOT IN (SELECT id FROM draft)""",
        "no line is bought twice": """
            SELECT job_id FROM call WHERE stage = 'speech' AND state = 'done'
            GROUP BY job_id HAVING count(*) > 1""",
        "a line that was fetched can be heard": """
            SELECT job_id FROM speech s WHERE (done_at IS NULL) = EXISTS (
                SELECT 1 FROM call c WHERE c.job_id = s.job_id AND stage = 'speech'
                AND c.state = 'done')
            OR done_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM input i WHERE i.job_id = s.job_id AND role = 'drive_wav')
            AND NOT EXISTS (
                SELECT 1 FROM job j WHERE j.id = s.job_id AND deleted_at IS NOT NULL)""",
        "nothing is rendered before its line was spoken": """
            SELECT c.id FROM call c JOIN speech s ON s.job_id = c.job_id
            WHERE stage = 'render' AND done_at IS NULL""",
        "what is to be removed belongs to nobody": """
            SELECT name FROM leftover WHERE name IN (
                SELECT file FROM video UNION SELECT poster FROM video
                UNION SELECT folder FROM job WHERE deleted_at IS NULL
                UNION SELECT file FROM portrait)""",
        "each ended job has its delivery, an open one none": """
            SELECT j.id FROM job j LEFT JOIN delivery d ON d.job_id = j.id
            WHERE (d.id IS NULL) = (j.state IN ('done', 'failed', 'cancelled'))""",
        "shelves hold what they must": """
            SELECT * FROM (SELECT hall, mode, shape, share_id, votes, lot FROM shelf
            EXCEPT SELECT hall, mode, shape, share_id, votes, lot FROM placing)
            UNION ALL
            SELECT * FROM (SELECT hall, mode, shape, share_id, votes, lot FROM placing
            EXCEPT SELECT hall, mode, shape, share_id, votes, lot FROM shelf)""",
        "words find what is on public pages, and nothing else": """
            SELECT * FROM (SELECT rowid, prompt, facets FROM wording
            EXCEPT SELECT share_id, prompt, facets FROM findable)
            UNION ALL
            SELECT * FROM (SELECT share_id, prompt, facets FROM findable
            EXCEPT SELECT rowid, prompt, facets FROM wording)""",
        "shares count their votes": """
            SELECT id FROM share s WHERE votes <> (
                SELECT count(*) FROM vote v WHERE v.share_id = s.id)""",
        "servers count what is on their public pages": """
            SELECT guild_id FROM community c WHERE videos <> (
                SELECT count(*) FROM shelf WHERE hall = 'w' || c.guild_id
                AND mode = '*' AND shape = '*')""",
        "only what there is is shared, shown again or complained of": """
            SELECT job_id FROM share WHERE job_id NOT IN (SELECT job_id FROM video)
            UNION ALL SELECT job_id FROM copy WHERE job_id NOT IN (SELECT job_id FROM video)
            UNION ALL SELECT c.job_id FROM complaint c JOIN job j ON j.id = c.job_id
            WHERE j.deleted_at IS NOT NULL""",
        "lanes count their jobs": """
            SELECT person_id FROM lane l WHERE queued <> (
                SELECT count(*) FROM job j WHERE j.person_id = l.person_id AND state = 'queued')
            OR queued_frames <> (
                SELECT coalesce(sum(frames), 0) FROM job j
                WHERE j.person_id = l.person_id AND state = 'queued')
            OR running <> (
                SELECT count(*) FROM job j WHERE j.person_id = l.person_id AND state = 'active')""",
        "the gate counts the active jobs": """
            SELECT id FROM gate WHERE running <> (
                SELECT count(*) FROM job WHERE state = 'active')""",
        "an ended job has no call under way": """
            SELECT c.id FROM call c JOIN job j ON j.id = c.job_id
            WHERE j.state IN ('done', 'failed', 'cancelled')
            AND c.state IN ('intended', 'started', 'rendered')""",
        "no provider request is shared": """
            SELECT handle FROM call WHERE handle IS NOT NULL
            GROUP BY engine, handle HAVING count(*) > 1""",
    }
)


def broken() -> Body[list[str]]:
    """The invariants that do not hold, by name; an empty list is what everybody wants."""
    wrong = []
    for name, query in INVARIANTS.items():
        rows = yield Statement(query)
        if rows:
            wrong.append(name)
    return wrong
