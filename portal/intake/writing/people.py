"""Candidates: items and documents in one transaction each.

Promise: either the whole person is there as handed in, or nothing changed. This holds whatever is wrong with any of the
person's files, and wherever the import is cut. An erased person does not come back by a file. What a person asked for
in the portal (restriction, objection) is never lifted by one.
"""

import dataclasses
import json
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from portal.accesslog.actions import Action
from portal.candidates.items import Item
from portal.documents.sealing import DataKey, MasterKeys, WrappedKey
from portal.intake.items_of_resume import item_values
from portal.intake.people import Person
from portal.intake.problems import Problem, Unreadable, named, quoted
from portal.intake.writing.documents import CleanFile, Shelf
from portal.intake.writing.law import OWN, check_law, same_records, tell_what_stays, tell_who_is_held
from portal.intake.writing.work import State, Work
from portal.language.i18n import N_

KIND = "candidates"
ERASED = "select gate.was_erased($1)"
LAW = "update personal.candidate set regime = $2 where id = $1 and regime is distinct from $2"
HOLD = "select gate.hold_person($1, $2, null, null, $3)"
BORN = "select date_of_birth from personal.candidate_items where candidate_id = $1"
BIRTH_LACKS = "select gate.birth_lacks($1, $2)"
BIRTH = N_(
    "{stands}, which stands in the portal. Another date of birth, or none, is a correction: name where its proof is "
    "kept, as in “sources”: {{“date_of_birth”: {{“source”: “staff”, “evidence”: “scan 12”}}}}, or correct it on the "
    "page of the person"
)
CORRECTED = N_("The correction of {stands} in the portal stays: a file does not undo what the person said there.")


FORMER = N_("It shows what was corrected in the portal since, and stays out of use: hand in a newer one.")


async def is_known(work: Work, person: Person) -> bool:
    """Whether this very folder was imported before, so that nothing needs to be unpacked."""
    query = "select source_digest = $2 from personal.candidate where reference = $1 and erased_at is null"
    return bool(await work.connection.fetchval(query, person.reference, person.source_digest))


async def write_person(work: Work, person: Person, files: list[CleanFile], shelf: Shelf) -> State:
    """Raises Unreadable for an erased person or an unknown account manager, StoreError for a full store."""
    async with work.connection.transaction():
        try:
            before = await same_records(work, person)
            state, candidate = await _candidate(work, person)
            current = await _current(work, person, candidate, files)
            photo = await _documents(work, candidate, current, shelf, person.resume.basics.shokai.resume_holds)
            await _items(work, person, candidate, photo)
            await work.connection.execute(LAW, candidate, person.resume.basics.shokai.regime)
            tell_who_is_held(work, person, before, await same_records(work, person))
            await work.record(Action.CANDIDATE_IMPORTED, candidate=candidate, new=state is State.ADDED)
        except BaseException:
            await shelf.clear()
            raise
    # A commit that fails without an answer may have happened: its files stay, at worst without a row that names them.
    return state


async def _candidate(work: Work, person: Person) -> tuple[State, UUID]:
    own = person.resume.basics.shokai
    manager = await _account_manager(work, person)
    query = "select * from personal.candidate where reference = $1 for update"
    row = await work.connection.fetchrow(query, person.reference)
    if row["erased_at"] is not None if row else await work.connection.fetchval(ERASED, person.reference):
        raise Unreadable(
            Problem(person.place, N_("This person was erased and does not come back by an import."), sentence=True)
        )
    await check_law(work, person, row)
    if row is None:
        values = {"regime": own.regime, "restricted_at": own.restricted_at, "objected_at": own.objected_at}
        known = {"account_manager_id": manager, "source_digest": person.source_digest, "confirmed_at": own.confirmed_at}
        return State.ADDED, await work.insert("personal.candidate", {"reference": person.reference, **values, **known})
    tell_what_stays(work, person, row)
    await work.connection.execute(
        "update personal.candidate set account_manager_id = $2, source_digest = $3, confirmed_at = $4,"
        " updated_at = now() where id = $1",
        row["id"],
        manager,
        person.source_digest,
        work.at(own.confirmed_at),
    )
    for what, column, said in (
        ("restriction", "restricted_at", own.restricted_at),
        ("objection", "objected_at", own.objected_at),
    ):
        if said is not None and row[column] is None:
            await work.connection.execute(HOLD, row["id"], what, work.at(said))
    return State.UPDATED, row["id"]


async def _account_manager(work: Work, person: Person) -> UUID | None:
    email = person.resume.basics.shokai.account_manager
    if email is None:
        return None
    account = await work.account(email)
    if account is None or account["role"] != "account_manager":
        field = f"{OWN}.account_manager"
        wanted = N_("the e-mail of an account manager's account")
        lacks = named("accounts", [email]) if account is None else ()
        raise Unreadable(Problem(f"{person.place}/resume.json", wanted, None, field, quoted(email), lacks=lacks))
    found: UUID = account["id"]
    return found


async def _items(work: Work, person: Person, candidate: UUID, photo: UUID | None) -> None:
    values = dataclasses.asdict(item_values(person.resume, work.now)) | {"photo": photo}
    corrected = await _corrected(work, person, candidate, values)
    if "date_of_birth" not in corrected:
        await _check_birth(work, person, candidate, values["date_of_birth"])
    plain = {name: _as_json(value) for name, value in values.items() if name not in corrected}
    plain["sources"] = json.dumps(_sources(work, person) | corrected)
    columns = ", ".join(plain)
    places = ", ".join(f"${number}" for number in range(2, len(plain) + 2))
    sets = ", ".join(f"{name} = excluded.{name}" for name in plain)
    await work.connection.execute(
        f"insert into personal.candidate_items (candidate_id, {columns}) values ($1, {places})"  # noqa: S608 - names are in code
        f" on conflict (candidate_id) do update set {sets}",
        candidate,
        *plain.values(),
    )


