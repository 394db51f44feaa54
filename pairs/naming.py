"""Names and posts in the cases that an order needs. Every result can be corrected by hand and is kept with the person."""

from functools import cache

CASES = ("genitive", "dative", "accusative", "instrumental")

# The first word of a school post in the four cases; what stands behind it («математики», «по воспитательной работе»)
# is in the genitive already and stays.
POSTS = {
    "учитель": ("учителя", "учителю", "учителя", "учителем"),
    "учитель-логопед": ("учителя-логопеда", "учителю-логопеду", "учителя-логопеда", "учителем-логопедом"),
    "учитель-дефектолог": ("учителя-дефектолога", "учителю-дефектологу", "учителя-дефектолога", "учителем-дефектологом"),
    "воспитатель": ("воспитателя", "воспитателю", "воспитателя", "воспитателем"),
    "педагог": ("педагога", "педагогу", "педагога", "педагогом"),
    "педагог-психолог": ("педагога-психолога", "педагогу-психологу", "педагога-психолога", "педагогом-психологом"),
    "педагог-организатор": (
        "педагога-организатора", "педагогу-организатору", "педагога-организатора", "педагогом-организатором"),
    "педагог-библиотекарь": (
        "педагога-библиотекаря", "педагогу-библиотекарю", "педагога-библиотекаря", "педагогом-библиотекарем"),
    "преподаватель": ("преподавателя", "преподавателю", "преподавателя", "преподавателем"),
    "преподаватель-организатор": (
        "преподавателя-организатора", "преподавателю-организатору", "преподавателя-организатора",
        "преподавателем-организатором"),
    "логопед": ("логопеда", "логопеду", "логопеда", "логопедом"),
    "психолог": ("психолога", "психологу", "психолога", "психологом"),
    "тьютор": ("тьютора", "тьютору", "тьютора", "тьютором"),
    "методист": ("методиста", "методисту", "методиста", "методистом"),
    "директор": ("директора", "директору", "директора", "директором"),
    "заместитель": ("заместителя", "заместителю", "заместителя", "заместителем"),
    "социальный педагог": ("социального педагога", "социальному педагогу", "социального педагога", "социальным педагогом"),
    "старший вожатый": ("старшего вожатого", "старшему вожатому", "старшего вожатого", "старшим вожатым"),
    "советник": ("советника", "советнику", "советника", "советником"),
}  # fmt: skip


def decline(person, case):
    """Full name in one of CASES: the person's own correction, else by rule; unchanged where the gender is unknown."""
    if own := (person.declined or {}).get(case):
        return own
    gender = person.gender or gender_of(person.patronymic)
    if not gender:
        return person.full_name
    maker, genders, parts, cases = petrovich()
    return " ".join(
        inflected(maker, getattr(parts, part), word, getattr(genders, gender), getattr(cases, case.upper()))
        for part, word in (
            ("LASTNAME", person.last_name), ("FIRSTNAME", person.first_name), ("MIDDLENAME", person.patronymic),
        )
        if word
    )  # fmt: skip


def needs_a_look(person, case):
    """True where the rule could not work: the page asks to correct the name by hand."""
    return decline(person, case) == person.full_name and not (person.declined or {}).get(case)


def inflected(maker, part, word, gender, case):
    # «Гасан оглы», «Вагиф кызы»: the particle stays, the name before it is declined as a first name would be.
    if word.casefold().endswith((" оглы", " кызы", "-оглы", "-кызы")):
        return word
    return maker.make(part, gender, case, word)


def gender_of(patronymic):
    """«MALE», «FEMALE» in pytrovich's words by the patronymic's ending, or empty."""
    word = patronymic.casefold()
    if word.endswith(("вич", "ьич", "оглы", "улы", "uly")):
        return "m"
    return "f" if word.endswith(("вна", "чна", "кызы")) else ""


@cache
def petrovich():
    from types import SimpleNamespace

    from pytrovich.enums import Case, Gender, NamePart
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker(), SimpleNamespace(m=Gender.MALE, f=Gender.FEMALE), NamePart, Case


def decline_post(post, case):
    """«учитель математики» → «учителю математики»; a post that begins with another word stays as it is."""
    index = CASES.index(case)
    for head in sorted(POSTS, key=len, reverse=True):
        if post.casefold() == head or post.casefold().startswith(head + " "):
            return POSTS[head][index] + post[len(head) :]
    return post
