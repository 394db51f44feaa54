"""One run: fill, measure, print. Every part by itself, in an order that leaves heavy modules for the end."""

from collections import Counter
from contextlib import nullcontext
from statistics import median

from django.db import connection

from bench import deadlines, flatness, pages, papers, solver, waves, writers
from bench.fill import fill, settle
from bench.report import Report, machine
from bench.visitor import Visitor


def run(schools, seed, tiny):
    """The Report of all parts; `tiny` keeps every part but makes each as small as it can be."""
    report, rows = Report(), (1, 3) if tiny else pages.ROWS
    print(machine(), flush=True)
    # PostgreSQL reads tables of ten schools whole, and rightly: its way is settled from a hundred on.
    few = max(1, min(10 if connection.vendor == "sqlite" else 100, schools // 2))
    plots = fill(few, seed)
    big = fill(1, seed, pairs=3 if tiny else 60, first=few + 1)[0]
    settle()
    visitors, everything = pages.visitors(big), pages.everything(big)
    for role, _name, address in everything:
        visitors[role].get(address)
    costs_of_pages(report, visitors, everything, tiny)
    same_for_any_number(report, seed, rows)
    report.add("heavy modules loaded by showing all these pages", ", ".join(papers.loaded()) or "none", "none",
               not papers.loaded())  # fmt: skip
    flat(report, visitors, everything, schools, seed, few)
    many_answers(report, visitors, everything, seed, tiny)
    wave_of_many(report, seed, tiny)
    parallel(report, plots[0], 3 if tiny else 50)
    matching(report, big, tiny)
    files(report, big, tiny)
    cells(report, tiny)
    return report


def costs_of_pages(report, visitors, everything, tiny):
    """Queries of every page, and time of the lists with fifty rows."""
    found = {(role, name): pages.count(visitors[role], address) for role, name, address in everything}
    groups = (
        ("a list", {page: n - pages.FRAME for page, n in found.items() if page[1] in pages.LISTS}, pages.LIST),
        ("a page about one thing", {page: n - pages.FRAME for page, n in found.items()
                                    if page[1] not in pages.LISTS | pages.WHOLES}, pages.DETAIL),
        ("the roadmap with all its numbers", {page: n for page, n in found.items() if page[1] == "roadmap"}, pages.WHOLE),
        ("Today", {page: n for page, n in found.items() if page[1] == "today"}, pages.TODAY),
    )  # fmt: skip
    for what, numbers, limit in groups:
        (role, name), most = max(numbers.items(), key=lambda each: each[1])
        frame = f" beyond the frame's {pages.FRAME}" if limit in (pages.LIST, pages.DETAIL) else ""
        report.add(f"queries of {what}, most{frame}", f"{most} ({name}, {role})", f"≤ {limit}", most <= limit)
    timed = {**pages.LISTS, **pages.WHOLES}
    for name, address in timed.items():
        hellos = pages.hellos(visitors["curator"], address, rounds=1 if tiny else 15)
        queries = found["curator", name]
        report.add(f"page “{name}”, in hellos and queries", f"{hellos:.0f} and {queries}")


def same_for_any_number(report, seed, sizes):
    """The same queries for one row and for many, on every page."""
    counts = []
    for place, size in enumerate(sizes):
        plot = fill(1, seed, pairs=size, first=100_000 + place)[0]
        seen = pages.visitors(plot)
        counts.append({(role, name): pages.count(seen[role], url) for role, name, url in pages.everything(plot)})
    differ = [page for page, number in counts[0].items() if any(other[page] != number for other in counts)]
    words = f"the same on all {len(counts[0])} pages" if not differ else f"differ: {differ}"
    report.add(f"queries for {', '.join(map(str, sizes))} pairs", words, "the same", not differ)


def flat(report, visitors, everything, schools, seed, few):
    """Work of one school beside few others and beside many."""
    before = work_of(visitors, everything)
    fill(schools - few - 1, seed, first=few + 2)
    settle()
    now = work_of(visitors, everything)
    for unit in now:
        ratios = {page: now[unit][page] / before[unit][page] for page in now[unit]}
        within = sum(0.9 <= ratio <= 1.1 for ratio in ratios.values())
        high = max(ratios, key=ratios.get)
        words = f"median × {median(ratios.values()):.2f}, most × {ratios[high]:.2f} ({high[1]}), {within} of {len(ratios)} within"
        kept = within == len(ratios) if connection.vendor == "sqlite" else None
        report.add(f"{unit}, {few + 1} → {schools} schools", words, "± 10 %", kept)
    with flatness.by_index():
        scans = Counter(table for role, _name, url in everything for table in flatness.full_scans(visitors[role], url))
    report.add("big tables that must be read whole", ", ".join(sorted(scans)) or "none", "none", not scans)


def many_answers(report, visitors, everything, seed, tiny):
    """The pages of the diagnostics of one school before and after another one gave a million answers."""
    about = [page for page in everything if page[1] in pages.OF_SURVEYS]
    before, number = work_of(visitors, about), 300 if tiny else waves.ANSWERS
    waves.million(fill(1, seed, pairs=1, first=200_001)[0], number)
    settle()
    now = work_of(visitors, about)
    for unit in now:
        ratios = {page: now[unit][page] / before[unit][page] for page in now[unit]}
        within = sum(0.9 <= ratio <= 1.1 for ratio in ratios.values())
        high = max(ratios, key=ratios.get)
        words = f"most × {ratios[high]:.2f} ({high[1]}), {within} of {len(ratios)} within"
        kept = within == len(ratios) if connection.vendor == "sqlite" else None
        report.add(f"{unit}, with {number} answers more of another school", words, "± 10 %", kept)


def wave_of_many(report, seed, tiny):
    """The report of one wave: queries for few people and many, and its time beside the bare SQL of the same figures."""
    numbers, counts = (6, 20) if tiny else (100, waves.INVITED), []
    for place, number in enumerate(numbers):
        plot = fill(1, seed, pairs=1, first=200_010 + place)[0]
        wave = waves.crowd(plot, number)
        settle()
        curator = Visitor(plot.curator)
        counts.append(pages.count(curator, f"/reports/wave/?wave={wave.pk}"))
    words = f"{counts[0]} and {counts[1]}"
    report.add(f"queries of a wave's report for {numbers[0]} and {numbers[1]} invited", words, "the same",
               counts[0] == counts[1])  # fmt: skip
    rounds = 1 if tiny else 5
    ours = min(pages.seconds(lambda: waves.report_of(plot, wave)) for _ in range(rounds))
    theirs = min(pages.seconds(lambda: waves.bare(wave)) for _ in range(rounds))
    report.add(f"report of a wave of {numbers[1]} invited ÷ the bare SQL of its figures", f"{ours / theirs:.2f}", "≤ 3",
               None if tiny else ours <= 3 * theirs)  # fmt: skip


def work_of(visitors, everything):
    """{what is counted: {(role, page): how much}}; PostgreSQL chooses its way by the size of a table, so twice there."""
    found = {}
    for unit, way in ways().items():
        with way():
            found[unit] = {(role, name): flatness.work(visitors[role], url) for role, name, url in everything}
    return found


def ways():
    if connection.vendor == "sqlite":
        return {"steps of SQLite's machine": nullcontext}
    return {"buffers as PostgreSQL plans": nullcontext, "buffers by index at both sizes": flatness.by_index}


def parallel(report, plot, each):
    found = writers.write(plot, each)
    words = f"{found.requests} requests, {found.saved} saved, {len(found.failures)} failed"
    locked = [words for words in found.failures if "locked" in str(words)]
    report.add(f"{writers.WRITERS} writers at once", words, "0 lock errors", not locked and not found.failures)


def matching(report, plot, tiny):
    number = 10 if tiny else 200
    best = solver.against_trying(number)
    report.add("proposals that are the best there is, by trying all", f"{best} of {number}", "all", best == number)
    size = 10 if tiny else 100
    scores, capacities = solver.instance(size, size * 2 // 5, 1)
    value, other = solver.value(scores, solver.assign(scores, capacities)), solver.best_by_scipy(scores, capacities)
    report.add(f"score for {size} mentees, ours and scipy's", f"{value} and {other or 'not installed'}", "the same",
               None if other is None else value == other)  # fmt: skip
    spent = min(pages.seconds(lambda: solver.assign(scores, capacities)) for _ in range(1 if tiny else 7))
    report.add(f"time for {size} mentees", f"{spent * 1000:.0f} ms, {spent / hello():.0f} hellos")


def hello():
    """Seconds of one hello."""
    nobody = Visitor()
    return min(pages.seconds(lambda: [nobody.get(pages.HELLO) for _ in range(20)]) for _ in range(5)) / 20


def files(report, plot, tiny):
    rows = 10 if tiny else 1000
    address, curator = papers.preview_of(plot, rows), Visitor(plot.curator)
    curator.get(address)
    report.add(f"preview of {rows} teachers from Excel, in hellos and queries",
               f"{pages.hellos(curator, address, 1 if tiny else 3):.0f} and {pages.count(curator, address)}")  # fmt: skip
    ratio = papers.order_ratio(plot.pairs[0].order, 1 if tiny else 11)
    words = "no Pango here" if ratio is None else f"{ratio:.2f}"
    report.add("a one-page order ÷ WeasyPrint as it comes", words, "≤ 0.75",
               None if ratio is None or tiny else ratio <= 0.75)  # fmt: skip


def cells(report, tiny):
    number = 100 if tiny else 10_000
    spent = deadlines.seconds_for(number, 1 if tiny else 3)
    report.add(f"reading {number} distinct deadlines", f"{spent:.2f} s", "≤ 2 s", None if tiny else spent <= 2)
