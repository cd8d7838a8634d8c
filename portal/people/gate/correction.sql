-- An item is corrected because the person said that it is wrong. Only what is one plain value, or the parts of a name, is corrected here.

-- Each key of "said" is an item; of a name those parts that become others. "corrected", or "same" when everything stood so. Null: this
-- viewer may not. A later import leaves what was corrected as it is.
-- for: portal_web
create function gate.correct_items(person uuid, said jsonb, channel text, note text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_person(viewer, person);
    stands personal.candidate_items;
    name jsonb;
    changed text[];
begin
    if said is null or said - array['name', 'email', 'telephone', 'nationality', 'date_of_birth', 'gender'] <> '{}' then
        raise exception 'only plain items are corrected' using errcode = 'invalid_parameter_value';
    end if;
    if refusal is null then
        select items.* into stands from personal.candidate_items as items where items.candidate_id = person for no key update;
        refusal := case when stands.candidate_id is null then @'no_such_record' end;
    end if;
    if refusal is not null then
        perform gate.record(@'item_corrected', viewer, refusal, candidate => (select id from personal.candidate where id = person));
        return null;
    end if;
    name := coalesce(stands.name, '{}') || coalesce(said -> 'name', '{}');
    if said -> 'name' ?| array['family', 'given'] then
        name := name || jsonb_build_object('display', btrim(concat_ws(' ', name ->> 'family', name ->> 'given')));
    end if;
    said := said || case when said ? 'name' then jsonb_build_object('name', name) else '{}' end;
    changed := array(select one.key from jsonb_each(said) as one where to_jsonb(stands) -> one.key is distinct from one.value order by one.key);
    if changed = '{}' then
        perform gate.record(@'item_corrected', viewer, @'nothing_to_change', candidate => person);
        return 'same';
    end if;
    update personal.candidate_items as items
    set name = case when said ? 'name' then said -> 'name' else items.name end,
        email = case when said ? 'email' then said ->> 'email' else items.email end,
        telephone = case when said ? 'telephone' then said ->> 'telephone' else items.telephone end,
        nationality = case when said ? 'nationality' then said ->> 'nationality' else items.nationality end,
        date_of_birth = case when said ? 'date_of_birth' then (said ->> 'date_of_birth')::date else items.date_of_birth end,
        gender = case when said ? 'gender' then said ->> 'gender' else items.gender end,
        sources = items.sources || (select jsonb_object_agg(code, jsonb_build_object('source', 'person', 'at', gate.moment(now()), 'corrected', true))
                                    from unnest(changed) as code)
    where items.candidate_id = person;
    update personal.candidate set updated_at = now() where id = person;
    perform gate.record(@'item_corrected', viewer, candidate => person, facts => jsonb_build_object('channel', channel),
                        items => (select sum(item.mask)::integer from portal.item where item.code = any (changed)));
    perform gate.put_statement(viewer, person, 'correction', null, channel, note);
    return 'corrected';
end
$$;
