"""Hana's download carries a receipt. With its proof anybody checks it who has neither portal nor database."""

import asyncio
import io
import json
import random
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.accesslog.seal.tree import leaf_hash
from portal.cli import main
from portal.disclosure.commands import LARGEST
from portal.disclosure.receipts import keys
from portal.disclosure.receipts.attached import NAME, Place, attach, take_apart
from portal.disclosure.receipts.bundle import NoBundle, Proved, read
from portal.disclosure.receipts.check import Checked, Cosigned, check
from portal.own_files import write_own
from portal.resume.stamp import place_in
from portal.web.tokens import BadToken, ReceiptSigner, Signer, TokenKind, Verifier, read_receipt
from tests.client import Portal
from tests.disclosure.downloads import WITNESS, Downloaded, downloaded, sealed
from tests.documents.readers import pixels_of, text_of
from tests.journeys.cast import HAO


@pytest.fixture
async def given(portal: Portal, tmp_path: Path) -> Downloaded:
    return await downloaded(portal, tmp_path / "log-key")


def kinds(found: Checked) -> list[str]:
    return [fault.kind for fault in found.wrong]


async def test_the_receipt_says_what_the_log_does_and_the_proof_holds(portal: Portal, given: Downloaded) -> None:
    bundle = read(given.bundle)
    found = check(given.file, given.keys, bundle, bundle.log_keys)
    assert (found.wrong, found.sealed, found.key_given, found.log_key_given) == ([], True, True, True)
    assert found.receipt is not None
    said = found.receipt
    shown, left = await portal.log("action in ('resume_read', 'handed_over')")
    assert left["document_digest"].hex() == said["document"]["sha256"]
    assert sha256(given.file[: said["document"]["bytes"]]).digest() == left["document_digest"]
    assert said["account"] == {"id": str(given.people.hana.id), "name": given.people.hana.display_name}
    assert said["company"] == {"id": str(given.people.aoba.id), "name": given.people.aoba.name}
    assert said["introduction"]["code"] == given.linh.introduction.code
    assert (said["number"], said["left"]["entry"]) == (str(shown["id"]), str(left["id"]))
    assert (said["consent"], said["purposes"]) == (str(given.linh.consent.id), ["selection"])
    assert said["agreement"]["id"] == str(given.people.agreement.id)
    assert said["commitment"] == shown["commitment"].hex()
    assert "name" in said["items"]
    assert "email" not in said["items"], "it serves contact"
    assert given.linh.name not in json.dumps(said, ensure_ascii=False)
    assert found.cosigned == [Cosigned("witness.example", "2026-11-29T03:00:00Z", False)]
    kept = [WITNESS.witness.text]
    assert check(given.file, given.keys, bundle, (), kept).cosigned == [replace(found.cosigned[0], key_given=True)]
    stranger = replace(WITNESS, key=Ed25519PrivateKey.generate()).witness.text
    for wanted in (stranger, "no key"):
        assert kinds(check(given.file, given.keys, bundle, (), [wanted])) == ["cosignature"], wanted
    whole = json.loads(given.bundle)
    left_entry = whole["entries"][1]
    left_entry["checkpoint"] = left_entry["checkpoint"].replace("witness.example ", "another.example ")
    alone = check(given.file, given.keys, read(json.dumps(whole)))
    assert (kinds(alone), alone.cosigned) == ([], []), "one that cosigned one of two checkpoints says nothing of both"


async def test_every_reader_finds_it_and_the_stamp_of_a_copy_without_it_leads_to_it(given: Downloaded) -> None:
    with pikepdf.open(io.BytesIO(given.file)) as document:
        attached = take_apart(given.file)
        assert attached is not None
        assert document.attachments[NAME].get_file().read_bytes().decode() == attached.signed
        assert document.check_pdf_syntax() == []
        del document.attachments[NAME]
        document.save(copy := io.BytesIO())
    assert pixels_of(copy.getvalue()) == pixels_of(given.file)
    assert kinds(check(copy.getvalue(), given.keys)) == ["no_receipt"]
    assert given.number in text_of(copy.getvalue())
    page = await given.hana.get(f"/receipts/{given.number}")
    assert page.title.startswith("Receipt of a file")
    assert given.people.hana.display_name in page.text
    assert "cosigned by: witness.example" in page.text
    assert given.linh.name not in page.text