async def _check_birth(work: Work, person: Person, candidate: UUID, born: date | None) -> None:
    """Raises Unreadable for another date of birth than stands, or none, without the proof that a page would ask for."""
    stands = await work.connection.fetchval(BORN, candidate)
    if stands is None or stands == born:
        return
    said = person.resume.basics.shokai.sources.get("date_of_birth")
    proof = (said.source, said.evidence) if said else ("platform", None)
    if await work.connection.fetchval(BIRTH_LACKS, *proof) is not None:
        details = {"stands": stands.isoformat()}
        value = quoted(born.isoformat() if born else "")
        place = f"{person.place}/resume.json"
        raise Unreadable(Problem(place, BIRTH, None, f"{OWN}.date_of_birth", value, details))


def _sources(work: Work, person: Person) -> dict[str, Any]:
    """From whom the items come, as the file says; what it does not say came from the platform."""
    own = person.resume.basics.shokai
    at = work.at(own.confirmed_at)
    when = {"at": at and at.isoformat()}
    return {item: said.model_dump(exclude_none=True) | when for item, said in own.sources.items()}


async def _corrected(work: Work, person: Person, candidate: UUID, values: dict[str, Any]) -> dict[str, Any]:
    """The items that staff corrected on the person's word: a file leaves them, and a note says so where it differs."""
    query = "select to_jsonb(items) from personal.candidate_items as items where candidate_id = $1"
    stands = json.loads(await work.connection.fetchval(query, candidate) or '{"sources": {}}')
    found = {item: said for item, said in stands["sources"].items() if said.get("corrected")}
    for item in found:
        value = values[item]
        if (value.isoformat() if isinstance(value, date) else value) != stands[item]:
            place = f"{person.place}/resume.json"
            work.notices.append(Problem(place, CORRECTED, None, "basics", None, {"stands": item}, sentence=True))
    return found


def _as_json(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value


async def _current(work: Work, person: Person, candidate: UUID, files: list[CleanFile]) -> list[CleanFile]:
    """The files but those that show what was corrected in the portal since: they stay out of use, which is told."""
    query = "select received_digest from personal.document where candidate_id = $1 and shows_former"
    former = {row["received_digest"] for row in await work.connection.fetch(query, candidate)}
    for file in files:
        if file.received_digest in former:
            place = f"{person.place}/{person.files[file.kind][0]}"
            work.notices.append(Problem(place, FORMER, details={"stands": file.kind}, sentence=True))
    return [file for file in files if file.received_digest not in former]


async def _documents(work: Work, candidate: UUID, files: list[CleanFile], shelf: Shelf, holds: Item) -> UUID | None:
    """Bring the stored files to what was handed in; returns the photo's id."""
    rows = await work.connection.fetch(
        "select id, kind, received_digest from personal.document where candidate_id = $1 and replaced_at is null",
        candidate,
    )
    standing = {(row["kind"], row["received_digest"]): row["id"] for row in rows}
    kept = {(file.kind, file.received_digest) for file in files} & standing.keys()
    gone = [standing[each] for each in standing.keys() - kept]
    await work.connection.execute("update personal.document set replaced_at = now() where id = any($1)", gone)
    await work.connection.execute(
        "update personal.document set holds = $2"
        " where candidate_id = $1 and kind = 'resume_original' and replaced_at is null and holds <> $2",
        candidate,
        int(holds),
    )
    photo = next((standing[each] for each in kept if each[0] == "photo"), None)
    added = [file for file in files if (file.kind, file.received_digest) not in kept]
    key = await _data_key(work, candidate, shelf.keys) if added else None
    for file in added:
        assert key is not None, "a key was made above"
        made = await _store(work, candidate, file, key, shelf, holds)
        photo = made if file.kind == "photo" else photo
    return photo


async def _data_key(work: Work, candidate: UUID, keys: MasterKeys) -> DataKey:
    query = "select master_key_id, wrapped_key from personal.document_key where candidate_id = $1"
    row: asyncpg.Record | None = await work.connection.fetchrow(query, candidate)
    if row is not None:
        return keys.unwrap(WrappedKey(row["master_key_id"], row["wrapped_key"]), str(candidate))
    key, wrapped = keys.new_data_key(str(candidate))
    await work.connection.execute(
        "insert into personal.document_key (candidate_id, master_key_id, wrapped_key) values ($1, $2, $3)",
        candidate,
        wrapped.master_id,
        wrapped.wrapped,
    )
    return key


async def _store(work: Work, candidate: UUID, file: CleanFile, key: DataKey, shelf: Shelf, holds: Item) -> UUID:
    object_id = await shelf.add(key, file)
    return await work.insert(
        "personal.document",
        {
            "candidate_id": candidate,
            "kind": file.kind,
            "title": file.title,
            "media_type": file.media_type,
            "pages": file.pages,
            "bytes": len(file.content),
            "object_key": str(object_id),
            "content_digest": file.content_digest,
            "received_digest": file.received_digest,
            "holds": int(Item.PHOTO if file.kind == "photo" else holds),
        },
    )
