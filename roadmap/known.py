"""The 21 items that the portal can measure, and how another school's item is recognised among them by its words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt


@dataclass(frozen=True)
class Known:
    """`code` names the indicator, `number` is the item's place in the sample roadmap, `words` what such items speak of."""

    code: str
    number: str
    words: str


KNOWN = (
    Known("mentee-base", "1.1", "Формирование базы наставляемых из числа молодых педагогов, с небольшим стажем работы"),
    Known("mentor-base", "1.2", "Формирование базы наставников из числа опытных педагогов"),
    Known(
        "training",
        "1.3",
        "Организация обучения, курсы повышения квалификации, прохождение КПК, дистанционные технологии",
    ),
    Known("pairs-formed", "1.4", "Формирование наставнических пар, сформированы и закреплены приказом пары, группы"),
    Known(
        "pairs-work",
        "1.5",
        "Организация работы наставнических пар: встреча-знакомство, пробная встреча, совместная работа, итоговая",
    ),
    Known(
        "first-meetings",
        "1.6",
        "Проведение первых организационных встреч внутри наставнической пары, составлены индивидуальные планы",
    ),
    Known("plans-approved", "1.7", "Утверждение индивидуальных планов, персонализированных программ"),
    Known("plans-delivered", "1.8", "Реализация индивидуальных планов, выполнение мероприятий плана"),
    Known(
        "closing-game",
        "1.9",
        "Общая заключительная встреча участников всех пар в формате деловой игры, подведение итогов",
    ),
    Known("materials", "2.1", "Разработка программно-методических и дидактических материалов для групп"),
    Known(
        "questionnaire-forms",
        "2.2",
        "Разработка формы диагностической анкеты, потребности наставляемого и ресурсы наставника",
    ),
    Known(
        "questionnaires-analysed", "3.1", "Анализ полученных анкет, определение запросов наставляемых, собеседования"
    ),
    Known(
        "diagnostics", "3.2", "Организация диагностики компетенций, возможностей и потребностей, диагностика пройдена"
    ),
    Known("personal-record", "3.3", "Персонифицированный учёт молодых специалистов и педагогов, реестр, банк данных"),
    Known("rubric", "4.1", "Создание специальной рубрики, раздела, страницы на официальном сайте"),
    Known(
        "monthly-information",
        "4.2",
        "Размещение информации о реализации системы на сайте, обновляется ежемесячно, новости",
    ),
    Known("council", "4.3", "Выступление на педагогическом совете с презентацией, педсовет"),
    Known("roadmap-control", "5.1", "Контроль процедуры реализации системы, выполнение позиций дорожной карты"),
    Known(
        "events-on-time", "5.2", "Контроль мероприятий, закреплённых за учреждением, в установленные сроки, посещение"
    ),
    Known("roadmap-made", "5.3", "Разработка и утверждение дорожной карты на учебный год"),
    Known(
        "outside-events",
        "5.4",
        "Условия для участия представителей образовательной организации в мероприятиях различного уровня",
    ),
)


STOP = {"для", "при", "реализа", "систем", "настав", "орган", "образов"}
ENOUGH, SAME_NUMBER = 0.35, 0.12


def recognised(items):
    """Indicator code of each item ("" where none fits), each code given at most once, best resemblance first.

    `items` are (number, content, further words) triples; the number only tips the balance, words decide.
    """
    scores = [
        (resemblance(known, number, content, more), n, known.code)
        for n, (number, content, more) in enumerate(items)
        for known in KNOWN
    ]
    codes, taken = [""] * len(items), set()
    for score, n, code in sorted(scores, key=lambda found: (-found[0], found[1], found[2])):
        if score >= ENOUGH and not codes[n] and code not in taken:
            codes[n] = code
            taken.add(code)
    return codes


def resemblance(known, number, content, more=""):
    """0 to about 1.1: cosine of the words' stems, rare stems weighing more; the content counts, the rest helps a little."""
    close = 0.75 * _cosine(known.words, content) + 0.25 * _cosine(known.words, f"{content} {more}")
    return close + (SAME_NUMBER if close > 0.2 and number == known.number else 0)


def stems(words):
    """Beginnings of the words, so that cases and numbers do not matter."""
    found = {word[:7] for word in re.findall(r"[а-я]{3,}", words.casefold().replace("ё", "е"))}
    return {stem[:6] if len(stem) > 6 else stem[:-1] if len(stem) > 4 else stem for stem in found} - STOP


@lru_cache(maxsize=1)
def _weights():
    seen = [stems(known.words) for known in KNOWN]
    every = set().union(*seen)
    return {stem: log(1 + len(KNOWN) / sum(stem in words for words in seen)) for stem in every}


def _cosine(known_words, words):
    weights, ours, theirs = _weights(), stems(known_words), stems(words)
    common = sum(weights[stem] ** 2 for stem in ours & theirs)
    # A word that no known item uses tells little: half the usual weight, so that a long cell is not lost.
    size = lambda found: sqrt(sum(weights.get(stem, 1.0) ** 2 for stem in found)) or 1.0
    return common / (size(ours) * size(theirs))