async def test_its_entry_shows_what_it_stands_on_and_is_checked(portal: Portal, given: Downloaded) -> None:
    people, (left,) = given.people, await portal.log("action = 'handed_over'")
    notice = await portal.owner.fetchval(
        "select text from portal.notice join personal.consent on notice.id = notice_id where consent.id = $1",
        given.linh.consent.id,
    )
    sato, path = await portal.signed_in(people.sato), f"/log/{left['id']}"
    page = await sato.get(path)
    agreement = await portal.owner.fetchval("select text from portal.agreement where id = $1", people.agreement.id)
    for text in (notice, agreement):
        assert " ".join(text.split())[:60] in page.text
    assert "0 by then; the agreement sets no limit" in page.text, "a resume that is read on the page is not saved"
    assert ("Cosigned by 1 witness" in page.text, len(page.texts("dd .sub a[href^='/log/']")) >= 2) == (True, True)
    assert "The entry is as it was sealed" in (await sato.submit(f"{path}/check")).text
    await portal.owner.execute("alter table accesslog.entry disable trigger user")
    await portal.owner.execute("update accesslog.entry set items = 1 where id = $1", left["id"])
    assert "NOT what was sealed" in (await sato.submit(f"{path}/check")).text
    actions = {one["action"] for one in await portal.log("action in ('basis_read', 'entry_checked')")}
    assert actions == {"basis_read", "entry_checked"}


async def test_no_byte_of_the_file_can_be_another(given: Downloaded) -> None:
    """The last bytes are the receipt's; of the pages some are tried."""
    bundle = read(given.bundle)
    attached = take_apart(given.file)
    assert attached is not None
    end, chance = len(attached.before), random.Random(1)
    for place in [*chance.sample(range(end), 40), *range(end, len(given.file))]:
        doctored = bytearray(given.file)
        doctored[place] ^= 1 << chance.randrange(7)
        assert check(bytes(doctored), given.keys, bundle).wrong, place


async def test_what_is_wrong_with_a_doctored_file_is_said(portal: Portal, given: Downloaded, tmp_path: Path) -> None:
    people, bundle = given.people, read(given.bundle)
    hao = await people.introduce(HAO, people.aoba)
    other = (await given.hana.raw("GET", f"{hao.page}/resume.pdf?form=ja&calendar=era")).content
    ours, theirs = take_apart(given.file), take_apart(other)
    assert ours is not None
    assert theirs is not None
    place = place_in(ours.before)
    stranger = ReceiptSigner(keys.add(tmp_path / "stranger"))
    said = json.loads(json.dumps(check(given.file, given.keys).receipt))
    said["items"] = [*said["items"], "email"]
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(given.file)) as document:
        document.save(saved)
    tried = {
        "no_receipt": [ours.before, saved.getvalue(), given.file + b"\n", b""],
        "several_receipts": [attach(given.file, place, theirs.signed)],
        "another_file": [
            attach(ours.before, place, theirs.signed),
            attach(theirs.before, place_in(theirs.before), ours.signed),
        ],
        "key_unknown": [attach(ours.before, place, stranger.sign(json.dumps(said).encode()))],
        "signature": [attach(ours.before, place, _with_payload(ours.signed, said))],
    }
    for kind, files in tried.items():
        for file in files:
            assert kinds(check(file, given.keys, bundle)) == [kind]
    assert kinds(check(given.file, [stranger.public], bundle)) == ["key_unknown"]
    assert kinds(check(other, given.keys, bundle)) == ["another_bundle"]
    await sealed(portal, tmp_path / "log-key")


def _with_payload(signed: str, said: object) -> str:
    header, _, signature = signed.split(".")
    return ".".join((header, urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode(), signature))


async def test_what_is_wrong_with_a_doctored_proof_is_said(given: Downloaded) -> None:
    whole = json.loads(given.bundle)
    shown, left = whole["entries"]
    changed: dict[str, dict[str, Any]] = {
        "another_bundle": {"entries": [shown | {"entry": shown["entry"].replace('"items":', '"items":1')}, left]},
        "another_bundle of two swapped": {"entries": [left, shown]},
        "not_in_log by its number": {"entries": [shown, left | {"leaf": left["leaf"] + 1}]},
        "not_in_log by its path": {"entries": [shown, left | {"path": left["path"][:-1]}]},
        "not_in_log by its checkpoint": {
            "entries": [shown | {"checkpoint": shown["checkpoint"].replace("\n", "0\n", 2)}, left]
        },
        "not_in_log without a key": {"keys": whole["keys"] | {"log": []}},
    }
    for kind, change in changed.items():
        found = check(given.file, given.keys, read(json.dumps(whole | change)))
        assert (kinds(found), found.sealed) == ([kind.split()[0]], False), kind


