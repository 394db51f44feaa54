"""The house plan, checked: who may know whom, what is named how, and how tidy it is kept.

Nothing here touches the database. A new exception belongs into one of the literals below, with its reason.
"""

import ast
import re
import statistics
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.urls import URLPattern, get_resolver
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent

# The architecture: each room may know those below it, never one above it or beside it.
LAYERS = [
    ["mentorship_portal"],  # settings, Today, set-up and demo: the only place that sees everything
    ["reports"],
    ["roadmap"],
    ["surveys", "events", "publications"],  # these do not know each other
    ["pairs"],
    ["accounts"],
    ["papers"],  # how things look on paper; knows nobody
]
DEPTH = {app: depth for depth, layer in enumerate(LAYERS) for app in layer}
ROOMS = [app for app in DEPTH if (ROOT / app).is_dir()]

# Views for everybody who is signed in, with or without a role in the school.
ANY_SIGNED_IN = {
    "home", "profile", "password_change", "my_card", "about_me", "about_me_file",
    "my_consents", "consent_give", "consent_detail", "consent_scan", "consent_withdraw", "consent_paper",  # one's own
    "check_in",  # says in a sentence why not
}  # fmt: skip
# Templates that no code names yet, each with its reason.
OFFERED = {"papers/table.html": "one table on paper, for whatever room prints one"}
LONGEST_FILE = 400
TODAY_WORDS = re.compile(r"\bdate\.today\(|datetime\.now\(|datetime\.utcnow\(|\blocaldate\(|now\(\)\.date\(")
INLINE = re.compile(
    r"<[^>]*\s(style|on[a-z]+)\s*=\s*[\"']|<script(?![^>]*\ssrc=)|<style[\s>]|javascript:", re.IGNORECASE
)


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(app):
    return sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def all_sources():
    return [path for app in ROOMS for path in sources(app)]


def label(path):
    return path.relative_to(ROOT).as_posix()


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


# ---------------------------------------------------------------- the arrow


def imported(path):
    """Every room of ours that a file names: imports anywhere in it, and names given as text to import or get a model."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "" if not node.level else label(path).split("/")[0]
        elif isinstance(node, ast.Call) and called(node) in {
            "import_module",
            "get_model",
            "import_string",
            "get_app_config",
        }:
            yield from (
                word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
            )


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def may_know(app, other):
    return app == other or DEPTH[app] < DEPTH[other]


def arrows_to_the_left(app, names):
    rooms = {name.split(".")[0] for name in names} & set(DEPTH)
    return sorted(other for other in rooms if not may_know(app, other))


@pytest.mark.parametrize("app", ROOMS)
def test_a_room_imports_only_rooms_to_its_right(app):
    found = {label(path): arrows_to_the_left(app, imported(path)) for path in sources(app)}
    assert {path: rooms for path, rooms in found.items() if rooms} == {}


@pytest.mark.parametrize("model", [model for app in ROOMS for model in apps.get_app_config(app).get_models()], ids=str)
def test_a_model_points_only_at_models_to_its_right(model):
    fields = [*model._meta.get_fields(include_hidden=True)]
    targets = {
        field.name: field.related_model._meta.app_label
        for field in fields
        if field.is_relation and not field.auto_created and field.related_model
    }
    wrong = {name: app for name, app in targets.items() if app in DEPTH and not may_know(model._meta.app_label, app)}
    assert wrong == {}


@pytest.mark.parametrize(
    "line",
    [
        "from roadmap.models import Item",
        "import roadmap.models as r",
        "def late():\n    from roadmap import models",
        "import_module('roadmap.models')",
        "apps.get_model('roadmap', 'Item')",
        "apps.get_model('roadmap.Item')",
    ],
)
def test_the_arrow_test_sees_every_way_to_the_left(tmp_path, line):
    path = tmp_path / "probe.py"
    path.write_text(line)
    assert arrows_to_the_left("pairs", imported(path)) == ["roadmap"]
    assert arrows_to_the_left("reports", imported(path)) == []


def test_every_room_has_its_place_in_the_plan():
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert ours - set(DEPTH) == set()


def test_nobody_uses_signals():
    words = re.compile(r"django\.dispatch|models\.signals|contrib\.auth\.signals|@receiver")
    assert [label(path) for path in all_sources() if words.search(path.read_text())] == []


# ---------------------------------------------------------------- names


@cache
def our_urls():
    """{URL name: (view, route)} of our rooms."""
    found = {}

    def walk(patterns, before=""):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                if pattern.callback.__module__.split(".")[0] in DEPTH:
                    found[pattern.name] = (pattern.callback, route)
            elif pattern.app_name != "admin":
                walk(pattern.url_patterns, route)

    walk(get_resolver().url_patterns)
    return found


@cache
def functions_of(module):
    """{name: node} of the functions that stand in a module's own file."""
    path = ROOT.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}


