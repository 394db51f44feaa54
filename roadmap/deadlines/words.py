"""A reading back in Russian words, such that reading them again gives the same."""

from dataclasses import replace
from datetime import timedelta

from roadmap.deadlines import reading as r
from roadmap.deadlines.years import last_day

MONTHS = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]
OF_MONTH = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
WEEKDAYS = ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"]
ROMANS = ("", "I", "II", "III", "IV")
SEASONS = {12: "зима", 3: "весна", 6: "лето", 9: "осень"}
REPEATS = {
    r.DAILY: "ежедневно", r.WEEKLY: "еженедельно", r.MONTHLY: "ежемесячно", r.QUARTERLY: "ежеквартально",
    r.PER_TERM: "1 раз в четверть", r.PER_TRIMESTER: "1 раз в триместр", r.HALF_YEARLY: "1 раз в полугодие",
    r.YEARLY: "ежегодно", r.CONTINUOUS: "постоянно",
}  # fmt: skip
UNITS = {
    r.DAILY: "день", r.WEEKLY: "неделю", r.MONTHLY: "месяц", r.QUARTERLY: "квартал", r.PER_TERM: "четверть",
    r.PER_TRIMESTER: "триместр", r.HALF_YEARLY: "полугодие", r.YEARLY: "год",
}  # fmt: skip
TERMS = {
    r.SCHOOL_TERM: ("четверть", "четверти"),
    r.SCHOOL_TRIMESTER: ("триместр", "триместры"),
    r.SCHOOL_HALF: ("полугодие", "полугодия"),
}
PARTS = {(1, 10): "начало", (11, 20): "середина", (21, 0): "конец", (1, 15): "первая половина",
         (16, 0): "вторая половина"}  # fmt: skip
BESIDE = {r.EVENT: "мероприятие", r.EXTERNAL_SCHEDULE: "по отдельному графику", r.ON_DEMAND: "по мере необходимости"}
PLAIN = {
    r.EXTERNAL_SCHEDULE: "по отдельному графику", r.ON_DEMAND: "по мере необходимости",
    r.RELATIVE: "после события", r.UNCLEAR: "",
}  # fmt: skip


def write(reading):
    """The reading in canonical words; what was guessed is written out, so that it is no guess any more."""
    words = WRITERS[reading.kind](reading)
    rough = r.APPROXIMATE in reading.notes and reading.kind in (r.BY_DATE, r.DATE_LIST, r.MONTH_LIST)
    return f"ориентировочно {words}" if rough else words


# ---------------------------------------------------------------- dates


def day(on):
    return f"{on.day} {OF_MONTH[on.month - 1]} {on.year} г."


def month(on):
    return f"{MONTHS[on.month - 1]} {on.year} г."


def is_month(start, end):
    return start and end and start.day == 1 and end == last_day(start.year, start.month)


def by_date(reading):
    return f"до {day(reading.end)}"


def on_date(reading):
    return day(reading.start)


def date_range(reading):
    return f"с {day(reading.start)}" + (f" по {day(reading.end)}" if reading.end else "")


def date_list(reading):
    return ", ".join(map(day, reading.dates))


def one_month(reading):
    return month(reading.start)


def month_range(reading):
    if reading.end is None:
        return f"с {OF_MONTH[reading.start.month - 1]} {reading.start.year} г."
    return f"{month(reading.start)} – {month(reading.end)}"


def month_list(reading):
    return ", ".join(f"{MONTHS[int(each[5:]) - 1]} {each[:4]} г." for each in reading.months)


def quarter(reading):
    for note, (one, several) in TERMS.items():
        for own in reading.notes:
            if own.startswith(note + " "):
                ranks = [ROMANS[int(rank)] for rank in own.split(" ")[1].split("-")]
                return beside(f"{'–'.join(ranks)} {one if len(ranks) == 1 else several}", reading)
    first, last = (on.month + 2) // 3 if (on := reading.start) else 0, reading.end.month // 3
    if reading.start.year == reading.end.year and first == last:
        return f"{ROMANS[first]} квартал {reading.end.year} г."
    return f"{ROMANS[first]} квартал {reading.start.year} г. – {ROMANS[last]} квартал {reading.end.year} г."


def season(reading):
    name, year = SEASONS[reading.start.month], reading.start.year
    return f"{name} {year}–{year + 1} гг." if reading.start.month == 12 else f"{name} {year} г."


def year_range(reading):
    start, end = reading.start.year, reading.end.year
    if reading.start.month == 9:
        return f"{start}–{end} учебный год"
    return f"{start} г." if start == end else f"{start}–{end} гг."


def fuzzy(reading):
    start, end = reading.start, reading.end
    if start == end:
        return f"ориентировочно {day(start)}"
    if is_month(start, end):
        return f"ориентировочно {month(start)}"
    if (start.year, start.month) == (end.year, end.month) and (part := part_of_month(start, end)):
        return f"{part} {OF_MONTH[start.month - 1]} {start.year} г."
    return f"ориентировочно с {day(start)} по {day(end)}"


def part_of_month(start, end):
    last = last_day(end.year, end.month)
    is_last = end == last
    if part := PARTS.get((start.day, 0 if is_last else end.day)):
        return part
    if is_last and start == last - timedelta(6):
        return "последняя неделя"
    if start.day % 7 == 1 and (end.day % 7 == 0 or (is_last and start.day == 29)):
        return f"{start.day // 7 + 1}-я неделя" if end.day - start.day < 7 else ""
    return ""


