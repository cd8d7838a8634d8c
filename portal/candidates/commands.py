"""`portal candidate`: a law is loosened by compliance with reason and proof, and who is to be asked anew is listed."""

import asyncio
import csv
import sys
from functools import partial
from pathlib import Path

import click

from portal.operate.command_line import Value, home_option, settings_with
from portal.operate.connect import changing, connected
from portal.operate.errors import OperateError
from portal.values import contact, text

LONGEST = 500
LOOSEN = "select gate.loosen_law(gate.person_of($1), $2, $3, $4, $5, $6)"
TO_ASK = "select * from gate.consents_to_mend()"
REFUSALS = {
    "no_such_record": "There is no candidate with the reference {reference}, or the person was erased.",
    "not_for_this_role": "{officer} is no active account of compliance. Compliance decides, and is named.",
    "nothing_to_change": "There is nothing to loosen: no such law, restriction or objection stands, or it is as loose.",
    "unproved": "Please say why, and where the proof is kept.",
    "law_of_address": "The address of {reference} demands a stricter law, or names no country."
    " Correct it first, on the page of the person.",
}
said = Value(partial(text.line, most=LONGEST))


@click.group()
def candidate() -> None:
    """The data subjects."""


@candidate.command()
@click.argument("reference")
@click.option(
    "--what", type=click.Choice(["regime", "restriction", "objection"]), required=True, help="What is loosened."
)
@click.option(
    "--to", "law", type=click.Choice(["general", "california"]), help="The law from now on, for --what regime."
)
@click.option("--reason", required=True, type=said, help="Why.")
@click.option("--evidence", required=True, type=said, help="Where the proof is kept: a number or a file's name.")
@click.option(
    "--by",
    "officer",
    required=True,
    type=Value(contact.email),
    help="Who of compliance decided it: the account's e-mail.",
)
@home_option
def loosen(
    reference: str, what: str, law: str | None, reason: str, evidence: str, officer: str, home: Path | None
) -> None:
    """Loosen a person's law. Files only tighten it.

    What was closed opens by a consent that the person gives afterwards, and by none from before.
    """
    from portal.operate.prepare import migrated_database

    if (what == "regime") != (law is not None):
        raise click.UsageError("--to says the law from now on: it goes with --what regime, and only with that.")
    with migrated_database(settings_with(home=home)) as found:
        refusal = asyncio.run(_loosen(found.owner_url, reference, what, law, reason, evidence, officer))
    if refusal is not None:
        raise OperateError(f"{REFUSALS[refusal].format(reference=reference, officer=officer)} Nothing was changed.")
    click.echo(f"The {what} of {reference} is loosened. What was closed opens by a consent given from now on.")


@candidate.command("to-ask")
@home_option
def to_ask(home: Path | None) -> None:
    """Print every consent that opens nothing for want of its proof, as CSV: consent, candidate, company, what it lacks.

    Its evidence is imported, or the person is asked anew; `portal doctor` says which, and docs/import.md how.
    """
    from portal.operate.prepare import migrated_database

    with migrated_database(settings_with(home=home)) as found:
        rows = asyncio.run(_to_ask(found.owner_url))
    written = csv.writer(sys.stdout, lineterminator="\n")
    written.writerow(("consent", "candidate", "company", "lacks"))
    written.writerows((*row[:3], ";".join(row[3])) for row in rows)


async def _to_ask(url: str) -> list[tuple[str, str, str, list[str]]]:
    async with connected(url) as connection:
        return [tuple(row) for row in await connection.fetch(TO_ASK)]


async def _loosen(url: str, *values: str | None) -> str | None:
    async with changing(url) as connection:
        refusal: str | None = await connection.fetchval(LOOSEN, *values)
        return refusal
