"""A download and its proof in a browser without a network: static/verify.html says as much as the command."""

import json
import re
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import asyncpg
import pytest
from playwright.sync_api import Browser, Page, expect

from portal.accesslog.seal.sealer import seal
from portal.disclosure.receipts.attached import attach, take_apart
from portal.settings import PROJECT
from tests.browser.site import Site
from tests.database import finish
from tests.disclosure.downloads import cosign

PAGE = PROJECT / "static" / "verify.html"
GOOD = "The receipt holds, and the log holds it."


@pytest.fixture
def taken(site: Site, sign_in: Callable[[str], Page], tmp_path: Path) -> tuple[Path, Path]:
    """Linh's resume as Hana received it, and its proof, as files."""
    page, linh = sign_in("recruiter"), site.people["linh"]
    answer = page.request.get(f"{site.address}{linh.page}/resume.pdf?form=ja&calendar=era")
    file, proof = tmp_path / "resume.pdf", tmp_path / "proof.json"
    file.write_bytes(answer.body())
    attached = take_apart(answer.body())
    assert attached is not None
    number = json.loads(_unb64(attached.signed.split(".")[1]))["number"]
    finish(_sealed(site))
    proof.write_bytes(page.request.get(f"{site.address}/receipts/{number}/bundle").body())
    return file, proof


async def _sealed(site: Site) -> None:
    worker = await asyncpg.connect(site.database.url("portal_worker"))
    await seal(worker, site.portal.settings.log_key_folder, "portal.example.jp/log")
    await worker.close()
    await cosign(site.database.url("portal_owner"))


def _unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def offline(browser: Browser) -> Page:
    """The page, opened from the disk in a browser without a network. Nothing may be asked for."""
    context = browser.new_context(locale="en-GB", offline=True)
    page = context.new_page()
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(PAGE.as_uri())
    assert asked == [PAGE.as_uri()]
    return page


def looked_at(page: Page, *files: Path) -> str:
    """What the page says of these files alone."""
    page.reload()
    page.locator("#files").set_input_files([str(file) for file in files])
    expect(page.locator("#answer .verdict")).to_be_visible()
    found = page.locator("#answer [data-kind]")
    return str(found.get_attribute("data-kind")) if found.count() else page.locator(".verdict").inner_text()


def test_it_accepts_what_left_the_portal_and_says_what_it_was(
    site: Site, taken: tuple[Path, Path], offline: Page, tmp_path: Path
) -> None:
    assert GOOD in looked_at(offline, *taken)
    said = offline.locator("#answer").inner_text()
    for text in (
        site.cast.hana.display_name,
        site.people["linh"].introduction.code,
        str(site.people["linh"].consent.id),
    ):
        assert text in said
    assert "known from the proof alone" in said
    assert "witness.example, 29 November 2026" in said
    offline.locator("#logkey").fill(json.loads(taken[1].read_text())["keys"]["log"][0])
    expect(offline.locator("dd", has_text="the key that you gave")).to_have_count(1)
    offline.locator("#language").click()
    expect(offline.locator(".verdict")).to_contain_text("受領証は正しく")
    assert looked_at(offline, taken[0]) == "key_unknown"
    public = tmp_path / "keys.json"
    public.write_text(json.dumps({"keys": json.loads(taken[1].read_text())["keys"]["receipt"]}))
    assert "was not checked" in looked_at(offline, taken[0], public)


def test_it_refuses_what_was_changed(taken: tuple[Path, Path], offline: Page, tmp_path: Path) -> None:
    file, proof = taken[0].read_bytes(), json.loads(taken[1].read_text())
    attached = take_apart(file)
    assert attached is not None
    signed = attached.signed.encode()
    header, payload, signature = attached.signed.split(".")
    said = json.loads(_unb64(payload))
    said["items"] = said["items"][1:]
    forged = urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
    changed_item = json.loads(json.dumps(proof))
    first = changed_item["entries"][0]
    first["entry"] = re.sub(r'"items":\d+', '"items":1', first["entry"])
    moved = json.loads(json.dumps(proof))
    moved["entries"][1]["leaf"] -= 1
    recosigned = json.loads(json.dumps(proof))
    recosigned["entries"][1]["checkpoint"] = re.sub(
        r"(witness\.example \S{30})(\S)",
        lambda found: found[1] + ("A" if found[2] != "A" else "B"),
        proof["entries"][1]["checkpoint"],
    )
    place = file.index(signed) + len(header) + 40
    other = b"A" if file[place : place + 1] != b"A" else b"B"
    page_byte = bytearray(file)
    page_byte[len(attached.before) // 2] ^= 1
    tried = {
        "signature": (file[:place] + other + file[place + 1 :], proof),
        "another_file": (bytes(page_byte), proof),
        "no_receipt": (attached.before, proof),
        "another_bundle": (file, changed_item),
        "not_in_log": (file, moved),
        "key_unknown": (file, proof | {"keys": {"log": [], "receipt": []}}),
        "cosignature": (file, recosigned),
    }
    item = attach(attached.before, attached.place, ".".join((header, forged, signature)))
    tried["signature of other items"] = (item, proof)
    for kind, (pdf, bundle) in tried.items():
        one, two = tmp_path / "one.pdf", tmp_path / "two.json"
        one.write_bytes(pdf)
        two.write_text(json.dumps(bundle))
        assert looked_at(offline, one, two) == kind.split()[0]


def test_its_own_policy_names_what_stands_in_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for kind in ("script", "style"):
        (inside,) = re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text
    assert re.findall(r"https?://", text) == []
