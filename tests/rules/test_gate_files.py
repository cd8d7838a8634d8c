"""The gate's files: each domain's part stands with it and calls what stands below."""

import re
import tomllib

from portal.disclosure import apply
from portal.settings import PROJECT

MADE = re.compile(r"^create (?:function|view|type) gate\.(\w+)", re.MULTILINE)
NAMED = re.compile(r"\bgate\.(\w+)")

# Whatever else a part of the gate names stands in its own domain or in one below it.
UPWARDS = {
    ("accesslog", "viewer_row"),  # an entry names whoever asked
    ("accesslog", "viewer"),  # reading the log is asked by somebody, too
    ("accesslog", "refused_unless"),  # by somebody of one role alone
    ("accesslog", "item_codes"),  # and shows what was shown
    ("accesslog", "purpose_codes"),  # and for which purposes
    ("accesslog", "daily_downloads"),  # and of a saved file how many might be saved that day
    ("accounts", "end_assignments"),  # what was assigned to somebody ends with what they were
    ("accounts", "forget_assignments"),  # and stays so
    ("disclosure", "notes_of"),  # what colleagues wrote stands on the page
    ("people", "notes_about"),  # and is part of what a person is given
    ("disclosure", "scorecards_in_brief"),  # so does who recommends what
    ("people", "scorecards_about"),  # and a person is given how they were judged
    ("disclosure", "assignees"),  # a list says whose each is
    ("notify", "open_link"),  # a mail is not sent when its link is over
    ("notify", "language_of"),  # and is written in the reader's language
    ("notify", "is_halted"),  # nobody is written to who is being suspended
    ("accounts", "write_company_state"),  # what was halted is written down later, of companies too
    ("accounts", "in_force"),  # a viewer stands under an agreement
    ("accounts", "end_of"),  # and a sign-in ends with the company's last agreement
    ("accounts", "open_duties"),  # the menu of an account manager counts what is to be deleted
    ("accounts", "within_networks"),  # and comes from a network of the company's
    ("accounts", "keeps"),  # and people of a company are managed by whoever looks after it
    ("companies", "in_force"),  # a company becomes active under an agreement
    ("disclosure", "note_look"),  # a look is something done with an introduction
    ("accounts", "companies"),  # colleagues are those of a company one may read
}


def layers() -> list[str]:
    """The domains as the import contracts order them, from the lowest up."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    listed = next(contract["layers"] for contract in contracts if "disclosure" in contract.get("layers", ()))
    return [name.strip() for layer in reversed(listed) for name in layer.split(":")]


def test_the_domains_of_the_gate_are_in_the_order_of_the_imports() -> None:
    order = layers()
    assert [domain for domain in order if domain in apply.DOMAINS] == list(apply.DOMAINS)


def test_no_domain_with_a_part_of_the_gate_is_forgotten() -> None:
    assert {path.parent.name for path in apply.PORTAL.glob("*/gate")} == set(apply.DOMAINS)
    assert all(path.suffix == ".sql" for path in apply.PORTAL.glob("*/gate/*"))


def test_a_part_of_the_gate_names_what_stands_in_its_own_domain_or_below() -> None:
    texts = [(path.parent.parent.name, re.sub("--.*", "", path.read_text(encoding="utf-8"))) for path in apply.files()]
    home = {name: domain for domain, text in texts for name in MADE.findall(text)}
    upwards = {
        (domain, name)
        for domain, text in texts
        for name in NAMED.findall(text)
        if name in home and apply.DOMAINS.index(home[name]) > apply.DOMAINS.index(domain)
    }
    assert upwards == UPWARDS


def test_what_a_file_may_write_at_its_head_it_writes() -> None:
    granted = re.compile(r"^grant ((?:insert|update|delete)\b[^;]*) on ([^;]*) to portal_gate;", re.MULTILINE)
    written = {"insert": "insert into", "update": "(?:update|insert into)", "delete": "delete from"}
    for path in apply.files():
        text = re.sub("--.*", "", path.read_text(encoding="utf-8"))
        rights = granted.findall(text) if path.name != apply.LAST else []
        for kind, table in {
            (kind, table) for what, on in rights for kind in written for table in on.split(", ") if kind in what
        }:
            assert re.search(rf"{written[kind]} {table}\b", text), f"{path}: {kind} on {table}"


def test_no_item_purpose_or_reason_is_written_as_a_number() -> None:
    numbers = re.compile(r"(?<![|])[&|] +~? *[1-9]\d*\b")
    found = {(path.name, text) for path in apply.files() for text in numbers.findall(path.read_text(encoding="utf-8"))}
    assert found == {("would_be.sql", "& 4095")}, "the letters of a code"