def decorators(view):
    for mark in functions_of(view.__module__)[view.__name__].decorator_list:
        mark = mark.func if isinstance(mark, ast.Call) else mark
        yield getattr(mark, "attr", getattr(mark, "id", ""))


def names_reached(view):
    """Every name that a view uses, directly or through the other functions of its module."""
    functions, found, to_read = functions_of(view.__module__), set(), [view.__name__]
    while to_read:
        for node in ast.walk(functions[to_read.pop()]):
            if isinstance(node, ast.Name) and node.id not in found:
                found.add(node.id)
                to_read += [node.id] if node.id in functions else []
    return found


def test_a_view_bears_the_name_of_its_url():
    assert {name: view.__name__ for name, (view, _) in our_urls().items() if view.__name__ != name} == {}


def test_every_view_says_who_may_open_it():
    """`roles_allowed`, `login_not_required`, or the list of what every signed-in person may."""
    open_to_all = {
        name
        for name, (view, _) in our_urls().items()
        if not hasattr(view, "roles") and getattr(view, "login_required", True)
    }
    assert open_to_all - ANY_SIGNED_IN == set()
    assert ANY_SIGNED_IN - open_to_all == set()


def has_page(view):
    """Files, redirects and steps (POST only) have no page of their own."""
    return "require_POST" not in decorators(view) and "render" in names_reached(view)


def test_a_view_with_a_page_has_the_template_of_its_name():
    pages = {f"{view.__module__.split('.')[0]}/{name}.html" for name, (view, _) in our_urls().items() if has_page(view)}
    assert len(pages) > 20
    assert sorted(page for page in pages if not (ROOT / "templates" / page).exists()) == []


@cache
def mentioned_in_code_and_templates():
    """Every "….html" that code or another template names."""
    files = [*all_sources(), *templates()]
    return set(re.findall(r"[\"']([\w/]+\.html)[\"']", "\n".join(path.read_text() for path in files)))


def test_no_template_is_unused():
    names = {path.relative_to(ROOT / "templates").as_posix() for path in templates()}
    assert sorted(names - mentioned_in_code_and_templates() - set(OFFERED)) == []


def test_no_template_is_missing():
    names = {path.relative_to(ROOT / "templates").as_posix() for path in templates()}
    wanted = {name for name in mentioned_in_code_and_templates() if name.split("/")[0] in [*DEPTH, "ui", "errors"]}
    assert sorted(wanted - names) == []


# ---------------------------------------------------------------- tidiness


def test_no_file_is_too_long():
    lines = {label(path): len(path.read_text().splitlines()) for path in all_sources()}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}


def length(function):
    """Lines of a function from `def` to its end, without its docstring."""
    first = function.body[0]
    told = first.end_lineno - first.lineno + 1 if ast.get_docstring(function) else 0
    return function.end_lineno - function.lineno + 1 - told


def test_functions_are_short():
    lengths = sorted(
        length(node) for path in all_sources() for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)
    )
    half, nine_in_ten = statistics.median(lengths), statistics.quantiles(lengths, n=10)[8]
    print(
        f"{len(lengths)} functions: half under {half} lines, nine in ten under {nine_in_ten:.0f}, longest {lengths[-1]}"
    )
    assert half < 8
    assert nine_in_ten <= 30


def test_no_template_carries_style_or_script_of_its_own():
    found = {path.relative_to(ROOT).as_posix(): INLINE.findall(path.read_text()) for path in templates()}
    assert {path: hits for path, hits in found.items() if hits} == {}


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color:red">',
        "<a class='x' onclick='go()'>",
        "<script>go()</script>",
        '<a href="javascript:go()">',
        "<style>",
    ],
)
def test_the_template_test_sees_every_way_to_be_inline(line):
    assert INLINE.search(line)
    assert not INLINE.search('<script src="/static/app.js" defer></script><details data-stylish="1" class="style">')


def saves_past_the_journal(function):
    """`anything.save()` but `journal.save()`; a formset may, where the same function records the act."""
    calls = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
    recorded = "journal.record" in calls
    return [
        call
        for call in calls
        if call.endswith((".save", ".bulk_create"))
        and call != "journal.save"
        and not (call == "formset.save" and recorded)
    ]


def test_views_save_through_the_journal():
    views = [path for path in all_sources() if "views" in label(path)]
    functions = [node for path in views for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    found = {function.name: saves_past_the_journal(function) for function in functions}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_only_the_clock_knows_what_day_it_is():
    found = [label(path) for path in all_sources() if TODAY_WORDS.search(path.read_text())]
    assert found == ["accounts/clock.py"]


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    with translation.override(None):  # or every label would differ from the one in the migration
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    assert {app: [str(step) for step in steps[0].operations] for app, steps in changes.items()} == {}
