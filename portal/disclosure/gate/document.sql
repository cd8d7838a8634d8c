-- Opening one stored file: a photo or the uploaded resume, each its own item, always for selection. It shows whatever it holds,
-- so it opens only while each item it holds is open too: those of selection for selection, address, e-mail and telephone for contact.
-- "saving" says that the browser is to keep it as a file, which is another act than reading it and counts towards the day's limit.
-- for: portal_web
create function gate.open_document(introduction uuid, document uuid, saving boolean default false)
returns table (entry_id uuid, recorded_at timestamptz, candidate_id uuid, kind text, title text, media_type text, object_key text,
               content_digest bytea, master_key_id text, wrapped_key bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    file record;
    reasons bigint;
    entry uuid;
    act text;
    refusal text;
begin
    select * into judged from gate.judge(viewer, now()) as judge where judge.introduction_id = introduction;
    select stored.*, item.mask, key.master_key_id, key.wrapped_key into file
    from personal.document as stored
    join portal.item on item.code = stored.kind
    join personal.document_key as key on key.candidate_id = stored.candidate_id
    where stored.id = document and stored.candidate_id = judged.candidate_id and stored.replaced_at is null;
    reasons := case
        when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
        when judged.selection_reasons <> 0 then judged.selection_reasons
        when file.id is null then @no_such_record
        when judged.selection_held & file.mask <> 0 then @fair_screening
        when judged.selection_items & file.mask = 0 then @item_not_open
        when file.holds & ~(judged.selection_items | judged.contact_items) <> 0
            then @file_holds_more | case when file.holds & judged.selection_held <> 0 then @fair_screening else 0 end
        else 0
    end;
    act := case when file.kind = 'photo' then @'photo_shown' when saving then @'document_downloaded' else @'document_opened' end;
    refusal := case when reasons = 0 and gate.saves(act) and gate.is_over_limit(viewer) then @'over_daily_limit' end;
    entry := gate.record(act, viewer, refusal, reasons, introduction, purpose => @selection,
                         items => case when reasons = 0 and refusal is null then file.mask | file.holds else 0 end,
                         consent => judged.consent_id, agreement => judged.agreement_id,
                         document_digest => case when reasons = 0 and refusal is null then file.content_digest end,
                         subject => document, candidate => judged.candidate_id,
                         facts => case when reasons = 0 and not saving and gate.is_shown_again(viewer, introduction, act, file.mask | file.holds, document)
                                       then '{"again": true}'::jsonb end);
    if reasons = 0 and refusal is null then
        perform gate.note_look(viewer, array[introduction]);
        return query select entry, now(), judged.candidate_id, file.kind, file.title, file.media_type, file.object_key,
                            file.content_digest, file.master_key_id, file.wrapped_key;
    end if;
end
$$;

-- Whose uploaded resume is closed to a company though they agreed to it, because of what it shows or may show: for `portal doctor`.
-- for: portal_owner
create function gate.closed_files() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct candidate.reference
    from personal.document
    join personal.candidate on candidate.id = document.candidate_id
    join gate.standing on standing.candidate_id = document.candidate_id
    where document.kind = 'resume_original' and document.replaced_at is null
      and standing.selection_items & @resume_original <> 0
      and document.holds & ~(standing.selection_items | standing.contact_items) <> 0
    order by candidate.reference
$$;
