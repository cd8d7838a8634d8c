"""From a refused model to problems: each place in it, with the sentence that says what would be right."""

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from portal.intake.problems import Name, Problem, quoted
from portal.language.i18n import N_

# The library's own refusals, in our words. A number's or a choice's limits come from the error.
BUILT_IN = {
    "missing": N_("a value: this field cannot be empty"),
    "string_type": N_("text in quotation marks"),
    "int_parsing": N_("a whole number"),
    "int_type": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "greater_than_equal": N_("a number of at least {ge}"),
    "less_than_equal": N_("a number of at most {le}"),
    "literal_error": N_("one of: {expected}"),
    "list_type": N_("a list"),
    "too_long": N_("at most {max_length} entries"),
    "model_type": N_("an object with its fields in braces"),
    "extra_forbidden": N_("a field that the extension has; this one is misspelt or not known"),
}
OTHERWISE = N_("a value of the form that docs/import.md describes")


def problems_of(error: ValidationError, file: str, row: int | None, name: Name = ()) -> list[Problem]:
    """One problem per place that is wrong in the record of this name."""
    return [_problem(each, file, row, name) for each in error.errors(include_url=False)]


def _problem(each: ErrorDetails, file: str, row: int | None, name: Name) -> Problem:
    context = each.get("ctx", {})
    details = {name: str(value) for name, value in context.items()}
    if each["type"] == "literal_error":  # "'a', 'b' or 'c'", in English
        details["expected"] = ", ".join(re.findall(r"'([^']*)'", details["expected"]))
    written = each["input"]
    return Problem(
        file=file,
        wanted=details.pop("wanted", "") or BUILT_IN.get(each["type"], OTHERWISE),
        row=row,
        field=".".join(str(step) for step in each["loc"]) or None,
        value=quoted(written) if isinstance(written, (str, int, float)) else None,
        details=details,
        name=name,
        said=context.get("said"),
    )