async def test_the_command_says_it_and_needs_nothing_else(given: Downloaded, tmp_path: Path) -> None:
    files = {
        "file.pdf": given.file,
        "proof.json": given.bundle.encode(),
        "keys.json": json.dumps({"keys": given.keys}).encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    pdf, proof, known = (str(tmp_path / name) for name in files)
    run = CliRunner(env={"PORTAL_HOME": "/nowhere"}).invoke
    done = run(main, ["receipt", "verify", pdf, "--bundle", proof, "--key", known])
    assert done.exit_code == 0, done.output
    for said in (given.number, given.people.hana.display_name, str(given.linh.consent.id), "the key that was given"):
        assert said in done.output
    assert "Cosigned:     witness.example, 2026-11-29T03:00:00Z" in done.output
    done = run(main, ["receipt", "verify", pdf, "--key", known])
    assert "not checked: give the proof" in done.output
    done = run(main, ["receipt", "verify", pdf])
    assert (done.exit_code, done.output.split(":")[0]) == (1, "key_unknown")
    (tmp_path / "file.pdf").write_bytes(given.file.replace(b"startxref", b"startxxxx"))
    done = run(main, ["receipt", "verify", pdf, "--json"])
    assert (done.exit_code, json.loads(done.output)["wrong"][0]["kind"]) == (1, "no_receipt")
    for wrong in (["--bundle", pdf], ["--key", proof]):
        done = run(main, ["receipt", "verify", pdf, *wrong])
        assert done.exit_code == 1
        assert "Error" in done.output


async def test_an_operator_hands_on_the_proof_and_the_keys(
    portal: Portal, given: Downloaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", portal.database.url("portal_owner"))
    home = ["--home", str(portal.settings.home)]
    done = await typed("bundle", given.number, *home)
    assert (done.exit_code, done.stdout) == (0, given.bundle)
    nobody = "00000000-0000-4000-8000-000000000000"
    done = await typed("bundle", nobody, *home)
    assert (done.exit_code, f"No file left the portal under the number {nobody}." in done.output) == (1, True)
    await given.hana.raw("GET", f"{given.linh.page}/resume.pdf?form=en&calendar=western")
    newest = (await portal.log("action = 'resume_read'"))[-1]["id"]
    done = await typed("bundle", str(newest), *home)
    assert (done.exit_code, "not sealed yet" in done.output) == (1, True)
    assert json.loads((await typed("key", *home)).stdout) == {"keys": given.keys}
    assert "Start the portal anew" in (await typed("new-key", *home)).stdout
    newer, older = json.loads((await typed("key", *home)).stdout)["keys"]
    assert [older] == given.keys
    assert newer["kid"] != older["kid"]
    done = await typed("key", "--home", "/nowhere")
    assert (done.exit_code, "There is no key yet" in done.output) == (1, True)


async def typed(*words: str) -> Result:
    """Type the command; in a thread of its own, because it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, main, ["receipt", *words])


def test_a_file_larger_than_any_of_a_portal_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(LARGEST + 1)
    done = CliRunner().invoke(main, ["receipt", "verify", str(tmp_path / "large.pdf")])
    assert (done.exit_code, "larger than any file that a portal gives out" in done.output) == (1, True)


async def test_what_a_genuine_receipt_says_is_held_against_its_entries(portal: Portal, given: Downloaded) -> None:
    """The portal's own key signs what its log does not hold."""
    signer = ReceiptSigner(keys.newest(portal.settings.receipt_key_folder))
    ours, bundle = take_apart(given.file), read(given.bundle)
    assert ours is not None
    said = check(given.file, given.keys).receipt
    assert said is not None
    shown, left = bundle.entries
    other = replace(left, entry=left.entry.replace(said["document"]["sha256"].encode(), b"0" * 64))
    odd = replace(left, entry=b"{}")
    doctored, none = (shown, other), (shown, odd)
    tried: list[tuple[str, str, dict[str, Any], tuple[Proved, Proved]]] = [
        ("version", "later version", {"version": 99}, bundle.entries),
        ("entries", "say the same: items.", {"items": ["email"]}, bundle.entries),
        ("entries", "say the same: document.", {"leaves": leaves_of(*doctored)}, doctored),
        ("another_bundle", "not those of a download", {"leaves": leaves_of(*none)}, none),
    ]
    for kind, words, change, entries in tried:
        file = attach(ours.before, place_in(ours.before), signer.sign(json.dumps(said | change).encode()))
        (fault,) = check(file, given.keys, replace(bundle, entries=entries)).wrong
        assert (fault.kind, words in fault.said) == (kind, True), fault


def leaves_of(*entries: Proved) -> list[str]:
    """The leaves of entries as a receipt names them."""
    return [leaf_hash(one.entry).hex() for one in entries]


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"format": "shokai-receipt-bundle/2"}', "that this program knows"), ("{}", "fetch it again"), ("x", "fetch it")],
)
def test_what_is_no_proof_is_said(text: str, said: str) -> None:
    with pytest.raises(NoBundle, match=said):
        read(text)


