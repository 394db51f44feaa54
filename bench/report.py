"""What was measured, as lines that a README can quote."""

import os
import platform
import sqlite3
from dataclasses import dataclass, field

import django
from django.db import connection


@dataclass
class Report:
    rows: list = field(default_factory=list)

    def add(self, what, found, promised="", kept=None):
        """`kept`: is the promise kept; None where nothing was promised or it cannot be told here."""
        self.rows.append((what, str(found), promised, {True: "yes", False: "NO", None: ""}[kept]))
        print(f"  {what}: {found}", flush=True)

    def text(self):
        head = ("measured", "found", "promised", "kept")
        widths = [max(len(row[n]) for row in [head, *self.rows]) for n in range(4)]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
                 for row in [head, ["-" * width for width in widths], *self.rows]]  # fmt: skip
        return "\n".join(lines)

    @property
    def broken(self):
        return [what for what, _found, _promised, kept in self.rows if kept == "NO"]


def machine():
    """«Linux x86_64, 2 cores, Python 3.11.7, Django 5.2.1, SQLite 3.40.1»."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    base = f"SQLite {sqlite3.sqlite_version}"
    if connection.vendor == "postgresql":
        base = "PostgreSQL " + ".".join(map(str, divmod(connection.pg_version, 10_000)))
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}, "
        f"Django {django.__version__}, {base}"
    )
