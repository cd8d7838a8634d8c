"""P4: what is published continues itself, whatever is cut off; a witness cosigns it and nothing that contradicts it."""

import resource
import shutil
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.accesslog.seal.cosignature import LATEST, Cosigner, Witness
from portal.accesslog.seal.note import Checkpoint, NoteWrong, Signer, Verifier, read
from portal.accesslog.seal.place import Place, PlaceError
from portal.accesslog.seal.publish import CHECKPOINT, NotContinued, Publisher, standing
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.tiles import Edge, hashes, path
from portal.accesslog.seal.tree import Tree, leaf_hash, root_of
from portal.accesslog.seal.witness import Refused, look
from tests.accesslog.tampering import Sealed, _sign_anew, published, restore_a_backup, sealed_log
from tests.disclosure.conftest import stage  # noqa: F401 - the cast in a database
from tests.disclosure.stage import Stage


@pytest.fixture
async def log(stage: Stage, tmp_path: Path) -> Sealed:  # noqa: F811
    """A log that was sealed eight times."""
    return await sealed_log(stage, tmp_path)


def test_a_tiles_path_is_as_the_specification_writes_it() -> None:
    assert path(0, 1234067) == "tile/0/x001/x234/067"
    assert (path(1, 0, 5), path(2, 999), path(0, 1000)) == ("tile/1/000.p/5", "tile/2/999", "tile/0/x001/000")


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_535, 65_536, 66_100])
def test_the_edge_is_that_of_the_tree(size: int) -> None:
    leaves = [leaf_hash(bytes([number % 251])) for number in range(size)]
    tiles: dict[str, bytes] = {}
    edge, tree = Edge(), Tree()
    for leaf in leaves:
        tiles.update(edge.add(leaf))
        tree.add(leaf)
    assert (edge.tree.size, edge.tree.root, edge.tree.edges) == (size, tree.root, tree.edges)
    tiles.update(edge.shorter())
    assert sum(len(hashes(tile)) for name, tile in tiles.items() if name.startswith("tile/0/")) == size
    if size >= 256:
        assert hashes(tiles.get("tile/1/000") or tiles[path(1, 0, size // 256)])[0] == root_of(leaves[:256])


async def test_what_is_sealed_is_published_as_it_grows(stage: Stage, tmp_path: Path) -> None:  # noqa: F811
    """By two workers in turns, neither of which takes back what the other did."""
    worker, place = await stage.database.connect("portal_worker"), Place.open(str(tmp_path / "public"), making=True)
    publishers = [Publisher(place), Publisher(place)]
    assert await publishers[0].publish(worker) == 0, "nothing is sealed yet"
    many = 0
    for turn in range(6):
        for _time in range(70):
            await stage.search(stage.people.aiko)
        await seal(worker, tmp_path, "test/log")
        many += await publishers[turn % 2].publish(worker)
        assert await publishers[turn % 2].publish(worker) == 0
        checkpoint = read((await place.read(CHECKPOINT) or b"").decode())
        assert checkpoint.size == many == (await standing(place, checkpoint)).size
    assert many > 256
    assert len(list((tmp_path / "public/tile/0").iterdir())) == 2, "of a tile that is whole the shorter ones are gone"
    assert await stage.owner.fetchval("select size from portal.log_publication") == many
    other = await stage.database.connect("portal_worker")
    await other.execute("select pg_advisory_lock(hashtextextended('accesslog.publish', 0))")
    assert await publishers[0].publish(worker) == 0, "another publishes"


async def test_a_full_disk_loses_nothing(stage: Stage, tmp_path: Path) -> None:  # noqa: F811
    """What is sealed stays sealed, the published checkpoint stays the one that the tiles lead to, and it goes on."""
    worker, place = await stage.database.connect("portal_worker"), Place.open(str(tmp_path / "public"), making=True)
    publisher = Publisher(place)
    await stage.search(stage.people.aiko)
    await seal(worker, tmp_path, "test/log")
    first = await publisher.publish(worker)
    for _time in range(40):
        await stage.search(stage.people.aiko)
    await seal(worker, tmp_path, "test/log")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, before[1]))
    try:
        with pytest.raises(PlaceError, match="room"):
            await publisher.publish(worker)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    checkpoint = read((await place.read(CHECKPOINT) or b"").decode())
    assert checkpoint.size == first == (await standing(place, checkpoint)).size
    assert not list((tmp_path / "public").rglob("*#*")), "nothing is half written"
    assert await publisher.publish(worker) == 40
    checkpoint = read((await place.read(CHECKPOINT) or b"").decode())
    assert (await standing(place, checkpoint)).size == first + 40


async def test_a_log_that_does_not_continue_what_is_published_is_not_published(
    log: Sealed,
    stage: Stage,  # noqa: F811
    tmp_path: Path,
) -> None:
    worker, place = await stage.database.connect("portal_worker"), Place.open(str(tmp_path / "public"), making=True)
    await Publisher(place).publish(worker)
    await restore_a_backup(log, Random(1))
    with pytest.raises(NotContinued, match="put back from a backup"):
        await Publisher(place).publish(worker)
    (tmp_path / "public/checkpoint").unlink()
    await log.superuser.execute("update accesslog.leaf set hash = sha256(hash) where number = 0")
    with pytest.raises(NotContinued, match="do not lead to the checkpoint"):
        await Publisher(place).publish(worker)
    assert await place.read(CHECKPOINT) is None


async def test_tiles_that_were_damaged_are_said(log: Sealed, stage: Stage, tmp_path: Path) -> None:  # noqa: F811
    worker, place = await stage.database.connect("portal_worker"), Place.open(str(tmp_path / "public"), making=True)
    await Publisher(place).publish(worker)
    await place.write(path(0, 0, log.kept.size), bytes(32 * log.kept.size))
    with pytest.raises(NotContinued, match="published tiles do not lead"):
        await Publisher(place).publish(worker)
    shutil.rmtree(log.witness.folder)
    log.witness.make("witness.example")
    with pytest.raises(Refused, match="are they damaged"):
        await look(place, log.signer.verifier, log.witness, 1)
    shutil.rmtree(tmp_path / "public/tile")
    with pytest.raises(Refused, match="is missing or too short"):
        await look(place, log.signer.verifier, log.witness, 1)


async def test_a_cosignature_is_one_of_the_checkpoint_at_its_moment(log: Sealed) -> None:
    note = await look(await published(log), log.signer.verifier, log.witness, 1_790_000_000)
    witness, (text, _, lines) = log.witness.cosigner().witness, note.partition("\n\n")
    checkpoint = read(note, log.signer.verifier)
    assert f"{text}\n" == checkpoint.text == log.kept.text
    assert len(lines.splitlines()) == 2, "the log's line and the witness's"
    found = witness.cosigned(checkpoint, lines)
    assert found is not None
    assert found[0] == 1_790_000_000
    assert Witness.read(witness.text) == witness
    assert witness.cosigned(Checkpoint(checkpoint.name, checkpoint.size, bytes(32)), lines) is None
    assert witness.cosigned(checkpoint, log.signer.signature(checkpoint)) is None
    with pytest.raises(NoteWrong):
        Witness.read(log.signer.verifier.text)
    with pytest.raises(NoteWrong):
        Witness.read("a+00000000+!")


async def test_a_rollback_that_grew_past_what_was_cosigned_is_refused(log: Sealed, tmp_path: Path) -> None:
    """The newest entries were put away, others took their place and more came; and all is signed with the log's key."""
    await log.superuser.execute("delete from accesslog.leaf where number >= $1", log.kept.size - 3)
    await log.superuser.execute(
        "insert into accesslog.leaf (number, recorded_at, entry_id, hash) select $1 + number, recorded_at,"
        " gen_random_uuid(), sha256(hash) from accesslog.leaf where number < 6",
        log.kept.size - 3,
    )
    tree = Tree()
    for row in await log.superuser.fetch("select hash from accesslog.leaf order by number"):
        tree.add(row["hash"])
    note = log.signer.signed(Checkpoint(log.signer.name, tree.size, tree.root))
    await log.superuser.execute("update accesslog.checkpoint set note = $1 where size = $2", note, log.kept.size)
    with pytest.raises(Refused, match="Forked: this checkpoint of") as refused:
        await look(await published(log), log.signer.verifier, log.witness, 3)
    assert len(refused.value.evidence) == 2
    (kept,) = log.witness.of(log.signer.verifier).glob("refused-*")
    assert note in kept.read_text(), "whoever is told of a fork is shown the two checkpoints that contradict each other"


async def test_a_witness_looks_at_the_log_it_was_told_to(log: Sealed) -> None:
    stranger = Signer("test/log", Ed25519PrivateKey.generate())
    with pytest.raises(NoteWrong, match="has not signed"):
        await look(await published(log), stranger.verifier, log.witness, 3)
    renamed = Signer("another/log", log.signer.key)
    place = await published(log)
    await place.write(CHECKPOINT, renamed.signed(log.kept).encode())
    with pytest.raises(NoteWrong):
        await look(place, log.signer.verifier, log.witness, 3)


async def test_two_checkpoints_of_one_size_are_a_fork(log: Sealed) -> None:
    await log.superuser.execute("update accesslog.entry set items = items # 1 where id = $1", log.entries[2]["id"])
    await _sign_anew(log)
    with pytest.raises(Refused, match="Forked"):
        await look(await published(log), log.signer.verifier, log.witness, 3)
    assert Verifier.read(log.signer.verifier.text).name == "test/log"


@pytest.mark.parametrize(("at", "counts"), [(LATEST, True), (LATEST + 1, False), (2**64 - 1, False)])
def test_a_cosignature_of_a_time_that_no_calendar_has_is_none(at: int, counts: bool) -> None:
    """A witness that counts in nanoseconds would else stop the worker that looks at it."""
    cosigner = Cosigner("w", Ed25519PrivateKey.generate())
    checkpoint = Checkpoint("test/log", 1, leaf_hash(b""))
    assert (cosigner.witness.cosigned(checkpoint, cosigner.line(checkpoint, at)) is not None) == counts
    assert datetime.fromtimestamp(LATEST, UTC).year == 9999
