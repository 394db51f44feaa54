"""Papers and files: an order as PDF beside WeasyPrint as it comes, a list of teachers read and compared."""

import sys

from bench.pages import seconds

HEAVY = ("weasyprint", "openpyxl", "tablib", "import_export.resources", "docx")


def loaded():
    """Heavy modules that this process holds."""
    return [name for name in HEAVY if name in sys.modules]


def order_ratio(order, rounds=11):
    """Time of a one-page order by `papers.pdf` ÷ time of the same page by WeasyPrint with its defaults; None without Pango."""
    from papers import pdf

    try:
        pdf.press()
    except pdf.PdfUnavailable:
        return None
    page = first_page(order)
    pdf.of_html(page), plainly(page)
    ours, plain = [], []
    for _ in range(rounds):
        ours.append(seconds(lambda: pdf.of_html(page)))
        plain.append(seconds(lambda: plainly(page)))
    return min(ours) / min(plain)


def first_page(order):
    """The order as HTML, without its appendix."""
    from django.template.loader import render_to_string

    context = {
        "order": order,
        "school": order.year.school,
        "lines": ["В целях поддержки педагогов", "ПРИКАЗЫВАЮ:", "1. Закрепить наставнические пары."],
        "pairs": order.pairs.select_related("mentor__person__card", "mentee__person__card")[:2],
        "head": order.year.school.head(),
    }
    page = render_to_string("pairs/order_pdf.html", context)
    return page[: page.index('<div class="appendix">')] + "</body></html>"


def plainly(page):
    """As WeasyPrint's own documentation does it: style sheet and fonts read for every paper."""
    from weasyprint import CSS, HTML

    from papers.pdf import static_folder

    html = HTML(string=page, base_url=static_folder().as_uri() + "/")
    return html.write_pdf(stylesheets=[CSS(filename=static_folder() / "paper.css")])


def preview_of(plot, rows=1000):
    """The address of a preview: a list of teachers, half of them known to the school, kept as a file's draft."""
    from accounts.models import ImportDraft

    known = [part.person for part in plot.mentees + plot.mentors]
    content = {"rows": [row_of(known, n) for n in range(rows)], "side": "mentee", "headings": {}, "not_needed": [],
               "unknown": []}  # fmt: skip
    draft = ImportDraft.objects.create(
        owner=plot.curator, year=plot.year, kind="teachers", file_name="Педагоги.xlsx", content=content
    )
    return f"/registry/import/{draft.pk}/"


def row_of(known, n):
    if n % 2 and n // 2 < len(known):
        person = known[n // 2]
        return {"row": n + 2, "full_name": person.full_name, "email": person.email, "subject": "химия"}
    name = f"Новикова{chr(1072 + n % 32)}{chr(1072 + n // 32)} Анна Ильинична"
    return {
        "row": n + 2,
        "full_name": name,
        "email": f"new{n}@bench.test",
        "experience": "2 года 3 мес.",
        "post": "учитель",
    }
