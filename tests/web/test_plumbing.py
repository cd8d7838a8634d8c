"""Static files, cookies, networks, safe paths, the choice of language, the process log."""

import gzip
import json
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has none
import pytest
import structlog
from litestar import get

from portal import logs
from portal.accounts.handlers import routes as account_routes
from portal.database.answers import TooMany
from portal.database.viewer import new_secret
from portal.web import cookies
from portal.web.cookies import Cookies
from portal.web.forms import ONLY_SHOW
from portal.web.kept import KeptForm, loads
from portal.web.markers import public
from portal.web.network import Hosts
from portal.web.static import ASK, FOREVER, StaticFiles
from portal.web.untouched import STANDS, digest
from tests.web.support import browser, csrf_token, kit_app


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "portal.css").write_text("body { color: black }" * 40)
    (tmp_path / "fonts" / "a.woff2").write_bytes(b"font")
    (tmp_path / "strange.zzz").write_bytes(b"?")
    (tmp_path / ".hidden").write_text("x")
    return StaticFiles(tmp_path)


def test_an_address_changes_with_any_file(files: StaticFiles, tmp_path: Path) -> None:
    address = files.address("portal.css")
    assert address == f"/static/{files.version}/portal.css"
    (tmp_path / "fonts" / "a.woff2").write_bytes(b"another")
    assert StaticFiles(tmp_path).address("portal.css") != address
    with pytest.raises(LookupError, match=r"missing\.css"):
        files.address("missing.css")


def test_addresses_with_the_digest_are_kept_for_a_year(files: StaticFiles) -> None:
    found = files.find(f"{files.version}/portal.css")
    assert found is not None
    assert (found[0].media_type, found[1]) == ("text/css", FOREVER)
    plain = files.find("fonts/a.woff2")
    assert plain is not None
    assert (plain[0].media_type, plain[1]) == ("font/woff2", ASK)
    strange = files.find("strange.zzz")
    assert strange is not None
    assert strange[0].media_type == "application/octet-stream"


@pytest.mark.parametrize("path", [".hidden", "../pyproject.toml", "/etc/passwd", "", "0123/portal.css", "fonts"])
def test_nothing_else_is_served(files: StaticFiles, path: str) -> None:
    assert files.find(path) is None


def test_files_come_compressed_when_that_is_understood(files: StaticFiles) -> None:
    found = files.find("portal.css")
    assert found is not None
    name, content = found[0].best("gzip, deflate, br;q=0.9")
    assert (name, brotli.decompress(content)[:4]) == ("br", b"body")
    name, content = found[0].best("gzip")
    assert (name, gzip.decompress(content)[:4]) == ("gzip", b"body")
    assert found[0].best("")[0] == ""


def test_a_missing_folder_has_no_files(tmp_path: Path) -> None:
    assert StaticFiles(tmp_path / "none").find("a") is None


