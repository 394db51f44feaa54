"""Does one school cost the same whatever else is in the database? Work is counted, not timed.

SQLite: steps of its virtual machine while a page is made. PostgreSQL: buffers that its queries touch.
"""

import json
import re
from contextlib import contextmanager

from django.db import connection

SMALL = 60  # rows; a table below that is read whole by whoever is wise


def work(visitor, address):
    """VM steps (SQLite) or buffers (PostgreSQL) of one page that was opened before."""
    if connection.vendor == "postgresql":
        return sum(buffers(sql) for sql in visitor.queries(address))
    with counted_steps() as steps:
        visitor.get(address)
    return steps[0]


@contextmanager
def counted_steps():
    """[number]: instructions that SQLite runs on this connection."""
    steps = [0]

    def step():
        steps[0] += 1

    if not connection.in_atomic_block:
        connection.close()  # one that has grown old would be closed by the request, and the counting with it
    connection.ensure_connection()
    connection.connection.set_progress_handler(step, 1)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 1)


def buffers(sql):
    """Pages of tables and indexes that the query reads, from memory or disk."""
    plan = explained(sql, "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ")[0][0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"]


def explained(sql, how):
    with connection.cursor() as cursor:
        cursor.execute(how + sql.replace("%", "%%") if "%" in sql else how + sql)
        return cursor.fetchall()


@contextmanager
def by_index():
    """PostgreSQL reads a small table whole because it may; forbidden, it goes the way it would go among many schools."""
    switches = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin") if connection.vendor == "postgresql" else ()
    if switches and not connection.in_atomic_block:
        connection.close()  # one that has grown old would be closed by the request, and the switches with it
    with connection.cursor() as cursor:
        for switch in switches:
            cursor.execute(f"SET {switch} = off")
        yield
        for switch in switches:
            cursor.execute(f"RESET {switch}")


def full_scans(visitor, address):
    """{big table that a page reads from end to end: the query that does}; empty when none is."""
    return {table: sql for sql in visitor.queries(address) for table in scanned(sql) & big_tables()}


def scanned(sql):
    """Names of the tables that a query scans whole, or a whole index of."""
    if connection.vendor == "postgresql":
        plan = explained(sql, "EXPLAIN (FORMAT JSON) ")[0][0]
        return set(seq_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))
    lines = [row[3] for row in explained(sql, "EXPLAIN QUERY PLAN ")]
    names = {match[1] for line in lines if (match := re.match(r"SCAN (\w+)", line))}
    # An alias may be taken twice in one query: both tables are named then.
    aliases = re.findall(r'"(\w+)" (\w+)\b', sql)
    return names | {table for table, alias in aliases if alias in names}


def seq_scans(node):
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from seq_scans(child)


_big = {}


def big_tables():
    """Tables of the portal with many rows now."""
    from django.apps import apps

    schools = apps.get_model("accounts", "School").objects.count()
    if schools not in _big:
        models = list(apps.get_models(include_auto_created=True))
        _big[schools] = {model._meta.db_table for model in models if model._base_manager.count() > SMALL}
    return _big[schools]