def test_of_two_processes_that_make_a_key_at_once_both_take_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: list[bytes] = []

    def overtaken(path: Path, text: str) -> None:
        """The other process has made its key by the time that this one is written."""
        monkeypatch.undo()
        first.append(keys.add(tmp_path))
        write_own(path, text)

    monkeypatch.setattr(keys, "write_own", overtaken)
    assert [keys.add(tmp_path)] == first == keys.all_keys(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["receipt-0001.key"]


async def test_who_may_have_the_proof(portal: Portal, given: Downloaded) -> None:
    people = given.people
    sato, ken, mori = [await portal.signed_in(one) for one in (people.sato, people.ken, people.mori)]
    address = f"/receipts/{given.number}"
    assert (await sato.get(address)).title.startswith("Receipt")
    assert (await sato.raw("GET", f"{address}/bundle")).text == given.bundle
    for stranger in (ken, mori):
        for path in (address, f"{address}/bundle"):
            assert (await stranger.raw("GET", path)).status_code == 404
    read_by = await portal.log("action = 'receipt_read' and subject_id = $1", given.number)
    assert {(one["actor_id"], one["decision"]) for one in read_by} == {
        (people.hana.id, "permitted"), (people.sato.id, "permitted"),
        (people.ken.id, "refused"),
    }  # fmt: skip


async def test_before_it_is_sealed_the_proof_is_to_be_asked_for_again(portal: Portal, given: Downloaded) -> None:
    await given.hana.raw("GET", f"{given.linh.page}/resume.pdf?form=en&calendar=western")
    newest = (await portal.log("action = 'resume_read'"))[-1]["id"]
    assert "not sealed yet" in (await given.hana.get(f"/receipts/{newest}")).text
    assert (await given.hana.raw("GET", f"/receipts/{newest}/bundle")).status_code == 503


def test_a_receipt_is_no_token_and_a_token_no_receipt(tmp_path: Path) -> None:
    pem = keys.newest(tmp_path)
    assert keys.newest(tmp_path) == pem
    public = serialization.load_pem_private_key(pem, None).public_key()
    spki = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    kind, now, signer = TokenKind("receipt", "anyone", timedelta(hours=1)), datetime.now(UTC), ReceiptSigner(pem)
    token = Signer("us", pem).issue(kind, {}, now)
    claims = Verifier("us", spki).read(kind, token, now)
    with pytest.raises(BadToken):
        read_receipt(token, signer.public)
    said = {"iss": "us", "aud": "anyone", "purpose": "receipt", "jti": str(claims.id), "iat": 1, "exp": 2}
    with pytest.raises(BadToken, match="header"):
        Verifier("us", spki).read(kind, signer.sign(json.dumps(said).encode()), now)
    newer = keys.add(tmp_path)
    assert keys.all_keys(tmp_path) == [newer, pem]
    assert (tmp_path / "receipt-0001.key").stat().st_mode & 0o077 == 0


def test_a_receipt_is_found_behind_anything() -> None:
    made = attach(b"%PDF\n", Place(1, 2, 3, 4, 5), "a.b.c")
    attached = take_apart(made)
    assert attached is not None
    assert (attached.before, attached.signed) == (b"%PDF\n", "a.b.c")
