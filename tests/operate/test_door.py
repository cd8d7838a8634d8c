"""Whoever asks is let in: where it is full, the one who has kept us waiting longest leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.operate.door import Door, Full


def test_of_one_source_the_one_waited_for_longest_leaves() -> None:
    door: Door[str] = Door(100, 3)
    assert [door.enter(one, "a") for one in ("first", "second", "third")] == [None, None, None]
    assert door.enter("fourth", "a") == "first"
    door.wait_for("second")  # it was answered, and is waited for anew
    assert door.enter("fifth", "a") == "third"
    assert door.enter("of another", "b") is None
    assert len(door) == 4


def test_whoever_is_being_answered_stays() -> None:
    door: Door[str] = Door(100, 2)
    door.enter("busy", "a")
    door.answer("busy")
    door.enter("silent", "a")
    assert door.enter("third", "a") == "silent"
    door.answer("third")
    with pytest.raises(Full):
        door.enter("fourth", "a")
    door.wait_for("busy")
    assert door.enter("fifth", "a") == "busy"


def test_where_all_places_are_taken_the_source_that_is_most_silent_gives_one() -> None:
    door: Door[str] = Door(5, 4)
    for one in ("a1", "a2", "a3"):
        door.enter(one, "a")
    door.enter("b1", "b")
    door.enter("proxied", None)
    assert door.enter("c1", "c") == "a1"
    assert door.enter("c2", "c") == "a2"


def test_a_proxy_brings_as_many_as_there_is_room_for() -> None:
    door: Door[int] = Door(10, 2)
    assert [door.enter(one, None) for one in range(10)] == [None] * 10
    assert door.enter(10, None) == 0


def test_what_happens_to_one_who_has_left_changes_nothing() -> None:
    door: Door[str] = Door(10, 1)
    door.enter("gone", "a")
    assert door.enter("next", "a") == "gone"
    for late in (door.wait_for, door.answer, door.leave):
        late("gone")
    assert len(door) == 1
    door.leave("next")
    assert len(door) == 0


@given(st.lists(st.tuples(st.sampled_from("ewal"), st.integers(0, 30), st.sampled_from(["a", "b", "c", None]))))
def test_there_are_never_more_than_allowed_and_nobody_being_answered_leaves(
    steps: list[tuple[str, int, str | None]],
) -> None:
    door: Door[int] = Door(6, 3)
    inside: dict[int, str | None] = {}
    answered: set[int] = set()
    for act, one, source in steps:
        if act == "e" and one not in inside:
            try:
                gone = door.enter(one, source)
            except Full:
                assert sum(1 for each in inside if each not in answered and source in (None, inside[each])) == 0 or (
                    len(inside) == 6 and answered == set(inside)
                )
                continue
            if gone is not None:
                assert gone not in answered
                del inside[gone]
            inside[one] = source
        elif act == "l":
            door.leave(one)
            inside.pop(one, None)
            answered.discard(one)
        elif one in inside:
            (door.answer if act == "a" else door.wait_for)(one)
            (answered.add if act == "a" else answered.discard)(one)
        assert len(door) == len(inside) <= 6
        for each in "abc":
            assert list(inside.values()).count(each) <= 3
