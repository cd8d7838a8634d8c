"""Beside each fact that nobody can make up stands the honest way to it, and the test that goes it."""

import re

from portal.settings import PROJECT
from tests.each import for_each
from tests.journeys.test_facts_that_are_made_up_are_refused import ACTS, WRITES

SAID = "journeys/test_what_a_person_says_is_recorded_by_staff.py::"
CONSENT = SAID + "test_a_consent_on_paper_is_recorded_with_its_sealed_scan_and_opens_what_its_notice_names"
LOOSENED = SAID + "test_a_law_is_loosened_by_whoever_of_compliance_is_signed_in"
SUCCESSION = "journeys/test_a_company_becomes_another.py::test_disclosure_stops_until_compliance_records_what_happened"
CORRECTED = "journeys/test_staff_correct_what_is_wrong.py::"
ON_PAPER = CORRECTED + "test_each_item_has_its_fields_and_every_company_sees_it_so"
PROVED = CORRECTED + "test_what_staff_or_an_employer_proved_is_said_so_and_the_scan_is_sealed"
DRAFTED = "journeys/test_an_agreement_is_drafted_from_a_template.py::"
IMPORTED = "intake/test_import.py::test_the_sample_folder_is_taken_in_whole_and_a_second_import_changes_nothing"
HELD = "intake/test_import.py::test_what_a_resume_holds_is_what_its_sender_says_and_unknown_is_all"
HONEST = {
    "a consent opens more": CONSENT,
    "a consent out of nothing": CONSENT,
    "a withdrawal is undone": "intake/test_withdrawals.py::test_a_statement_from_after_a_withdrawal_opens_again",
    "a law is another": LOOSENED,
    "a loosening that nobody decided": (
        "intake/test_law.py::test_a_law_loosened_by_compliance_opens_what_was_closed_to_a_later_consent_alone"
    ),
    "a notice says more": "intake/test_named_items.py::test_the_honest_way_beside_it_works",
    "365 days": DRAFTED + "test_a_choice_out_of_bounds_waits_for_compliance",
    "fair screening is off": (
        "journeys/test_fair_screening_keeps_closed_until_the_offer.py::test_p8_what_may_not_decide_opens_with_the_offer"
    ),
    "a recipient goes on": SUCCESSION,
    "a succession is made up": SUCCESSION,
    "a file holds nothing": HELD,
    "an item is said to be certified": PROVED,
    "an evidence of nothing": CONSENT,
    "a promise of somebody else's": (
        "journeys/test_a_new_recruiter_accepts_the_undertaking_first.py::test_a_new_recruiter_promises_and_then_sees"
    ),
    "the manager records the succession": SUCCESSION,
    "the manager loosens a law": LOOSENED,
    "compliance loosens a law on a proof of blanks": LOOSENED,
    "compliance lifts a restriction for a dash": LOOSENED,
    "a consent from the platform, by hand": IMPORTED,
    "a consent of tomorrow": CONSENT,
    "a consent of before its notice": CONSENT,
    "evidence of blanks": CONSENT,
    "a consent to more than the notice names": CONSENT,
    "an end before the beginning": CONSENT,
    "a status of residence on a call": ON_PAPER,
    "a birth on a call, to be of an age": ON_PAPER,
    "an employer's certificate on a call": PROVED,
    "a correction of blanks": ON_PAPER,
    "a correction of what has changed since": (
        CORRECTED + "test_an_entry_is_chosen_after_a_look_changed_in_part_and_taken_out"
    ),
}


@for_each("name", [*WRITES, *ACTS])
def test_each_has_a_test_of_its_honest_way(name: str) -> None:
    file, _colons, test = HONEST[name].partition("::")
    assert re.search(rf"^(async )?def {test}\(", (PROJECT / "tests" / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_no_honest_way_outlives_its_trick() -> None:
    assert set(HONEST) == {*WRITES, *ACTS}
