"""What the portal needs of the machine beside Python: Pango for PDFs, fonts for every script, and libseccomp.

Run as a program it prints the Debian packages that are missing, one a line, with --tests also what
the tests need; `script/setup` does.
"""

import ctypes
import shutil
import subprocess
import sys
from dataclasses import dataclass

from portal.resume import seccomp

_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
# One language for each script that a name or an address may be written in.
_SCRIPTS = {
    "ja": ("Japanese", "fonts-noto-cjk"),
    "ko": ("Korean", "fonts-noto-cjk"),
    "zh-cn": ("Chinese", "fonts-noto-cjk"),
    "en": ("Latin", "fonts-noto-core"),
    "vi": ("Vietnamese", "fonts-noto-core"),
    "ru": ("Cyrillic", "fonts-noto-core"),
    "my": ("Myanmar", "fonts-noto-core"),
    "ne": ("Devanagari", "fonts-noto-core"),
    "th": ("Thai", "fonts-noto-core"),
    "ar": ("Arabic", "fonts-noto-core"),
    "bn": ("Bengali", "fonts-noto-core"),
    "km": ("Khmer", "fonts-noto-core"),
    "lo": ("Lao", "fonts-noto-core"),
    "si": ("Sinhala", "fonts-noto-core"),
    "ta": ("Tamil", "fonts-noto-core"),
    "und-zsye": ("emoji", "fonts-noto-color-emoji"),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WINDOWLESS = "chromium-headless-shell"  # the first of them, without what surrounds a page on a screen


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not there, and the Debian package that brings it."""

    what: str
    package: str


def missing_libraries() -> list[Missing]:
    """Return the shared libraries of WeasyPrint that cannot be loaded."""
    return [Missing(name, package) for name, package in _LIBRARIES.items() if not _loads(name)]


def missing_confinement() -> list[Missing]:
    """Return the library without which no worker can be confined."""
    return [] if sys.platform != "linux" or _loads(seccomp.LIBRARY) else [Missing(seccomp.LIBRARY, seccomp.PACKAGE)]


def missing_fonts() -> list[Missing]:
    """Return the scripts no installed font can write."""
    if not shutil.which("fc-list"):
        return [Missing("fontconfig, which finds fonts", "fontconfig")] + [
            Missing(f"a font for {name}", package) for name, package in _SCRIPTS.values()
        ]
    listed = subprocess.run(
        ["fc-list", ":", "lang", "family"],  # noqa: S607 - wherever the system keeps it
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    covered: set[str] = set()
    noto = False
    for line in listed.splitlines():
        family, _, languages = line.partition(":lang=")
        noto = noto or family.split(",")[0] == "Noto Sans"
        covered |= set(languages.split("|"))
    found = [
        Missing(f"a font for {name}", package)
        for language, (name, package) in _SCRIPTS.items()
        if language not in covered
    ]
    return found if noto else [*found, Missing("the font Noto Sans", "fonts-noto-core")]


def missing_for_tests() -> list[Missing]:
    """Return what only the tests need and is not there."""
    browser = next(filter(shutil.which, BROWSERS), None)
    found = [] if browser else [Missing("a browser for the tests", BROWSERS[0])]
    if browser in (None, BROWSERS[0]) and not shutil.which(WINDOWLESS):
        found.append(Missing("a browser without windows, in which a page costs the tests half", WINDOWLESS))
    if not shutil.which("pdftotext"):
        found.append(Missing("pdftotext, with which the tests read PDFs", "poppler-utils"))
    if not _loads("libatomic.so.1"):
        found.append(Missing("a library of the program inside Playwright that drives the browser", "libatomic1"))
    return found


def packages(missing: list[Missing]) -> list[str]:
    """Return the packages to install, each once."""
    return sorted({each.package for each in missing})


def install_command(missing: list[Missing]) -> str:
    """Return the command that installs them on Debian and Ubuntu."""
    return f"sudo apt-get install --no-install-recommends {' '.join(packages(missing))}"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    wanted = missing_libraries() + missing_confinement() + missing_fonts()
    if "--tests" in sys.argv[1:]:
        wanted += missing_for_tests()
    for package in packages(wanted):
        sys.stdout.write(f"{package}\n")
