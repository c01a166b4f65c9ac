"""What every template must keep, whoever writes it: nothing inline, no icon and no class that does not exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "matchmaker" / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_SHEETS = sorted(STATIC.glob("*.css"))
SHEETS = [*OWN_SHEETS, STATIC / "vendor" / "tabler.min.css"]


def name_of(template: Path) -> str:
    """Name a template by its path under templates/."""
    return template.relative_to(ROOT / "templates").as_posix()


def markup(template: Path) -> str:
    """Read a template without its comments."""
    return re.sub(r"{#.*?#}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_carries_nothing_the_content_security_policy_refuses(template: Path) -> None:
    text = markup(template)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert "hx-on" not in text
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_icon_a_template_names_is_in_the_sprite(template: Path) -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor" / "icons.svg").read_text(encoding="utf-8")))
    named = set(re.findall(r"""\bicon(?:_name)?(?:\(|=)\s*["']([a-z0-9-]+)["']""", markup(template)))
    assert named <= sprite


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_class_a_template_writes_out_is_styled(template: Path) -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in SHEETS)
    styled = set(re.findall(r"\.([A-Za-z_][\w-]*)", styles))
    written = {word for value in re.findall(r'class="([^"]*)"', markup(template)) for word in plain_words(value)}
    assert written <= styled


def plain_words(value: str) -> list[str]:
    """List the words of a class attribute that no expression completes."""
    words = re.sub(r"\S*{{.*?}}\S*", " ", re.sub(r"{%.*?%}", " ", value)).split()
    return [word for word in words if re.fullmatch(r"[A-Za-z_][\w-]*", word)]


@pytest.mark.parametrize("sheet", OWN_SHEETS, ids=lambda sheet: sheet.name)
def test_a_stylesheet_points_only_at_files_that_are_there(sheet: Path) -> None:
    styles = sheet.read_text(encoding="utf-8")
    for path in re.findall(r'url\("([^":?]+)(?:\?[^"]*)?"\)', styles):
        assert (STATIC / path).is_file(), path


def test_every_static_file_a_template_names_is_there() -> None:
    for template in TEMPLATES:
        for path in re.findall(r"asset\(['\"]([^'\"]+)['\"]\)|filename=['\"]([^'\"]+)['\"]", markup(template)):
            assert (STATIC / "".join(path)).is_file(), (name_of(template), path)
