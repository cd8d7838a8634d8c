"""No code shows where a word should stand (S45), for every code of every closed list, in both languages."""

import re
from typing import Any

import pytest

from portal.accesslog.actions import Action, Subject, action_words, subject_words
from portal.accesslog.facts import FACTS
from portal.accesslog.forms import DECISIONS
from portal.accesslog.reasons import CODES as REASON_CODES
from portal.accesslog.words import LISTS
from portal.accounts import links
from portal.agreements.campaigns import STATES
from portal.agreements.lacks import LACKS as UNBOUND
from portal.candidates.items import ALL_ITEMS, Purpose, codes_of
from portal.candidates.residence import PERMISSIONS, STATUSES, residence_name
from portal.companies.tables import BOARD, INDUSTRIES, SCREENED
from portal.companies.tables import STATUSES as COMPANY_STATUSES
from portal.consent.lacks import LACKS
from portal.database.viewer import Role
from portal.desk.breach import CAUSES, TRIGGERS
from portal.desk.forms import VERDICTS
from portal.disclosure.preview import GROUNDS as PREVIEW_GROUNDS
from portal.language.i18n import PORTAL_LANGUAGES, gettext, speaking
from portal.people.grounds import CHANNELS, GROUNDS
from portal.people.handlers.correction_forms import SOURCES
from portal.people.handlers.correction_topics import TOPICS
from portal.selection.actions import STAGES
from portal.selection.deletions import ATTESTED
from portal.selection.reasons import REASONS
from portal.selection.scorecards import CRITERIA, RATINGS, RECOMMENDATIONS
from portal.selection.withdrawal import BECAUSE
from portal.settings import Settings
from portal.web.kit import make_kit
from tests.database import Database
from tests.each import for_each

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
CODES: dict[str, list[str]] = {
    "role": [role.value for role in Role],
    "item": list(codes_of(ALL_ITEMS)),
    "link_kind": list(links.HOME),
    "purpose": [purpose.name.lower() for purpose in Purpose],
    "stage": [*STAGES, "decided"],
    "work": list(PERMISSIONS),
    "work_explained": list(PERMISSIONS),
    "outcome": list(REASONS),
    "criterion": list(CRITERIA),
    "criterion_means": list(CRITERIA),
    "rating": [str(rating) for rating in RATINGS],
    "recommendation": list(RECOMMENDATIONS),
    "outcome_reason": [reason for reasons in REASONS.values() for reason in reasons],
    "reason": list(REASON_CODES),
    "lack": list(LACKS),
    "unbound": list(UNBOUND),
    "mail_doubt": ["other_domain", "free_mail", "nothing_to_compare"],
    "loosened": ["regime", "restriction", "objection"],
    "decision": list(DECISIONS),
    "account_status": ["active", "suspended"],
    "company_status": list(COMPANY_STATUSES),
    "company_stage": list(BOARD),
    "company_wait": [
        "record",
        "submission",
        "screening",
        "approval",
        "agreement",
        "signatory",
        "countersignature",
        "validity",
        "activation",
        "reactivation",
        "new_version",
    ],
    "campaign_state": list(STATES),
    "screening": list(SCREENED),
    "lacking": ["country", "corporate_number", "address", "representative", "screening", "approval", "agreement"],
    "industry": list(INDUSTRIES),
    "document_kind": ["resume_original", "photo"],
    "closed": ["not_in_agreement", "not_in_consent", "not_admitted_by_law"],
    "ground": list(GROUNDS),
    "preview_ground": list(PREVIEW_GROUNDS),
    "withdrawn_because": list(BECAUSE),
    "channel": [*CHANNELS, "platform", "page"],
    "correction": list(TOPICS),
    "source": ["platform", *SOURCES],
    "statement": ["consent", "withdrawal", "restriction", "objection", "correction"],
    "consent_ended": ["withdrawn", "replaced", "expired"],
    "said_before": ["lifted", "succeeded", "other_law", "must_stay", "untold", "loosened"],
    "duty_cause": ["consent_ended", "company_terminated", "agreement_ended", "decided", "inactive", "taken_back"],
    "attested": list(ATTESTED),
    "assigned": ["me", "nobody"],
    "regime": ["general", "eea", "california"],
    "review_kind": ["sampled", "complete"],
    "verdict": list(VERDICTS),
    "breach_cause": list(CAUSES),
    "trigger": [*TRIGGERS, "many"],
}
each_code = for_each(("macro", "code"), [(name, one) for name, codes in CODES.items() for one in codes])
each_language = pytest.mark.parametrize("language", PORTAL_LANGUAGES)


@pytest.fixture(scope="module")
def words() -> Any:
    """The macros that turn codes into words, as the pages use them, in the language in force."""
    templates = make_kit(Settings(), "").templates

    class InForce:
        def __getattr__(self, macro: str) -> Any:
            return getattr(templates.get_template("components/words.html").make_module({}), macro)

    return InForce()


@each_language
@each_code
def test_s45_each_code_is_a_word(words: Any, macro: str, code: str, language: str) -> None:
    with speaking(language):
        shown = str(getattr(words, macro)(code)).strip()
    assert shown
    assert shown != code
    assert "_" not in shown
    assert bool(JAPANESE.search(shown)) == (language == "ja")


@each_language
async def test_s45_each_code_of_the_database_is_a_word(words: Any, database: Database, language: str) -> None:
    owner = await database.connect("portal_owner")
    for table, macro in (("item", "item"), ("purpose", "purpose"), ("regime", "regime")):
        for row in await owner.fetch(f"select code from portal.{table}"):
            with speaking(language):
                assert str(getattr(words, macro)(row["code"])).strip() != row["code"]


async def test_p8_the_reasons_of_outcomes_are_the_same_in_python_and_in_sql(database: Database) -> None:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch("select result, code from portal.outcome_reason where offered order by place")
    assert [tuple(row) for row in rows] == [(result, code) for result, codes in REASONS.items() for code in codes]


@each_language
def test_s45_each_status_of_residence_has_its_name(language: str) -> None:
    for code, status in STATUSES.items():
        assert "_" not in residence_name(code, language)
        assert all("_" not in residence_name(code, language, grade.code) for grade in status.grades)


@each_language
def test_s45_each_action_and_each_kind_of_subject_is_a_word(language: str) -> None:
    with speaking(language):
        shown = [action_words(action.code) for action in Action] + [subject_words(kind) for kind in Subject]
        facts = [gettext(fact.label) for fact in FACTS.values()]
    assert all("_" not in one and bool(JAPANESE.search(one)) == (language == "ja") for one in [*shown, *facts])
    assert len(set(shown[: len(Action)])) == len(Action)


@each_language
def test_s45_each_word_that_a_fact_can_be_is_a_word_for_people(words: Any, language: str) -> None:
    for key, fact in FACTS.items():
        assert bool(fact.words) == (fact.kind == "word"), key
        for code in LISTS[fact.words] if fact.words else ():
            said = action_words if fact.words == "action" else getattr(words, fact.words)
            with speaking(language):
                shown = str(said(code)).strip()
            assert "_" not in shown, (key, code)
            assert bool(JAPANESE.search(shown)) == (language == "ja"), (key, shown)
