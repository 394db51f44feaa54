"""Charts as SVG made on the server, without script or inline style: colours come from the classes of the page.

Colours are repeated as attributes for paper, where no style sheet reaches into an SVG. A chart never stands alone: the
table with the same numbers is beside it.
"""

import math
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from papers.table import shown

WIDTH = 480
LABEL = 46  # signs; a longer one ends in «…», the table beside has it whole
COLOURS = ("#3a4bcb", "#0f8b8d", "#c77700", "#a53a8d")
INK, GREY, GRID = "#1b2237", "#565f76", "#e3e6ef"
RADIUS = 62
# Tones of a strip: what is good, what waits, what is wrong; drawn by the classes of the page.
STRIP = {
    "ok": "#1b6e45", "info": "#0b6077", "brand": "#3a4bcb", "work": "#8a97ff", "warn": "#c77700", "bad": "#a82a2a",
    "mute": "#c3c8d6", "note": "#a53a8d",
}  # fmt: skip


def bars(rows, title, top=None):
    """Horizontal bars, one group per row.

    rows: (label, value, ...) with one to four numbers or None per label; top: the number at the full width, without it
    the greatest value. Returns safe SVG.
    """
    rows = list(rows)
    top = float(
        top or max((value for _label, *values in rows for value in values if value is not None), default=0) or 1
    )
    y, parts = 4, []
    for label, *values in rows:
        parts.append(text(0, y + 14, shortened(label)))
        y += 22
        for number, value in enumerate(values, 1):
            parts.append(bar(y, number, value, top))
            y += 22
        y += 8
    return svg("chart", f"0 0 {WIDTH} {y}", title, parts)


def bar(y, number, value, top):
    room = WIDTH - 48
    length = room * min(max(float(value or 0), 0), top) / top
    return format_html(
        '<rect class="base" fill="#eceef3" x="0" y="{}" width="{}" height="14" rx="3"/>'
        '<rect class="bar{}" fill="{}" x="0" y="{}" width="{}" height="14" rx="3"/>{}',
        y,
        room,
        slot(number),
        COLOURS[slot(number) - 1],
        y,
        length_text(length),
        text(WIDTH, y + 12, shown(value) or "–", "val", "end"),
    )


def strip(parts, title):
    """One bar shared out among parts: (label, number, tone of STRIP), parts of 0 left out. Returns safe SVG."""
    parts = [part for part in parts if part[1]]
    total, x, out = sum(number for _label, number, _tone in parts) or 1, 0.0, []
    for label, number, tone in parts:
        width = WIDTH * number / total
        out.append(share(x, width - 3, label, number, tone))
        x += width
    return svg("chart strip", f"0 0 {WIDTH} 18", title, out)


def share(x, width, label, number, tone):
    return format_html(
        '<rect class="t-{}" fill="{}" x="{}" y="0" width="{}" height="18" rx="4"><title>{}: {}</title></rect>',
        tone,
        STRIP[tone],
        length_text(x),
        length_text(max(width, 1)),
        label,
        shown(number),
    )


def lines(series, title, lo, hi):
    """Growth from wave to wave.

    series: (name, [(label, value or None), ...]); a missing value breaks the line; labels of the first series stand on
    the axis in their order. lo and hi are the ends of the scale. Returns safe SVG with its own legend.
    """
    series = [(name, list(points)) for name, points in series]
    labels = list(dict.fromkeys(label for _name, points in series for label, _value in points))
    bottom = 216
    parts = [grid_line(value, lo, hi, bottom) for value in ticks(lo, hi)]
    parts += [text(place(i, labels), bottom + 22, label, "", anchor(i, labels)) for i, label in enumerate(labels)]
    for number, (name, points) in enumerate(series, 1):
        spots = [
            (place(labels.index(label), labels), height(v, lo, hi, bottom), v) for label, v in points if v is not None
        ]
        gaps = {place(labels.index(label), labels) for label, value in points if value is None}
        parts.append(curve(name, number, spots, gaps))
        parts.append(legend(name, number, bottom + 46 + 22 * (number - 1)))
    return svg("chart", f"0 0 {WIDTH} {bottom + 40 + 22 * len(series)}", title, parts)


def donut(parts, title, unit=""):
    """Parts of a whole, (label, number); their sum stands in the middle with `unit` under it. Returns safe SVG."""
    parts = [(label, max(float(number or 0), 0)) for label, number in parts]
    total = sum(number for _label, number in parts)
    circle, turned, out = 2 * math.pi * RADIUS, 0.0, [segment(0, "", 1, 0)]
    for number, (label, value) in enumerate(parts, 1):
        if total and value:
            out.append(segment(number, f"{label}: {shown(value)}", value / total, turned))
            turned += circle * value / total
    out.append(text(80, 90 if not unit else 82, shown(total), "total", "middle", 30))
    out.append(text(80, 103, unit, "", "middle"))
    return svg("donut", "0 0 160 160", title, out)


def segment(number, label, share, turned):
    circle = 2 * math.pi * RADIUS
    length = circle * share - (3 if 0 < share < 1 else 0)
    colour = COLOURS[slot(number) - 1] if number else "#eceef3"
    return format_html(
        '<circle class="seg s{}" fill="none" stroke="{}" stroke-width="16" cx="80" cy="80" r="{}" '
        'stroke-dasharray="{} {}" stroke-dashoffset="{}" transform="rotate(-90 80 80)"><title>{}</title></circle>',
        slot(number) if number else 0,
        colour,
        RADIUS,
        length_text(max(length, 1)),
        length_text(circle),
        length_text(-turned),
        label,
    )


