"""The rules of the house: direction of imports, sizes, and who writes what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from statistics import median

import wsgi
from portal.config import Settings
from portal.files import storing
from tests.house.source import ROOT, functions, imports, length, modules
from tests.throughout import for_each

NAMES = sorted(modules())
#: The plumbing of the sites: everything else is data, rules or verbs.
SEES_REQUESTS = {
    *("wsgi", "views", "site", "assets", "security", "errors", "i18n", "unit", "health", "holding"),
    *("forms", "installation", "drawn"),
}
MAY_COMMIT = {"db", "views", "unit"}
FORBIDDEN_NAMES = {"manager", "helper", "helpers", "utils", "util", "common", "misc"}


@for_each([name for name in NAMES if name.startswith("portal")])
def test_the_public_room_never_imports_the_staff_room(name: str) -> None:
    assert not {target for target in imports(name) if target.split(".")[0] != "portal"}


def test_only_one_file_knows_both_rooms_from_outside() -> None:
    named = {wsgi.PUBLIC_ROOM.split(".")[0], wsgi.STAFF_ROOM.split(".")[0]}
    assert named == {"portal", "moderation"}
    assert not [name for name in NAMES if "wsgi" in imports(name)]
    importers = [name for name, tree in modules().items() if "import_module" in ast.unparse(tree)]
    assert importers == ["portal.files.storing", "wsgi"]
    assert storing.LIBRARY.startswith("portal.")


def test_the_public_process_does_not_even_load_the_staff_room(public_settings: Settings) -> None:
    """Nor what is large and for others: the reading of files, their store, slow hashes, days."""
    never = (
        "moderation",
        "alembic",
        "PIL",
        "pi_heif",
        "pikepdf",
        "obstore",
        "argon2",
        "holidays",
        "fpdf",
        "fontTools",
    )
    program = (
        "import sys; from pathlib import Path; from portal.config import Settings; import wsgi;"
        f"wsgi.create_public_app(Settings(database_url={public_settings.database_url!r},"
        f"keys=Path({str(public_settings.keys)!r})));"
        f"print([name for name in sys.modules if name.split('.')[0] in {never!r}])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_no_imports_go_in_a_circle() -> None:
    """A package's own front page counts as the package, so only real modules can circle."""
    fronts = {name for name in NAMES if any(other.startswith(f"{name}.") for other in NAMES)}
    graph = {name: imports(name) - fronts for name in NAMES if name not in fronts}
    state: dict[str, int] = {}

    def visit(name: str, path: list[str]) -> None:
        assert state.get(name) != 1, " → ".join([*path, name])
        if state.get(name) == 2 or name not in graph:
            return
        state[name] = 1
        for target in sorted(graph[name]):
            visit(target, [*path, name])
        state[name] = 2

    for name in graph:
        visit(name, [])


@for_each([name for name in NAMES if "forms" in name.split(".")])
def test_a_form_knows_no_page(name: str) -> None:
    assert not {target for target in imports(name) if "views" in target.split(".")}


@for_each(NAMES)
def test_no_function_imports(name: str) -> None:
    for function in functions(name):
        inner = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        assert not inner, f"{name}.{function.name}"


@for_each(NAMES)
def test_files_and_functions_stay_within_their_room(name: str) -> None:
    assert length(name) <= 250
    for function in functions(name):
        assert _lines(function) <= 40, f"{name}.{function.name}"


def test_the_median_function_is_short() -> None:
    assert median(_lines(function) for name in NAMES for function in functions(name)) <= 10


@for_each([name for name in NAMES if ".views" in name])
def test_views_are_short(name: str) -> None:
    for function in functions(name):
        if _is_view(function):
            assert _lines(function) <= 20, f"{name}.{function.name}"


@for_each(NAMES)
def test_every_module_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(modules()[name])
    assert not FORBIDDEN_NAMES & set(name.split("."))


def test_only_perform_assigns_the_status_of_a_case() -> None:
    writers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "status"
    }
    assert writers == {"moderation.workflow.performing"}


def test_no_statement_updates_a_status_behind_the_back_of_perform() -> None:
    for name, tree in modules().items():
        for line in ast.unparse(tree).splitlines():
            assert not ("update(Case)" in line and "status" in line), name


@for_each(NAMES)
def test_who_holds_a_row_lets_others_refer_to_it(name: str) -> None:
    """Else two workers wait in a circle: a new row of one refers to what the other holds."""
    held = [call for call in ast.walk(modules()[name]) if isinstance(call, ast.Call)]
    for call in held:
        said = {each.arg: ast.unparse(each.value) for each in call.keywords}
        if isinstance(call.func, ast.Attribute) and call.func.attr == "with_for_update":
            assert said.get("key_share") == "True", ast.unparse(call)
        assert said.get("with_for_update", "") in ("", "{'key_share': True}"), ast.unparse(call)


@for_each(NAMES)
def test_verbs_never_see_the_request_and_never_commit(name: str) -> None:
    source = ast.unparse(modules()[name])
    parts = set(name.split("."))
    if not parts & SEES_REQUESTS:
        assert not re.search(r"from flask import .*\b(request|g|session|current_app)\b", source)
    if not parts & MAY_COMMIT:
        assert ".commit()" not in source


def test_bleach_is_used_in_one_file_only() -> None:
    users = [name for name, tree in modules().items() if "import bleach" in ast.unparse(tree)]
    users += [name for name, tree in modules().items() if "from bleach" in ast.unparse(tree)]
    assert len(set(users)) == 1


def test_no_page_asks_a_third_party_for_anything() -> None:
    pattern = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", re.I)
    for folder in ("templates", "portal/static"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".html", ".css", ".js", ".svg"}:
                assert not pattern.search(path.read_text()), path.name


def test_templates_hold_no_inline_style_or_script() -> None:
    pattern = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)", re.I)
    for path in (ROOT / "templates").rglob("*.html"):
        assert not pattern.search(path.read_text()), path.name


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a decorator registers the function as a route."""
    return any(
        isinstance(d, ast.Call)
        and isinstance(d.func, ast.Attribute)
        and d.func.attr in {"route", "get", "post"}
        for d in function.decorator_list
    )
