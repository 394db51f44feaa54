"""The wording of an order: a start that the curator edits before printing. Russian always."""

from django.utils import formats, translation

from pairs.naming import decline, decline_post


def draft_text(order):
    """The body of the order with names and posts in the right case."""
    pairs = list(order.pairs.select_related("mentor__person__card", "mentee__person__card", "year__school"))
    with translation.override("ru"):
        lines = [
            opening(order),
            "ПРИКАЗЫВАЮ:",
            f"1. Закрепить с {day(order.in_force_from)} по {day(order.until or order.year.teaching_ends_on)} "
            "наставников за педагогами:",
            *pair_lines(pairs),
            "2. Наставникам совместно с наставляемыми разработать индивидуальные планы и представить их на утверждение.",
            "3. Список наставнических пар утвердить (приложение).",
            "4. Контроль исполнения приказа возложить на куратора реализации системы наставничества.",
        ]
    return "\n".join(lines)


def opening(order):
    basis = f" на основании: {order.basis}" if order.basis else ""
    return f"В целях реализации системы наставничества педагогических работников в {order.year} учебном году{basis}"


def pair_lines(pairs):
    """«1.1. Петрову …, учителя …, – за Белых …, учителем …, форма …;», the last one ends with a full stop."""
    for number, pair in enumerate(pairs, 1):
        yield f"1.{number}. {pair_line(pair)}{'.' if number == len(pairs) else ';'}"


def pair_line(pair):
    return (
        f"{named(pair.mentor, 'accusative')} – за {named(pair.mentee, 'instrumental')}"
        f" форма «{pair.get_form_display()}», вид: {pair.get_kind_display()}"
    )


def named(part, case):
    """Name and post in the case, closed by a comma."""
    card = getattr(part.person, "card", None)
    post = f", {decline_post(card.post, case)}" if card and card.post else ""
    return f"{decline(part.person, case)}{post},"


def day(date):
    return formats.date_format(date, "d.m.Y")