@dataclass(frozen=True)
class Cell:
    """A number of a heat map: `shade` 0 to 4, `tone` a colour's class, `sign` a shape that tells it without colour."""

    value: int
    shade: int
    tone: str
    sign: str = ""


HEAT = {"c1": COLOURS[0], "c3": COLOURS[2], "ok": STRIP["ok"], "bad": STRIP["bad"]}
SIGNS = {"gap": "0,10 6,0 12,10", "met": "0,5 2,3 5,6 10,0 12,2 5,10"}  # a triangle, a tick


def heat(columns, rows, title):
    """Numbers on shaded cells, a line of them under each label.

    columns: short headings; rows: (label, [Cell, ...]), a cell for each column. Returns safe SVG.
    """
    room = WIDTH / len(columns)
    parts = [text(room * (n + 0.5), 14, heading, "", "middle") for n, heading in enumerate(columns)]
    y = 26
    for label, cells in rows:
        parts.append(text(0, y + 15, shortened(label), "val"))
        parts += [heat_cell(room * n, y + 22, room - 4, cell) for n, cell in enumerate(cells)]
        y += 66
    return svg("chart heat", f"0 0 {WIDTH} {y}", title, parts)


def heat_cell(x, y, room, cell):
    middle = x + room / 2
    shape = format_html(
        '<polygon class="h-{}" fill="{}" points="{}" transform="translate({} {})"/>',
        cell.tone,
        HEAT[cell.tone],
        SIGNS[cell.sign],
        length_text(x + 10),
        length_text(y + 11),
    ) if cell.sign else ""  # fmt: skip
    return format_html(
        '<rect class="cell h-{}" fill="{}" fill-opacity="{}" stroke="{}" x="{}" y="{}" width="{}" height="32" rx="5"/>{}{}',
        cell.tone,
        HEAT[cell.tone],
        length_text(0.12 * cell.shade),
        GRID,
        length_text(x),
        y,
        length_text(room),
        shape,
        text(middle, y + 21, shown(cell.value), "val", "middle", 14),
    )


def svg(kind, box, title, parts):
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="{}" viewBox="{}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}</svg>',
        kind,
        box,
        title,
        inside,
    )


def text(x, y, words, kind="", side="start", size=12):
    if words == "":
        return ""
    colour = INK if kind else GREY
    return format_html(
        '<text class="{}" fill="{}" font-size="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        kind,
        colour,
        size,
        length_text(x),
        length_text(y),
        side,
        words,
    )


def shortened(label):
    return label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…"


def curve(name, number, spots, gaps):
    runs, run = [], []
    for x, y, value in spots:
        if run and any(run[-1][0] < gap < x for gap in gaps):
            runs.append(run)
            run = []
        run.append((x, y, value))
    runs.append(run)
    drawn = format_html_join("", "{}", ((polyline(run, number),) for run in runs if len(run) > 1))
    dots = format_html_join("", "{}", ((dot(name, number, *spot),) for spot in spots))
    return format_html("{}{}", drawn, dots)


def polyline(run, number):
    points = " ".join(f"{length_text(x)},{length_text(y)}" for x, y, _value in run)
    return format_html(
        '<polyline class="line line{}{}" fill="none" stroke="{}" stroke-width="2.5" points="{}"/>',
        slot(number),
        dashed(number),
        COLOURS[slot(number) - 1],
        points,
    )


def dot(name, number, x, y, value):
    return format_html(
        '<circle class="bar{}" fill="{}" cx="{}" cy="{}" r="4"><title>{}: {}</title></circle>',
        slot(number),
        COLOURS[slot(number) - 1],
        length_text(x),
        length_text(y),
        name,
        shown(value),
    )


def legend(name, number, y):
    line = polyline([(2, y - 4, None), (30, y - 4, None)], number)
    return format_html("{}{}", line, text(40, y, shortened(name)))


def grid_line(value, lo, hi, bottom):
    y = length_text(height(value, lo, hi, bottom))
    return format_html(
        '<line class="gl" stroke="{}" x1="36" x2="{}" y1="{}" y2="{}"/>{}',
        GRID,
        WIDTH,
        y,
        y,
        text(26, float(y) + 4, shown(value), "", "end"),
    )


def ticks(lo, hi):
    step = max(1, math.ceil((hi - lo) / 5))
    return range(math.ceil(lo), math.floor(hi) + 1, step)


def height(value, lo, hi, bottom):
    within = min(max(float(value), lo), hi)
    return bottom - (bottom - 12) * (within - lo) / ((hi - lo) or 1)


def place(index, labels):
    """Where the label stands across: one alone in the middle, several from edge to edge."""
    if len(labels) == 1:
        return (60 + WIDTH - 20) / 2
    return 60 + (WIDTH - 90) * index / (len(labels) - 1)


def anchor(index, labels):
    if len(labels) > 1 and index == len(labels) - 1:
        return "end"
    return "start" if index == 0 and len(labels) > 1 else "middle"


def slot(number):
    return (number - 1) % len(COLOURS) + 1


def dashed(number):
    """From the fifth line on the colours come again, told apart by dashes."""
    return " dash" if number > len(COLOURS) else ""


def length_text(number):
    """A length for SVG: always with a point, whatever the language writes."""
    return f"{float(number):.1f}"
