"""A demo names whom to call at the operator, so that its pages read as they would in use; nobody else is given that."""

from pathlib import Path

import pytest

from portal.demo.contact import CONTACT
from portal.operate.demo import with_demo_contact
from portal.operate.environment import child_environment
from portal.settings import PREFIX, Settings, load_settings


def as_the_web_process_reads_them(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The contact in the settings of a child of `portal up`."""
    for name, value in child_environment(with_demo_contact(settings), "postgresql://portal_web@/portal").items():
        monkeypatch.setenv(name, value)
    read = load_settings()
    return {name: getattr(read, name) for name in CONTACT}


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a portal that began with the demo world, and nothing configured."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    (tmp_path / "demo").write_text("loaded")
    return tmp_path


def test_a_demo_has_the_demos_contact(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_the_web_process_reads_them(load_settings(home=demo), monkeypatch) == CONTACT
    assert "demo" in CONTACT["operator_name"]
    assert CONTACT["operator_email"].endswith(".example.jp")


def test_a_contact_that_was_set_is_the_one_that_is_shown(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_OPERATOR_EMAIL", "us@ourselves.example")
    read = as_the_web_process_reads_them(load_settings(home=demo), monkeypatch)
    assert read["operator_email"] == "us@ourselves.example"
    assert read["operator_telephone"] == ""


@pytest.mark.parametrize("state", [None, "loading"])
def test_a_portal_that_is_no_demo_has_none(demo: Path, monkeypatch: pytest.MonkeyPatch, state: str | None) -> None:
    (demo / "demo").unlink()
    if state:
        (demo / "demo").write_text(state)
    read = as_the_web_process_reads_them(load_settings(home=demo), monkeypatch)
    assert read["operator_email"] == read["operator_telephone"] == ""
