"""An entry in each form that is exported. Codes stand as in docs/access-log.md, so that programs can read them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from portal.accesslog.seal.document import moment

Entry = Mapping[str, Any]
COLUMNS = (
    "id", "recorded_at", "action", "decision", "reasons", "actor_id", "actor_name", "role",
    "company_id", "company_name", "company_name_latin", "introduction_id", "introduction_code", "candidate_reference",
    "purposes", "items", "consent_id", "agreement_id", "agreement_number", "agreement_digest", "document_digest",
    "commitment", "session_id", "request_id", "subject_kind", "subject_id", "facts", "ip", "agent",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
READS = (
    "searched", "listed", "shown", "downloaded", "opened", "handed_over", "revealed", "explained", "offered", "read",
    "previewed",
)  # fmt: skip
VERBS = {"created": "C", "added": "C", "made": "C", "changed": "U", "moved": "U", "corrected": "U", "removed": "D"}
ACTIVITIES = {"C": 1, "R": 2, "U": 3, "D": 4, "E": 99}
API_ACTIVITY = 6003  # the class of OCSF
CSV = "text/csv; charset=utf-8"
DOCUMENTATION = "urn:shokai:access-log:"


def plain(entry: Entry) -> dict[str, Any]:
    """The entry with values as JSON has them; what is null is left out."""
    made = {name: _value(name, entry[name]) for name in COLUMNS}
    return {name: value for name, value in made.items() if value not in (None, [])}


def cells(entry: Entry) -> list[str]:
    """The entry as texts, column by column; none is taken for a formula by a program for tables."""
    made = plain(entry)
    return [csv_safe(_text(made.get(name, ""))) for name in COLUMNS]


def csv_line(row: Iterable[str]) -> str:
    """One line of CSV (RFC 4180), every cell in quotes."""
    return '"' + '","'.join(text.replace('"', '""') for text in row) + '"\r\n'


def csv_table(rows: Iterable[Iterable[str]]) -> bytes:
    """A whole file of CSV, with the mark by which Excel knows UTF-8; no cell is a formula."""
    return ("\ufeff" + "".join(csv_line(map(csv_safe, row)) for row in rows)).encode()


def ocsf(entry: Entry) -> dict[str, Any]:
    """The entry as an event of OCSF 1.3, class API Activity."""
    one = plain(entry)
    activity = ACTIVITIES[_verb(one["action"])]
    permitted = one["decision"] == "permitted"
    used = {"id", "recorded_at", "action", "decision", "reasons", "actor_id", "actor_name", "session_id", "ip", "agent"}
    user = {"uid": one.get("actor_id", "none"), "name": one.get("actor_name", one.get("role", "none"))}
    return {
        "category_uid": 6,
        "class_uid": API_ACTIVITY,
        "activity_id": activity,
        "type_uid": API_ACTIVITY * 100 + activity,
        "severity_id": 1 if permitted else 2,
        "status_id": 1 if permitted else 2,
        "status_code": ",".join(one.get("reasons", [])) or one["decision"],
        "time": int(entry["recorded_at"].timestamp() * 1000),
        "metadata": {"version": "1.3.0", "uid": one["id"], "product": {"name": "Shokai", "vendor_name": "Shokai"}},
        "actor": {"user": user, "session": {"uid": one.get("session_id", "none")}},
        "api": {"operation": one["action"], "request": {"uid": one.get("request_id", "none")}},
        "src_endpoint": {"ip": one["ip"]} if "ip" in one else {"name": "erased or unknown"},
        "http_request": {"user_agent": one.get("agent", "")},
        "unmapped": {name: value for name, value in one.items() if name not in used},
    }


def fhir(entry: Entry) -> dict[str, Any]:
    """The entry as an AuditEvent of FHIR R5."""
    one = plain(entry)
    name = one.get("actor_name", one.get("role", "nobody signed in"))
    agent: dict[str, Any] = {"who": {"display": name}, "requestor": True}
    if "actor_id" in one:
        agent["who"]["identifier"] = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{one['actor_id']}"}
    if "role" in one:
        agent["role"] = [{"text": one["role"]}]
    if "ip" in one:
        agent["networkString"] = one["ip"]
    reasons = [{"coding": [{"system": f"{DOCUMENTATION}reason", "code": code}]} for code in one.get("reasons", [])]
    made: dict[str, Any] = {
        "resourceType": "AuditEvent",
        "id": one["id"],
        "code": {"coding": [{"system": f"{DOCUMENTATION}action", "code": one["action"]}]},
        "action": _verb(one["action"]),
        "recorded": one["recorded_at"],
        "outcome": {
            "code": {
                "system": "http://hl7.org/fhir/issue-severity",
                "code": "success" if one["decision"] == "permitted" else "error",
            },
            **({"detail": reasons} if reasons else {}),
        },
        "authorization": [{"text": purpose} for purpose in one.get("purposes", [])],
        "agent": [agent],
        "source": {"observer": {"display": "Shokai"}},
        "entity": _entities(one),
    }
    return {name: value for name, value in made.items() if value != []}


def _entities(one: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an entry is about: the records it names, and beside the introduction the items that were shown."""
    kinds = ("introduction_id", "company_id", "consent_id", "agreement_id", "subject_id")
    made = []
    for name in kinds:
        if name in one:
            entity: dict[str, Any] = {
                "what": {"identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{one[name]}"}},
                "role": {"text": one.get("subject_kind", name) if name == "subject_id" else name.removesuffix("_id")},
            }
            if name == "introduction_id" and "items" in one:
                entity["detail"] = [{"type": {"text": "item"}, "valueString": code} for code in one["items"]]
            made.append(entity)
    return made


def _verb(action: str) -> str:
    """Create, read, update, delete or execute, by the verb that an action ends in."""
    if action.endswith(READS):
        return "R"
    return VERBS.get(action.rpartition("_")[2], "E")


def _value(name: str, value: Any) -> Any:
    if name == "facts" and value is not None:
        return json.loads(value)
    if value is None or isinstance(value, str | list):
        return value
    if name == "recorded_at":
        return moment(value)
    return value.hex() if isinstance(value, bytes) else str(value)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def csv_safe(text: str) -> str:
    """A cell that no program for tables takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
