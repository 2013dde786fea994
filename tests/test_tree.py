"""The tests' tree mirrors the source's: each module has its tests where one looks for them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("client_tui", "server")

# Modules without a test file of their own, each with its reason.
EXCEPTIONS = {
    "client_tui/finding/news.py": "values only, each heard by tests/finding/test_finder.py",
    "client_tui/__main__.py": "two lines, run by tests/cli/test_command.py",
    "client_tui/wire/observer.py": "a protocol: types only",
    "server/__main__.py": "its tests are in tests/server/test_main.py",
    "server/close_codes.py": "constants, each sent by a test of the room that uses it",
    "server/paths.py": "constants, each requested by a test of the routing",
}


def modules() -> list[Path]:
    """Return every module that does more than name what is in its folder."""
    found = [path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in found if path.name != "__init__.py")


def place_of_tests(module: Path) -> Path:
    """Return where the tests of a module are: those of the client lie in tests/ itself."""
    package, *rooms = module.parts[:-1]
    below = rooms if package == "client_tui" else [package, *rooms]
    return Path("tests", *below, f"test_{module.stem}.py")


@pytest.mark.parametrize("module", modules(), ids=str)
def test_every_module_has_its_tests(module):
    wanted = place_of_tests(module)
    if str(module) in EXCEPTIONS:
        assert not (ROOT / wanted).exists(), f"{module} is no exception any more: take it off the list"
    else:
        assert (ROOT / wanted).is_file(), f"{wanted} is missing"


def test_every_exception_is_a_module():
    assert set(EXCEPTIONS) <= {str(module) for module in modules()}
