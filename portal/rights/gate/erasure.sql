grant delete on personal.note, personal.scorecard, personal.evidence, personal.statement, personal.law_change, personal.document, personal.document_key, personal.candidate_items, accesslog.entry_subject to portal_gate;
grant update (note) on personal.outcome to portal_gate;

-- Erasing a person. What is theirs goes, with the side rows of the log and the key of their files. What the law makes the operator keep
-- stays until its own time is over: the provision records, which are completed first. The entries of the log stay as they are.

-- By it a file is known that brings back somebody who was erased. Without that number nothing is learned from it: the row's own id goes in first.
create function gate.digest_of_former(person uuid, number text) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select sha256(uuid_send(person) || convert_to(number, 'UTF8'))
$$;

-- for: portal_owner
create function gate.was_erased(number text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from personal.candidate
                   where candidate.erased_at is not null and candidate.former_digest = gate.digest_of_former(candidate.id, number))
$$;

-- The files to remove from the store, whose key is gone by then; null where there is no such person, or the person was erased.
-- for: portal_owner
create function gate.erase_person(person uuid) returns text[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    found personal.candidate;
    files text[];
begin
    select * into found from personal.candidate where candidate.id = person and candidate.erased_at is null for update;
    if viewer.role is distinct from 'operator_program' or found.id is null then
        perform gate.record(@'person_erased', viewer, @'no_such_record');
        return null;
    end if;
    perform gate.put_provisions('0', pg_snapshot_xmax(pg_current_snapshot()), person);
    files := array(select document.object_key from personal.document where document.candidate_id = person
                   union all select evidence.object_key from personal.evidence where evidence.candidate_id = person);
    delete from personal.note where note.introduction_id in (select introduction.id from personal.introduction where introduction.candidate_id = person);
    delete from personal.scorecard where scorecard.introduction_id in (select introduction.id from personal.introduction where introduction.candidate_id = person);
    delete from personal.question where question.introduction_id in (select introduction.id from personal.introduction where introduction.candidate_id = person);
    update personal.outcome set note = null
    where outcome.note is not null and outcome.introduction_id in (select introduction.id from personal.introduction where introduction.candidate_id = person);
    delete from portal.mail where mail.candidate_id = person;
    delete from personal.evidence where evidence.candidate_id = person;
    delete from personal.statement where statement.candidate_id = person;
    delete from personal.law_change where law_change.candidate_id = person;
    delete from personal.document where document.candidate_id = person;
    delete from personal.document_key where document_key.candidate_id = person;
    delete from personal.name_token where name_token.candidate_id = person;
    delete from personal.candidate_items where candidate_items.candidate_id = person;
    delete from accesslog.entry_subject where entry_subject.candidate_id = person;
    update personal.candidate
    set reference = 'erased-' || candidate.id, erased_at = now(), account_manager_id = null, source_digest = null, confirmed_at = null,
        former_digest = gate.digest_of_former(candidate.id, candidate.reference),
        regime = null, least_regime = null, former_regime = null, loosened_at = null, lifted_at = null, restricted_at = null, objected_at = null
    where candidate.id = person;
    perform gate.record(@'person_erased', viewer, facts => jsonb_build_object('files', cardinality(files)));
    return files;
end
$$;
