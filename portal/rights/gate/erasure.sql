grant insert on personal.erasure to portal_gate;
grant delete on personal.note, personal.scorecard, personal.evidence, personal.statement, personal.law_change, personal.document to portal_gate;
grant delete on personal.document_key, personal.candidate_items, accesslog.entry_subject to portal_gate;
grant update (note) on personal.outcome to portal_gate;

-- Erasing a person: by whoever of compliance is signed in, or by a program that names them, on a ground and with how it was asked for. What is the person's
-- goes, with the side rows of the log and the key of their files. What the law makes the operator keep stays until its own time is over: the
-- provision records, which are completed first. The entries of the log stay as they are.

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

-- What would go, in numbers.
create function gate.goes_with(person uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    with introductions as (select introduction.id from personal.introduction where introduction.candidate_id = person)
    select jsonb_build_object(
        'items', (select count(*) from portal.item cross join personal.candidate_items as items
                  where items.candidate_id = person and to_jsonb(items) -> item.code not in ('null', '""')),
        'documents', (select count(*) from personal.document where document.candidate_id = person),
        'scans', (select count(*) from personal.evidence where evidence.candidate_id = person),
        'statements', (select count(*) from personal.statement where statement.candidate_id = person)
                      + (select count(*) from personal.law_change as change where change.candidate_id = person),
        'notes', (select count(*) from personal.note where note.introduction_id in (select id from introductions))
                 + (select count(*) from personal.question where question.introduction_id in (select id from introductions))
                 + (select count(*) from personal.scorecard as card where card.introduction_id in (select id from introductions))
                 + (select count(*) from personal.outcome where outcome.note is not null and outcome.introduction_id in (select id from introductions))
                 + (select count(*) from portal.log_review_entry as listed where listed.note is not null and gate.is_entry_about(listed, person)),
        'mails', (select count(*) from portal.mail where mail.candidate_id = person),
        'searches', (select count(*) from portal.saved_search as saved where gate.is_search_for(saved.asked, person)),
        'side_rows', (select count(*) from accesslog.entry_subject as side where side.candidate_id = person))
$$;

-- Whether what was noted in a review is of an entry about this person.
create function gate.is_entry_about(listed portal.log_review_entry, person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from accesslog.entry_subject as side
                   where side.entry_id = listed.entry_id and side.recorded_at = listed.recorded_at and side.candidate_id = person)
        or exists (select from accesslog.entry join personal.introduction on introduction.id = entry.introduction_id
                   where entry.id = listed.entry_id and entry.recorded_at = listed.recorded_at and introduction.candidate_id = person)
$$;

-- Whether a search of the log that somebody kept is for this person.
create function gate.is_search_for(asked text, person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select strpos(asked, person::text) > 0
        or exists (select from personal.introduction where introduction.candidate_id = person and strpos(asked, introduction.code) > 0)
$$;

-- What stays of a person who is erased, and until when the law keeps it.
create function gate.stays_of(person uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'provisions', (select count(*) from personal.provision as record where record.candidate_id = person),
        'kept_until', (select max(gate.provision_kept_until(record)) from personal.provision as record where record.candidate_id = person),
        'consents', (select count(*) from personal.consent where consent.candidate_id = person),
        'codes', (select coalesce(jsonb_agg(introduction.code order by introduction.code), '[]') from personal.introduction where introduction.candidate_id = person))
$$;

-- Whether what is to be kept of an erasure names the person.
create function gate.names_person(person uuid, said text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(gate.folded(said) ~ nullif(concat_ws('|', marks.surely, marks.perhaps), ''), false) from gate.marks_of(person) as marks
$$;

-- Beforehand, for whoever of compliance asks: what would go and what stays, in which free texts the name stands, and whether "said" names the person.
-- for: portal_web, portal_owner
create function gate.weigh_erasure(person uuid, said text default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    refusal text := gate.refused_erasure(viewer, person);
begin
    perform gate.record(@'erasure_weighed', viewer, refusal, candidate => (select candidate.id from personal.candidate where candidate.id = person));
    if refusal is not null then
        return null;
    end if;
    return jsonb_build_object(
        'reference', (select candidate.reference from personal.candidate where candidate.id = person),
        'goes', gate.goes_with(person), 'stays', gate.stays_of(person), 'named', gate.names_person(person, said),
        'texts', (select coalesce(jsonb_agg(gate.told_text(found.kind, found.record, found.page, found.account, found.company)
                                            || jsonb_build_object('excerpt', found.excerpt, 'surely', found.surely, 'can', found.can)), '[]')
                  from gate.texts_naming(person) as found));
end
$$;

create function gate.refused_erasure(viewer gate.viewer_row, person uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(case when viewer.role is distinct from 'operator_program' then gate.refused_unless(viewer, 'compliance') end,
                    case when not exists (select from personal.candidate where candidate.id = person and candidate.erased_at is null) then @'no_such_record' end)
$$;

-- Where a free text stands, in words that name nobody but whose it is.
create function gate.told_text(kind text, record uuid, page uuid, account uuid, company uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'kind', kind, 'record', record, 'page', page, 'account', (select known.display_name from portal.account as known where known.id = told_text.account),
        'name', (select known.name from portal.company as known where known.id = told_text.company),
        'name_latin', (select known.name_latin from portal.company as known where known.id = told_text.company))
$$;

-- "refusal" is a code, and nothing was done then; otherwise the number of the erasure, and the files to remove from the store, whose key is gone by then.
-- "records" are those whose free texts are blacked out; null: all in which the name can be.
-- for: portal_web, portal_owner
create function gate.erase_person(person uuid, ground text, reason text, channel text, note text, records uuid[], officer text default null,
                                  out refusal text, out erasure uuid, out files text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    account uuid := gate.officer(viewer, officer);
    introductions uuid[];
    gone jsonb;
    blacked integer;
begin
    perform from personal.candidate where candidate.id = person and account is not null for update;
    viewer := gate.viewer_or_program();  -- who waited for the row may have been suspended
    account := gate.officer(viewer, officer);
    refusal := coalesce(gate.refused_erasure(viewer, person), case when account is null then @'not_for_this_role' end,
                        case when gate.names_person(person, concat_ws(' / ', reason, note)) then @'text_names_person' end);
    if refusal is not null then
        perform gate.record(@'person_erased', viewer, refusal);
        return;
    end if;
    perform gate.put_provisions('0', pg_snapshot_xmax(pg_current_snapshot()), person);
    gone := gate.goes_with(person);
    insert into personal.erasure (candidate_id, ground, reason, channel, note, officer_id, gone)
    values (person, erase_person.ground, erase_person.reason, erase_person.channel, erase_person.note, account, gone) returning id into erasure;
    introductions := array(select introduction.id from personal.introduction where introduction.candidate_id = person);
    files := array(select document.object_key from personal.document where document.candidate_id = person
                   union all select evidence.object_key from personal.evidence where evidence.candidate_id = person);
    blacked := gate.black_out(erasure, person, records);
    delete from portal.saved_search as saved where gate.is_search_for(saved.asked, person);
    update portal.log_review_entry as listed set note = null
    where listed.note is not null and gate.is_entry_about(listed, person);
    delete from personal.note as written where written.introduction_id = any (introductions);
    delete from personal.scorecard as card where card.introduction_id = any (introductions);
    delete from personal.question as asked where asked.introduction_id = any (introductions);
    update personal.outcome set note = null where outcome.note is not null and outcome.introduction_id = any (introductions);
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
    perform gate.record(@'person_erased', viewer, subject => erasure, facts => jsonb_build_object(
        'files', cardinality(files), 'erasure_ground', ground, 'channel', channel, 'officer', account, 'texts', blacked));
end
$$;

-- The erasures for compliance, the newest first; or one, with where the name stood in free texts.
-- for: portal_web
create function gate.erasures(asked uuid default null)
returns table (id uuid, erased_at timestamptz, officer text, ground text, reason text, channel text, note text, gone jsonb, stays jsonb, texts jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
begin
    perform gate.record(@'erasures_read', viewer, refusal, subject => asked);
    if refusal is not null then
        return;
    end if;
    return query
        select one.id, one.erased_at, account.display_name, one.ground, one.reason, one.channel, one.note, one.gone, gate.stays_of(one.candidate_id),
               (select coalesce(jsonb_agg(gate.told_text(kept.kind, kept.record_id, text.page, text.account, text.company)
                                          || jsonb_build_object('blacked', kept.blacked) order by kept.blacked, kept.kind), '[]')
                from personal.erasure_text as kept
                left join gate.free_texts() as text on asked is not null and text.kind = kept.kind and text.record = kept.record_id
                where kept.erasure_id = one.id)
        from personal.erasure as one join portal.account on account.id = one.officer_id
        where erasures.asked is null or one.id = erasures.asked
        order by one.erased_at desc, one.id limit 500;
end
$$;
