"""Sealed bytes open with their candidate's key only, and with nothing once that key is gone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.sealing import DataKey, MasterKeys, SealError, WrappedKey

ANN, BEN = "0190b1d2-ann", "0190b1d2-ben"


def test_what_is_sealed_opens_again(tmp_path: Path) -> None:
    keys = MasterKeys.open(tmp_path / "keys")
    key, stored = keys.new_data_key(ANN)
    sealed = key.seal("object-1", b"my resume")
    assert b"my resume" not in sealed
    later = MasterKeys.open(tmp_path / "keys")
    assert later.unwrap(stored, ANN).unseal("object-1", sealed) == b"my resume"
    assert key.seal("object-1", b"my resume") != sealed


def test_p5_destroying_the_wrapped_key_makes_objects_unreadable(tmp_path: Path) -> None:
    keys = MasterKeys.open(tmp_path / "keys")
    key, _stored = keys.new_data_key(ANN)
    sealed = key.seal("object-1", b"my resume")
    del key, _stored
    fresh, _ = keys.new_data_key(ANN)
    with pytest.raises(SealError):
        fresh.unseal("object-1", sealed)


def test_an_object_moved_to_another_place_or_person_does_not_open(tmp_path: Path) -> None:
    keys = MasterKeys.open(tmp_path / "keys")
    key, stored = keys.new_data_key(ANN)
    sealed = key.seal("object-1", b"my resume")
    with pytest.raises(SealError):
        key.unseal("object-2", sealed)
    with pytest.raises(SealError):
        keys.unwrap(stored, BEN)


@given(at=st.integers(0, 39), bit=st.integers(0, 7))
def test_one_changed_bit_does_not_open(at: int, bit: int) -> None:
    key = DataKey(b"k" * 32, ANN)
    sealed = bytearray(key.seal("object-1", b"my resume"))
    sealed[at] ^= 1 << bit
    with pytest.raises(SealError):
        key.unseal("object-1", bytes(sealed))
    with pytest.raises(SealError):
        key.unseal("object-1", bytes(sealed[:at]))


def test_the_master_key_rotates(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    old = MasterKeys.open(folder)
    key, stored = old.new_data_key(ANN)
    sealed = key.seal("object-1", b"my resume")
    new = MasterKeys.add(folder)
    assert (stored.master_id, new.current) == ("0001", "0002")
    moved = new.rewrap(stored, ANN)
    assert moved.master_id == "0002"
    for kept in (stored, moved):
        assert new.unwrap(kept, ANN).unseal("object-1", sealed) == b"my resume"
    (folder / "master-0001.key").unlink()
    with pytest.raises(SealError, match="0001 is missing"):
        MasterKeys.open(folder).unwrap(stored, ANN)


def test_key_files_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    MasterKeys.open(folder)
    file = folder / "master-0001.key"
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert file.stat().st_size == 32
    file.chmod(0o640)
    with pytest.raises(SealError, match="chmod 600"):
        MasterKeys.open(folder)
    file.chmod(0o600)
    file.write_bytes(b"short")
    with pytest.raises(SealError, match="5 bytes"):
        MasterKeys.open(folder)


def test_keys_do_not_show_themselves(tmp_path: Path) -> None:
    keys = MasterKeys.open(tmp_path / "keys")
    key, _ = keys.new_data_key(ANN)
    assert repr(key) == "DataKey(...)"
    assert repr(keys) == "MasterKeys(['0001'])"


def test_a_damaged_wrapped_key_says_so(tmp_path: Path) -> None:
    keys = MasterKeys.open(tmp_path / "keys")
    with pytest.raises(SealError, match="does not open"):
        keys.unwrap(WrappedKey("0001", b"x" * 60), ANN)
    with pytest.raises(SealError, match="does not open"):
        keys.unwrap(WrappedKey("0001", b""), ANN)
    with pytest.raises(SealError, match="exactly 32"):
        MasterKeys({"0001": b"short"})
