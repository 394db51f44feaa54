"""The forms of a page as a browser reads them, and what it would send: tests post what the page really offers."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests import factories

EMPTY_TAGS = {"input", "br", "img", "hr", "meta", "link", "use", "path"}


@dataclass
class Control:
    """One named input, textarea or select; `options` are its values, `value` what it holds (None: not sent)."""

    name: str
    kind: str
    value: str | None = ""
    options: list = field(default_factory=list)
    required: bool = False
    accept: str = ""


@dataclass
class Form:
    action: str
    method: str
    controls: list = field(default_factory=list)

    def named(self, name):
        return [control for control in self.controls if control.name == name]

    def files(self):
        return [control for control in self.controls if control.kind == "file"]


class Reader(HTMLParser):
    """Collects forms; a control outside of its form is found by its `form` attribute."""

    def __init__(self):
        super().__init__()
        self.forms, self.by_id, self.strays = [], {}, []
        self.form = self.select = self.text = self.option = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.form = Form(attrs.get("action", ""), attrs.get("method", "get").lower())
            self.forms.append(self.form)
            self.by_id[attrs.get("id")] = self.form
        elif tag == "option" and self.select:
            self.option = attrs.get("value", "")
            self.select.options.append(self.option)
            if "selected" in attrs or self.select.value is None:
                self.select.value = self.option
        elif tag in ("input", "textarea", "select") and attrs.get("name") and "disabled" not in attrs:
            self.keep(self.control(tag, attrs), attrs.get("form"))

    def control(self, tag, attrs):
        kind = attrs.get("type", "text") if tag == "input" else tag
        made = Control(attrs["name"], kind, attrs.get("value", ""), required="required" in attrs)
        made.accept = attrs.get("accept", "")
        if kind in ("radio", "checkbox"):
            made.options = [attrs.get("value", "on")]
            made.value = made.options[0] if "checked" in attrs else None
        elif tag == "select":
            self.select, made.value = made, None
            made.kind = "several" if "multiple" in attrs else "select"
        elif tag == "textarea":
            self.text = made
        elif kind == "file":
            made.value = None
        return made

    def keep(self, control, form_id):
        if form_id:
            self.strays.append((form_id, control))
        elif self.form:
            self.form.controls.append(control)

    def handle_data(self, data):
        if self.text:
            self.text.value += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.text:
            self.text.value = self.text.value.removeprefix("\n")
            self.text = None


def forms_on(html):
    reader = Reader()
    reader.feed(html)
    for form_id, control in reader.strays:
        if form_id in reader.by_id:
            reader.by_id[form_id].controls.append(control)
    return [form for form in reader.forms if form.method == "post"]


def form_to(html, address):
    """The page's form that posts to the address, or None."""
    path = address.split("?")[0]
    frame = ("/theme/", "/language/", "/logout/")
    own = [form for form in forms_on(html) if form.action.split("?")[0] == path or not form.action]
    return next((form for form in own if path in frame or form.action not in frame), None)


def typed(form):
    """{name: [values]} that a browser sends once every required control is filled in."""
    data = {}
    chosen = {control.name for control in form.controls if control.kind == "radio" and control.value is not None}
    for control in form.controls:
        value = control.value
        if control.required and not value and control.name not in chosen:
            chosen |= {control.name} if control.kind == "radio" else set()
            value = filled(control)
        if value is not None and control.name != "csrfmiddlewaretoken":
            data.setdefault(control.name, []).append(value)
    return data


def filled(control):
    if control.options:
        return next((option for option in control.options if option), None)
    return {"date": factories.TODAY.isoformat(), "number": "1", "password": "длинная фраза 2024", "file": None,
            "email": "new@school.test"}.get(control.kind, "Текст")  # fmt: skip


def text_controls(form):
    """Controls into which a person types words."""
    return [control for control in form.controls if control.kind in ("text", "textarea", "search")]


def without_tokens(html):
    """The page but for its CSRF tokens, which differ every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def fields_of(page):
    """{name: value} that a browser would post from the page's last form, as it stands."""
    return {each.name: each.value for each in forms_on(page.content.decode())[-1].controls if each.value is not None}
