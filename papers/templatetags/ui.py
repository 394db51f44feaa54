"""Small pieces of the screen: icons, tags of a state, dates in words."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

# State -> tone of its tag; what is not named here is neutral.
TONES = {
    "approved": "active", "fixed": "active", "in_force": "active", "held": "active", "done": "active", "signed": "active",
    "given": "active", "confirmed": "active", "open": "active", "current": "active", "new": "active", "ready": "active",
    "published": "active", "withdrawn": "stopped",
    "submitted": "review", "returned": "review", "paused": "review", "planned": "review", "no_proof": "review",
    "changed": "review", "preparation": "review", "running": "review", "done_late": "done",
    "completed": "done", "explained": "done", "older": "done", "closed": "done",
    "ended": "stopped", "objected": "stopped", "overdue": "stopped", "cancelled": "stopped", "refused": "stopped",
    "lacking": "stopped", "absent": "stopped",
    "present": "active", "excused": "review", "moved": "review", "claimed": "review",
}  # fmt: skip


@cache
def sprite():
    return static("icons.svg")


@register.simple_tag
def icon(name, cls=""):
    return format_html(
        '<svg class="ic {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', cls, sprite(), name
    )


@register.simple_tag
def tag(code, label):
    """A coloured word: the state's code chooses the tone, the label is read."""
    return format_html('<span class="tag tag-{}">{}</span>', TONES.get(str(code), "plain"), label)


@register.filter
def months(count):
    """27 → «2 г. 3 мес.», 60 → «5 л.»; None, and what a template could not find → a dash."""
    if count in (None, ""):
        return "—"
    years, rest = divmod(int(count), 12)
    parts = [ngettext("%(n)s y.", "%(n)s y.", years) % {"n": years}] if years else []
    parts += [_("%d mo.") % rest] if rest or not years else []
    return " ".join(parts)


@register.filter
def percent(value):
    """87 → «87 %»; None → a dash, never 0 %."""
    return "—" if value is None else f"{value:.0f}\u00a0%"


@register.simple_tag(takes_context=True)
def sort_link(context, key, label):
    """A column heading that sorts by itself, and back on the second click; keeps the filters."""
    request = context["request"]
    now = request.GET.get("sort", "")
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if now == key else key
    mark = {key: " ↑", f"-{key}": " ↓"}.get(now, "")
    return format_html('<a class="sort" href="?{}">{}{}</a>', query.urlencode(), label, mark)