async def test_static_files_over_http() -> None:
    async with browser(kit_app(None)) as client:
        answer = await client.get("/static/portal.css", headers={"Accept-Encoding": "br"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
        assert (answer.headers["content-encoding"], answer.headers["cache-control"]) == ("br", ASK)
        again = await client.get("/static/portal.css", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        plain = await client.get("/static/portal.css", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert (await client.get("/static/../pyproject.toml")).status_code == 404


@pytest.mark.parametrize(
    ("lang", "back", "location", "kept"),
    [
        ("en", "/candidates", "/candidates", True), ("tlh", "/candidates", "/candidates", False),
        ("ja", "//evil.example", "/", True), ("ja", "https://evil.example/", "/", True), ("en", "", "/", True),
    ],
)  # fmt: skip
async def test_the_chosen_language_is_kept(lang: str, back: str, location: str, kept: bool) -> None:
    async with browser(kit_app(None), headers={"Accept-Language": "ja"}) as client:
        page = await client.get("/nowhere")
        assert 'lang="ja"' in page.text
        data = {"csrf_token": csrf_token(page.text), "lang": lang, "back": back}
        answer = await client.post("/language", data=data)
        assert (answer.status_code, answer.headers["location"]) == (303, location)
        assert ("lang=" in answer.headers.get("set-cookie", "")) == kept
        shown = (await client.get("/nowhere")).text
        assert f'<html lang="{lang if kept else "ja"}"' in shown


async def test_a_form_that_nobody_touched_leads_to_its_page_in_the_other_language() -> None:
    async with browser(kit_app(None, *account_routes), headers={"Accept-Language": "ja"}) as client:
        untouched = {"csrf_token": csrf_token((await client.get("/sign-in")).text), STANDS: digest([])}
        for typed, status, location in (("", 303, "/sign-in"), ("lan@example.com", 307, "/sign-in")):
            sent = {**untouched, ONLY_SHOW: "yes", "email": typed}
            answer = await client.post("/language?lang=en&to=/sign-in", data=sent)
            assert (answer.status_code, answer.headers["location"]) == (status, location)
            assert "lang=en" in answer.headers["set-cookie"]


async def test_the_address_of_the_language_form_opened_again_leads_to_the_start() -> None:
    async with browser(kit_app(None)) as client:
        answer = await client.get("/language")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


@get("/busy/{seconds:int}", opt=public())
async def busy(seconds: int) -> str:
    raise TooMany(seconds)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "about 1 second."), (90, "about 90 seconds."), (91, "about 2 minutes."), (601, "about 11 minutes.")],
)
async def test_whoever_is_to_wait_is_told_for_how_long(seconds: int, said: str) -> None:
    async with browser(kit_app(None, busy), headers={"Accept-Language": "en"}) as client:
        answer = await client.get(f"/busy/{seconds}")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, str(seconds))
        assert f"Try again in {said}" in answer.text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('["/a", [["x", "1"], ["x", "2"]], true]', KeptForm("/a", (("x", "1"), ("x", "2")), searches=True)),
        ('["/a", [], false]', KeptForm("/a", ())), ('["/a", [["x", 1]], false]', None),
        ('[["/a"], [], false]', None), ('["/a", [["x", "\\ud800"]], false]', None),
        ('["//evil.example", [], false]', None), ('["/a", [["x"]], false]', None), ('["/a"]', None), ("nope", None),
    ],
)  # fmt: skip
def test_a_kept_form_is_read_as_it_was_written_or_not_at_all(text: str, form: KeptForm | None) -> None:
    assert loads(text) == form
    assert form is None or loads(form.dumps()) == form


def test_a_bad_cookie_hides_no_other() -> None:
    assert cookies.read("a=1; b=2") == {"a": "1", "b": "2"}
    assert cookies.read('x,y="; portal=1; lang') == {"x,y": '"', "portal": "1", "lang": ""}
    assert cookies.secret_in({"portal": "short"}, "portal") == ""
    secret = new_secret()
    assert cookies.secret_in({"portal": secret}, "portal") == secret


def test_a_dropped_cookie_is_over_at_once() -> None:
    assert Cookies(https=True).drop("__Host-portal") == (
        b"__Host-portal=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"
    )


@pytest.mark.parametrize(
    ("base", "good", "bad"),
    [
        ("https://portal.example.jp", ["portal.example.jp", "PORTAL.example.jp:443"], ["portal.example.jp:80"]),
        ("https://portal.example.jp:8443", ["portal.example.jp:8443"], ["portal.example.jp"]),
        ("http://localhost:8000", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"], ["localhost", "[::1]"]),
        ("http://[::1]:8000", ["[::1]:8000"], ["::1:8000"]),
    ],
)  # fmt: skip
def test_hosts(base: str, good: list[str], bad: list[str]) -> None:
    hosts = Hosts(base)
    assert all(hosts.allows(host) for host in good)
    assert not any(hosts.allows(host) for host in bad)


@pytest.mark.parametrize("form", ["json", "console"])
def test_the_process_log_is_one_line_per_event(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(form, "info")
    log = structlog.get_logger()
    log.debug("unheard")
    log.info("request", route="/candidates/{introduction}")
    structlog.reset_defaults()
    written = capsys.readouterr().err.splitlines()
    assert len(written) == 1
    assert "/candidates/{introduction}" in written[0]
    assert form == "console" or json.loads(written[0])["event"] == "request"
