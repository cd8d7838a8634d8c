grant update (name, email, telephone, nationality, date_of_birth, gender, address, background, qualifications, residence_status, japanese_level, sources) on personal.candidate_items to portal_gate;
grant update (replaced_at, shows_former) on personal.document to portal_gate;

-- An item is corrected because somebody said, or showed, that it is wrong: the person, the staff's own look at an original, or an employer's
-- certificate.

-- Tells one value of an item from another, for whoever looked before they correct it.
create function gate.item_mark(value jsonb) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select left(encode(sha256(convert_to(coalesce(value, 'null')::text, 'UTF8')), 'hex'), 16)
$$;

-- Why what is said does not prove it, as a code; null when it does. A paper is needed for what an employer relies on by law, and for what is not
-- the person's own word.
create function gate.correction_lacks(said jsonb, source text, channel text, note text, scanned boolean) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when gate.is_blank(note) and not scanned then 'evidence_missing'
        when channel <> 'paper' and source <> 'person' then 'paper_of_source'
        when channel <> 'paper' and (said ?| array['date_of_birth', 'residence_status'] or said -> 'japanese_level' ->> 'test' <> 'self')
            then 'paper_of_item'
    end
$$;

-- One entry of a list put into its item. "entry" names the item, of a background its list, and the place of the entry from 0, or null for
-- a new one. It says what the entry becomes: its parts, or null for one that is taken out.
create function gate.with_entry(stands jsonb, entry jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when entry ->> 'list' is null then jsonb_build_object(entry ->> 'item', found.list)
                else jsonb_build_object(entry ->> 'item', jsonb_build_object(entry ->> 'list', found.list)) end
    from (select coalesce(nullif(case when entry ->> 'list' is null then stands -> (entry ->> 'item')
                                      else stands -> (entry ->> 'item') -> (entry ->> 'list') end, 'null'), '[]') as entries) as held,
         (select (entry ->> 'place')::integer as place, nullif(entry -> 'becomes', 'null') as becomes) as asked,
         lateral (select case when asked.place is null then jsonb_build_array(asked.becomes) || held.entries
                              when asked.becomes is null then held.entries - asked.place
                              else jsonb_set(held.entries, array[asked.place::text], coalesce(held.entries -> asked.place, '{}') || asked.becomes, false)
                         end as list) as found
$$;

-- Each key of "said" is an item; of a name and a background those parts that become others, of everything else the whole. Or "entry" is one
-- entry of a list. "seen" is the mark of the item that the corrector looked at. The result is "corrected"; "tightened" when the law became a
-- stricter one by it (candidates/gate/place.sql); "same" when everything stood so; "moved" when the item is not what was looked at; or
-- what the proof lacks. Null: this viewer may not. A later import leaves what was corrected as it is.
-- for: portal_web
create function gate.correct_items(person uuid, said jsonb, source text, channel text, note text,
                                   entry jsonb default null, seen text default null, file jsonb default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_person(viewer, person);
    stands personal.candidate_items;
    statement uuid := gen_random_uuid();
    part text;
    changed text[];
    former text;
    law text;
    result text;
begin
    if (source in ('person', 'staff', 'employer') and channel in ('telephone', 'paper')) is not true or num_nonnulls(said, entry) <> 1
        or coalesce(said, jsonb_build_object(entry ->> 'item', true)) - array['name', 'email', 'telephone', 'nationality', 'date_of_birth', 'gender',
               'address', 'background', 'qualifications', 'residence_status', 'japanese_level'] <> '{}' then
        raise exception 'only items are corrected, on the word of somebody' using errcode = 'invalid_parameter_value';
    end if;
    if refusal is null then
        select candidate.regime into former from personal.candidate where candidate.id = person for no key update;
        select items.* into stands from personal.candidate_items as items where items.candidate_id = person for no key update;
        refusal := case when stands.candidate_id is null then @'no_such_record' end;
    end if;
    if refusal is not null then
        perform gate.record(@'item_corrected', viewer, refusal, candidate => (select id from personal.candidate where id = person));
        return null;
    end if;
    if nullif(seen, '') is distinct from gate.item_mark(to_jsonb(stands) -> coalesce(entry ->> 'item', (select min(key) from jsonb_object_keys(said) as key)))
        and (nullif(seen, '') is not null or entry ->> 'place' is not null) then
        result := 'moved';
    else
        said := coalesce(said, gate.with_entry(to_jsonb(stands), entry));
        result := gate.correction_lacks(said, source, channel, note, file is not null);
    end if;
    foreach part in array array['name', 'background'] loop
        if said ? part then
            said := said || jsonb_build_object(part, coalesce(nullif(to_jsonb(stands) -> part, 'null'), '{}') || (said -> part));
        end if;
    end loop;
    if (said #>> '{name,family}', said #>> '{name,given}') is distinct from (stands.name ->> 'family', stands.name ->> 'given') and said ? 'name' then
        said := jsonb_set(said, '{name,display}', to_jsonb(btrim(concat_ws(' ', said #>> '{name,family}', said #>> '{name,given}'))));
    end if;
    changed := array(select one.key from jsonb_each(said) as one where to_jsonb(stands) -> one.key is distinct from one.value order by one.key);
    result := coalesce(result, case when changed = '{}' then 'same' end);
    if result is not null then
        perform gate.record(@'item_corrected', viewer, case result when 'same' then @'nothing_to_change' when 'moved' then @'other_text' else @'correction_unproved' end,
                            candidate => person);
        return result;
    end if;
    perform gate.put_correction(viewer, person, said, changed, jsonb_strip_nulls(jsonb_build_object(
        'source', source, 'at', gate.moment(now()), 'corrected', true, 'evidence', case when source <> 'person' then 'statement ' || statement end)));
    law := (select nullif(candidate.regime, former) from personal.candidate where candidate.id = person);
    perform gate.record(@'item_corrected', viewer, candidate => person, facts => jsonb_strip_nulls(jsonb_build_object('channel', channel, 'tightened', law)),
                        items => (select sum(item.mask)::integer from portal.item where item.code = any (changed)));
    perform gate.put_statement(viewer, person, 'correction', null, channel, coalesce(nullif(btrim(note), ''), 'statement ' || statement), statement);
    perform gate.put_evidence(person, statement, file);
    return case when law is null then 'corrected' else 'tightened' end;
end
$$;

-- Writes what was corrected, with its source. The uploaded file goes out of use when it shows, or may show, one of the items: it has the
-- former value.
create function gate.put_correction(viewer gate.viewer_row, person uuid, said jsonb, changed text[], source jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    update personal.candidate_items as items
    set name = case when said ? 'name' then said -> 'name' else items.name end,
        email = case when said ? 'email' then said ->> 'email' else items.email end,
        telephone = case when said ? 'telephone' then said ->> 'telephone' else items.telephone end,
        nationality = case when said ? 'nationality' then said ->> 'nationality' else items.nationality end,
        date_of_birth = case when said ? 'date_of_birth' then (said ->> 'date_of_birth')::date else items.date_of_birth end,
        gender = case when said ? 'gender' then said ->> 'gender' else items.gender end,
        address = case when said ? 'address' then said -> 'address' else items.address end,
        background = case when said ? 'background' then said -> 'background' else items.background end,
        qualifications = case when said ? 'qualifications' then said -> 'qualifications' else items.qualifications end,
        residence_status = case when said ? 'residence_status' then said -> 'residence_status' else items.residence_status end,
        japanese_level = case when said ? 'japanese_level' then said -> 'japanese_level' else items.japanese_level end,
        sources = items.sources || (select jsonb_object_agg(code, source) from unnest(changed) as code)
    where items.candidate_id = person;
    update personal.candidate set updated_at = now() where id = person;
    update personal.document set replaced_at = now(), shows_former = true
    where candidate_id = person and kind = 'resume_original' and replaced_at is null
      and holds & (select bit_or(item.mask) from portal.item
                   where item.code = any (changed) or item.code = 'age' and 'date_of_birth' = any (changed)) <> 0;
end
$$;

-- Nobody is born twice: another date of birth, or none any more, is a correction, and has its proof whoever writes it. It is the page's own statement, or
-- the evidence that a file names.
create function gate.keep_birth() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    said jsonb := new.sources -> 'date_of_birth';
begin
    if old.date_of_birth is not null and new.date_of_birth is distinct from old.date_of_birth
        and gate.birth_lacks(said ->> 'source', said ->> 'evidence', coalesce((said ->> 'corrected')::boolean, false)) is not null
        and not exists (select from personal.candidate where candidate.id = new.candidate_id and candidate.erased_at is not null) then
        raise exception 'a date of birth is corrected with its proof' using errcode = 'object_not_in_prerequisite_state';
    end if;
    return new;
end
$$;
create trigger birth_proved before update of date_of_birth on personal.candidate_items for each row execute function gate.keep_birth();

-- What the proof of another date of birth lacks, by the same rule as a correction on the page; "stated" when that page wrote its statement.
-- for: portal_owner
create function gate.birth_lacks(source text, evidence text, stated boolean default false) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select gate.correction_lacks('{"date_of_birth": true}', coalesce(source, 'platform'), 'paper', evidence, stated)
$$;
