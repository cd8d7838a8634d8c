"""A wrong setting is refused with its name, its value and what would be right."""

import re
from pathlib import Path

import pytest

from portal.settings import PREFIX, PROJECT, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("PORTAL_PORT", "eighty", "1 to 65535"),
        ("PORTAL_PORT", "70000", "1 to 65535"),
        ("PORTAL_BASE_URL", "http://portal.example.jp", "https://"),
        ("PORTAL_BASE_URL", "portal.example.jp", "https://"),
        ("PORTAL_TRUSTED_PROXIES", "10.0.0.0/8,proxy", "addresses or networks"),
        ("PORTAL_STORE_URL", "ftp://store", "s3://"),
        ("PORTAL_LOG_FORMAT", "xml", "console or json"),
        ("PORTAL_SMTP_TLS", "maybe", "required, or none"),
        ("PORTAL_SMTP_CA_FILE", "/nowhere/ca.pem", "certificates (PEM)"),
        ("PORTAL_MAIL_FROM", "Shokai <desk@aoba.example>", "name@example.com"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, right: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    said = str(refused.value)
    assert said.startswith(f"{name} is ")
    assert value.split(",")[-1] in said
    assert right in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("name", ["PORTAL_DATABASE_URL", "PORTAL_SMTP_URL"])
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "mysql://who:hunter2@there/x")
    with pytest.raises(SettingsError, match=name) as refused:
        load_settings()
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["smtp://who:hun/ter2@there", "smtp://who:hun#ter2@there", "smtp://", "smtp://there/inbox", "http://there"]
)
def test_what_is_no_mail_servers_address_is_refused_without_showing_the_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PORTAL_SMTP_URL", url)
    with pytest.raises(SettingsError, match="PORTAL_SMTP_URL is") as refused:
        load_settings()
    assert "hun" not in str(refused.value)


@pytest.mark.parametrize("url", ["smtps://there", "smtp://who:hunter2@mail.example"])
def test_no_encryption_is_refused_where_it_contradicts_or_would_show_a_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PORTAL_SMTP_URL", url)
    monkeypatch.setenv("PORTAL_SMTP_TLS", "none")
    with pytest.raises(SettingsError, match="PORTAL_SMTP_TLS is 'none'") as refused:
        load_settings()
    assert "hunter2" not in str(refused.value)
    monkeypatch.setenv("PORTAL_SMTP_URL", "smtp://who:hunter2@localhost:1025")
    assert load_settings().smtp_tls == "none"


def test_secrets_do_not_appear_when_the_settings_are_printed() -> None:
    given = load_settings(database_url="postgresql://a:hunter2@/b", smtp_url="smtp://a:hunter2@b")
    assert "hunter2" not in repr(given)


def test_a_misspelt_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_PROT", "8080")
    with pytest.raises(SettingsError, match="did you mean PORTAL_PORT"):
        load_settings()


def test_what_follows_from_other_settings(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, port=9000)
    assert settings.base_url == "http://localhost:9000"
    assert settings.store_url == f"file://{tmp_path}/documents"
    assert settings.master_key_folder == tmp_path / "keys"
    assert not settings.secure
    assert load_settings(base_url="https://portal.example.jp/").secure


def test_the_table_of_settings_is_complete() -> None:
    text = (PROJECT / "docs" / "configuration.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(PORTAL_\w+)` \| (.+?) \|", text, re.MULTILINE)
    right = {f"{PREFIX}{name.upper()}": field.description for name, field in Settings.model_fields.items()}
    assert dict(listed) == right
