"""The words of deadlines: every form of each, and what it is in the grammar.

A word is (class, value). Words that are not here are WORD: names of events, programmes and plans.
"""

from roadmap.deadlines.reading import (
    CONTINUOUS,
    DAILY,
    HALF_YEARLY,
    MONTHLY,
    PER_TERM,
    PER_TRIMESTER,
    QUARTERLY,
    WEEKLY,
    YEARLY,
)

WORD, NUMBER, SIGN = "word", "number", "sign"
DAY, WEEK, MONTH_UNIT, QUARTER_UNIT, TERM, TRIMESTER, HALF, YEAR = (
    "day", "week", "month", "quarter", "term", "trimester", "half", "year",
)  # fmt: skip
RECURS = {
    DAY: DAILY, WEEK: WEEKLY, MONTH_UNIT: MONTHLY, QUARTER_UNIT: QUARTERLY, TERM: PER_TERM, TRIMESTER: PER_TRIMESTER,
    HALF: HALF_YEARLY, YEAR: YEARLY,
}  # fmt: skip

# Each line: stem, then endings; «-» is the stem itself.
MONTHS = (
    "январ- ь я е ю ем; янв",
    "феврал- ь я е ю ем; февр фев",
    "март- - а е у ом; мар",
    "апрел- ь я е ю ем; апр",
    "ма- й я е ю ем",
    "июн- ь я е ю ем",
    "июл- ь я е ю ем",
    "август- - а е у ом; авг",
    "сентябр- ь я е ю ем; сент сен",
    "октябр- ь я е ю ем; окт",
    "ноябр- ь я е ю ем; нояб ноя",
    "декабр- ь я е ю ем; дек",
)
WEEKDAYS = (
    "понедельник- - а у и ам ов ом; пн",
    "вторник- - а у и ам ов ом; вт",
    "сред- а у ы е ам",
    "четверг- - а у и ам ов ом; чт",
    "пятниц- а у ы е ам; пт",
    "суббот- а у ы е ам; сб",
    "воскресень- е я ю ям; воскресений",
)
UNITS = {
    DAY: "день дня дней дню дни днем днях сутки суток",
    WEEK: "недел- я и ю ь е ям ями",
    MONTH_UNIT: "месяц- - а ев е у ам ы ем; мес",
    QUARTER_UNIT: "квартал- - а у е ы ов ам ом; кв",
    TERM: "четверт- ь и ей ям; четв",
    TRIMESTER: "триместр- - а у е ы ов ам ом",
    HALF: "полугоди- е я ю и й ям ем; полгода полугода",
    YEAR: "год- - а у ом ы ов ах ам; лет г гг",
}
ADVERBS = {
    DAILY: "ежедневно",
    WEEKLY: "еженедельно понедельно",
    MONTHLY: "ежемесячно помесячно",
    QUARTERLY: "ежеквартально поквартально",
    PER_TERM: "ежечетвертно",
    YEARLY: "ежегодно",
    CONTINUOUS: "постоянно систематически регулярно непрерывно круглогодично",
}
CARDINALS = (
    "один одного одна одну одной однократно",
    "два две двух двум",
    "три трех трем",
    "четыре четырех",
    "пять пяти",
    "шесть шести",
    "семь семи",
    "восемь восьми",
    "девять девяти",
    "десять десяти",
)
ORDINALS = {
    1: "перв- ый ая ое ого ой ую ом ые ых",
    2: "втор- ой ая ое ого ую ом ые ых",
    3: "трет- ий ья ье ьего ьей ью ьем ьи ьих",
    4: "четверт- ый ая ое ого ой ую ом ые ых",
    5: "пят- ый ая ое ого ой ую ом ые ых",
    -1: "последн- ий яя ее его ей юю ем ие их",
}
ROMANS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "l": 1, "ll": 2, "lll": 3, "lv": 4, "п": 2, "ш": 3,
}  # fmt: skip
SEASONS = {12: "зим- а ой у ы е", 3: "весн- а ой у ы е", 6: "лет- о ом у", 9: "осен- ь ью и"}
SEASONAL = {  # «летний период», but «осенние каникулы» are no autumn
    12: "зимн- ий его ее ем ие их",
    3: "весенн- ий его ее ем ие их",
    6: "летн- ий его ее ем ие их",
    9: "осенн- ий его ее ем ие их",
}
PARTS = {
    "beginning": "начал- о е у а",
    "middle": "середин- а е ы у",
    "end": "конец; конц- а е у ом",
    "half": "половин- а е ы у",
}
# Function words and nouns that are known by their class alone.
CLASSES = {
    "in": "в во",
    "on": "на",
    "from": "с со",
    "to": "по",
    "by": "до",
    "towards": "к ко",
    "and": "и",
    "not": "не",
    "later": "позднее позже поздней",
    "earlier": "ранее раньше",
    "fewer": "реже менее меньше",
    "least": "минимум",
    "than": "чем",
    "more": "более больше",
    "during": "течени- е и; протяжени- и е; продолжение теч",
    "for": "за",
    "through": "через спустя",
    "after": "после перед накануне",
    "upon": "окончани- и ю; завершени- и ю; итогам результатам истечени- и ю",
    "every": "кажд- ый ая ое ую ого ой ом ые ых",
    "times": "раз- - а у; р",
    "whole": "весь всего всей вся все всю всем круглый",
    "period": "период- - а е у; срок- - а е у ом и ов; время времени",
    "realisation": "реализаци- и я; действия выполнения исполнения осуществления функционирования работы обучения",
    "school": "учебн- ый ого ом ые ых ому; уч",
    "calendar": "календарн- ый ого ом ые ых ому",
    "working": "рабоч- ий его их ие",
    "current": "текущ- ий его ем; тек т этого этом",
    "plan": (
        "график- - у а ом е ам; план- - у а ом ам; расписани- е ю я ем; циклограмм- е а ы; календар- ю ь; "
        "положени- ю ем; приказ- у ом; регламент- у ом; согласованию договоренности срокам"
    ),
    "as": "согласно соответствии",
    "fixed": "установленн- ый ые ых ым ому; намеченн- ые ых; утвержденн- ый ые ых ым ому; указанн- ые ых",
    "measure": "мере",
    "demand": (
        "запрос- у ам; требовани- ю ям; необходимост- и ь; обращени- ю ям и; заявк- е ам; потребност- и ь; наличии факту"
    ),
    "with": "при",
    "case": "случае случаях",
    "decade": "декад- а е ы у",
    "date": "числ- о а у; чисел",
    "inclusive": "включительно вкл",
    "next": "далее затем потом",
    "about": "ориентировочно примерно приблизительно предположительно около",
    "constant": "постоянной постоянном систематической регулярной",
    "basis": "основе режиме",
    "following": "следующ- его ий; отчетн- ым ого",
    "spell": "дневный дневного недельный недельного месячный месячного двухнедельный десятидневный трехдневный пятидневный",
    "event": (
        "педсовет- - а е ы; совет- - а е ы; заседани- е я и й; собрани- е я и й; конференци- я и ю; семинар- - а е ы; "
        "конкурс- - а е ы; праздник- - а у и; фестивал- ь я е; линейк- а и у е; каникул- ы ам ах; месячник- - а е и; "
        "акци- я и ю; выставк- а и у е; совещани- е я и й; форум- - а е; слет- - а е; олимпиад- а ы у е; "
        "встреч- а и у е; консультаци- я и ю; мероприяти- е я й; игр- а ы у е; педагогический"
    ),
}
TIMES_WORDS = {2: "дважды", 3: "трижды"}
# A number with an ending: «1-й», «2-х», «25-го».
NUMBER_ENDINGS = frozenset(["е", "й", "я", "го", "ое", "ая", "ый", "ой", "ого", "му", "м", "х", "ти", "ю", "ю"])
# Short words that may stand at the front of words that ran together: «втечение», «до10».
LEADING = frozenset(["в", "во", "с", "со", "к", "ко", "и", "до", "по", "не", "на", "за"])


def forms(line):
    """Every form that a line names: «ма- й я; мая» → май, мая."""
    for group in line.split(";"):
        first, *endings = group.split()
        if first.endswith("-"):
            yield from (first[:-1] + ending.replace("-", "") for ending in endings)
        else:
            yield from (first, *endings)


def _lexicon():
    found = {}

    def add(line, cls, value=None):
        for form in forms(line):
            found.setdefault(form, (cls, value))

    for cls, words in (("month", MONTHS), ("weekday", WEEKDAYS), ("cardinal", CARDINALS)):
        for number, line in enumerate(words, 0 if cls == "weekday" else 1):
            add(line, cls, number)
    for cls, table in (
        ("unit", UNITS), ("adverb", ADVERBS), ("ordinal", ORDINALS), ("season", SEASONS),
        ("seasonal", SEASONAL), ("part", PARTS), ("twice", TIMES_WORDS),
    ):  # fmt: skip
        for value, line in table.items():
            add(line, cls, value)
    for cls, line in CLASSES.items():
        add(line, cls)
    return found


WORDS = _lexicon()
