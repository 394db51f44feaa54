"""Measure what the portal promises about speed, or fill a database for trying out. Never touches an installation's own.

python -m bench run                      100 schools, some minutes; prints a table
python -m bench run --schools 1000       the figures of the README
python -m bench fill FILE --schools 50   a new SQLite file with 50 schools
"""

import argparse
import sys

from bench.database import new_file, throwaway


def main():
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    measure = commands.add_parser("run", help="fill a throwaway database, measure, print")
    measure.add_argument("--tiny", action="store_true", help="every part as small as can be: does it still run?")
    fill = commands.add_parser("fill", help="fill a new SQLite file and keep it")
    fill.add_argument("file")
    for command in (measure, fill):
        command.add_argument("--schools", type=int, default=100)
        command.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(run(options) if options.command == "run" else fill_file(options))


def run(options):
    with throwaway():
        from bench.run import run

        report = run(max(3, options.schools), options.seed, options.tiny)
        print("\n" + report.text())
        if report.broken:
            print("\nNot kept: " + "; ".join(report.broken))
    return 1 if report.broken else 0


def fill_file(options):
    with new_file(options.file):
        from bench.fill import fill

        print(f"{len(fill(options.schools, options.seed))} schools are in {options.file}.")


if __name__ == "__main__":
    main()
