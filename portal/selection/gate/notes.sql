grant insert on personal.note, personal.note_mention to portal_gate;

-- Notes among colleagues. They serve the selection, so they are written and read while it is open to the company's people. Of the operator,
-- compliance alone reads them, when the person asks what is held about them.

-- The newest hundred about an introduction, as its page shows them.
create function gate.notes_of(introduction uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'at', note.written_at, 'by', author.display_name, 'body', note.body,
        'mentions', (select coalesce(jsonb_agg(colleague.display_name order by colleague.display_name), '[]')
                     from personal.note_mention join portal.account as colleague on colleague.id = note_mention.account_id
                     where note_mention.note_id = note.id)) order by note.written_at desc, note.id), '[]')
    from (select newest.* from personal.note as newest where newest.introduction_id = introduction
          order by newest.written_at desc limit 100) as note
    join portal.account as author on author.id = note.written_by
$$;

-- When somebody was mentioned about an introduction whose page they have not opened since. A statement that asks it of many takes it in.
create function gate.mentions(viewer gate.viewer_row, introduction uuid) returns setof timestamptz
language sql stable as $$
    select note.written_at
    from personal.note join personal.note_mention on note_mention.note_id = note.id and note_mention.account_id = viewer.account_id
    where note.introduction_id = introduction
      and not exists (select from gate.readings(viewer, introduction, note.written_at))
$$;

-- "written"; "names_ground" when it names a ground that may not decide and that is not among the "confirmed" ones; "left", when somebody
-- mentioned is no colleague any more; "over", when the selection has ended; or "refused". Only "written" keeps anything. The same words sent
-- twice within a minute are one note.
-- for: portal_web
create function gate.write_note(introduction uuid, body text, mentioned uuid[], confirmed text[]) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    reasons bigint;
    refusal text;
    made uuid;
    one uuid;
begin
    body := btrim(body);
    mentioned := array(select distinct id from unnest(mentioned[1:50]) as id where id is not null and id <> viewer.account_id);
    select * into judged from gate.judge(viewer, clock_timestamp()) as judge where judge.introduction_id = introduction;
    reasons := case when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
                    when judged.selection_items | judged.selection_held = 0 then judged.selection_reasons else 0 end;
    if reasons = 0 and exists (select from unnest(mentioned) as id where not gate.is_colleague(id, viewer.company_id)) then
        refusal := @'no_colleague';
    elsif reasons = 0 and not gate.grounds_in(body) <@ coalesce(confirmed, '{}') then
        return 'names_ground';
    elsif reasons = 0 and exists (
        select from personal.note as former where former.introduction_id = introduction and former.written_by = viewer.account_id
          and former.body = write_note.body and former.written_at > clock_timestamp() - interval '1 minute') then
        return 'written';
    end if;
    if reasons = 0 and refusal is null then
        insert into personal.note (introduction_id, body, written_by) values (introduction, body, viewer.account_id) returning id into made;
        insert into personal.note_mention (note_id, account_id) select made, id from unnest(mentioned) as id;
    end if;
    perform gate.record(@'note_written', viewer, refusal, reasons, introduction, purpose => @selection, consent => judged.consent_id,
                        agreement => judged.agreement_id, candidate => judged.candidate_id, subject => made,
                        facts => case when made is not null then jsonb_build_object('mentioned', nullif(cardinality(mentioned), 0)) end);
    if made is null then
        return case when refusal is not null then 'left' when judged.contact_items <> 0 then 'over' else 'refused' end;
    end if;
    perform gate.queue_grounds(viewer, body, introduction, viewer.company_id, judged.candidate_id, null);
    foreach one in array mentioned loop
        perform gate.tell_at_once('note_mention', one);
    end loop;
    return 'written';
end
$$;

-- What a person is given of the notes about them when they ask what is held: all, whichever company wrote them.
create function gate.notes_about(person uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object('at', note.written_at, 'company', company.name, 'company_latin', company.name_latin,
                                                 'body', note.body) order by note.written_at, note.id), '[]')
    from personal.note
    join personal.introduction on introduction.id = note.introduction_id
    join portal.company on company.id = introduction.company_id
    where introduction.candidate_id = person
$$;