# ---------------------------------------------------------------- repetitions and the rest


def recurring(reading):
    return beside(repetition(reading), reading)


def repetition(reading):
    words = how_often(reading)
    for note in reading.notes:
        if note.startswith(r.DAY_OF_MONTH):
            words += f" до {note.split(' ')[1]} числа"
    return words


def how_often(reading):
    """«ежемесячно», «не реже 3 раз в год», «последнюю пятницу каждого месяца», «в конце каждой четверти»."""
    nth = next((note.split(" ")[1] for note in reading.notes if note.startswith(r.WEEK_OF_MONTH)), None)
    if nth:
        return f"{nth_of_month(nth, reading.weekday)} каждого месяца"
    for note, words in EACH.items():
        if note in reading.notes:
            return f"{words} {OF_EACH[reading.recur]}"
    return times(reading) + (f" ({WEEKDAYS[reading.weekday]})" if reading.weekday is not None else "")


def nth_of_month(nth, weekday):
    if weekday is None:
        return "последняя неделя" if nth == "-1" else f"{nth}-я неделя"
    return f"{LAST[weekday] if nth == '-1' else f'{nth}-й'} {WEEKDAYS[weekday]}"


def times(reading):
    """«ежемесячно», «3 раза в год», «не реже 1 раза в 2 месяца», «1 раз в 3 года»."""
    number, unit = rate(reading)
    if unit is None:
        return REPEATS[reading.recur]
    if r.AT_LEAST in reading.notes:
        return f"не реже {number} {'раза' if number == 1 else 'раз'} в {unit}"
    if r.APPROXIMATE in reading.notes:
        return f"{number}–{number + 1} раза в {unit}"
    if number == 1:
        return REPEATS[reading.recur] if unit == UNITS.get(reading.recur) else f"1 раз в {unit}"
    return f"{number} {'раза' if number % 10 in (2, 3, 4) and not 10 < number < 20 else 'раз'} в {unit}"


def rate(reading):
    """(how many, in what): (3, «год»), (1, «2 месяца»), (1, «3 года»); (1, None) for what never stops."""
    recur, count = reading.recur, reading.count
    if recur.startswith("every_"):
        years = int(recur.split("_")[1])
        return 1, f"{years} {'года' if years < 5 else 'лет'}"
    usual = r.TIMES_A_YEAR.get(recur, 1)
    number, left = divmod(count or usual, usual)
    if left:
        return 1, f"{usual // count} {'месяца' if recur == r.MONTHLY else 'недели'}"
    return number, UNITS.get(recur)


EACH = {r.AT_BEGINNING: "в начале", r.AT_END: "в конце"}
OF_EACH = {
    r.WEEKLY: "каждой недели", r.MONTHLY: "каждого месяца", r.QUARTERLY: "каждого квартала",
    r.PER_TERM: "каждой четверти", r.PER_TRIMESTER: "каждого триместра", r.HALF_YEARLY: "каждого полугодия",
    r.YEARLY: "каждого года",
}  # fmt: skip
LAST = ("последний", "последний", "последнюю", "последний", "последнюю", "последнюю", "последнее")


def beside(words, reading):
    """The words with what else is noted."""
    return ", ".join([words, *(BESIDE[note] for note in reading.notes if note in BESIDE)])


def whole_period(reading):
    words = "в течение календарного года" if r.CALENDAR_YEAR in reading.notes else "в течение всего периода"
    return beside(words, reading)


def mixed(reading):
    """Dates first, then how often, then what stands beside."""
    words = [mixed_dates(reading)] if reading.start or reading.end else []
    if reading.recur:
        words.append(repetition(replace(reading, count=count_of_a_year(reading))))
    return beside(", ".join(words), reading)


def count_of_a_year(reading):
    """How often it would come in a whole year; between two dates fewer are counted."""
    start, end, count = reading.start, reading.end, reading.count
    if not (start and end and count) or reading.dates or reading.months:
        return count
    days = (end - start).days + 1
    if not 31 < days < 360 or reading.recur not in (r.MONTHLY, r.WEEKLY):
        return count
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    in_a_year = count * 12 / months if reading.recur == r.MONTHLY else count * 365 / days
    usual = r.TIMES_A_YEAR[reading.recur]
    return min((usual // 4, usual // 2, *(usual * n for n in range(1, 8))), key=lambda each: abs(each - in_a_year))


def mixed_dates(reading):
    start, end = reading.start, reading.end
    if reading.dates or reading.months:
        return ", ".join([*map(day, reading.dates or ()), *([month_list(reading)] if reading.months else [])])
    if start is None:
        return by_date(reading)
    if end is None or start == end:
        return date_range(reading) if end is None else on_date(reading)
    if is_month(start, end):
        return month(start)
    if start.day == 1 and end == last_day(end.year, end.month):
        return month_range(reading)
    return date_range(reading)


WRITERS = {
    r.BY_DATE: by_date, r.ON_DATE: on_date, r.DATE_RANGE: date_range, r.DATE_LIST: date_list, r.MONTH: one_month,
    r.MONTH_RANGE: month_range, r.MONTH_LIST: month_list, r.QUARTER: quarter, r.SEASON: season,
    r.YEAR_RANGE: year_range, r.FUZZY: fuzzy, r.RECURRING: recurring, r.WHOLE_PERIOD: whole_period, r.MIXED: mixed,
    **{kind: lambda reading: PLAIN[reading.kind] for kind in PLAIN},
}  # fmt: skip
