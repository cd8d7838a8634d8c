grant insert on personal.download to portal_gate;

-- Asking again, immediately before a file leaves that took time to make: what its entry showed must still be open to the same
-- sign-in. The answer is an entry of its own, about that one. The secret finds it also after the sign-in has ended: that the file
-- did not leave is then an entry too, in the name of that sign-in, once. Whoever asks again is counted as one without a sign-in.
-- What the browser is to keep as a file is counted here, one after the other for an account. So no two leave by one number of its
-- day's limit. "leaves" is SHA-256 of what leaves. What comes back is what a receipt is made of: the entry of what was shown and the new one, or nothing.
-- for: portal_web
create function gate.hand_over(shown_in uuid, leaves bytea) returns setof accesslog.entry
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    viewer gate.viewer_row := gate.viewer();
    shown record;
    judged record;
    reasons bigint;
    handed uuid;
    refusal text;
begin
    if octet_length(leaves) is distinct from 32 then
        raise exception 'what leaves has a hash of 32 bytes' using errcode = 'invalid_parameter_value';
    end if;
    select entry.*, side.candidate_id into shown
    from accesslog.entry join portal.session on session.id = entry.session_id
    left join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
    where entry.id = shown_in and entry.recorded_at > now() - interval '10 minutes' and entry.decision = 'permitted'
      and (gate.reads_or_saves(entry.action) or entry.action = @'photo_shown')
      and session.secret_hash = sha256(convert_to(nullif(current_setting('portal.session', true), ''), 'UTF8'));
    select * into judged from gate.judge(viewer, now()) as judge where judge.introduction_id = shown.introduction_id;
    reasons := case
        when viewer.session_id is null then @no_live_session
        when shown.id is null or judged.introduction_id is null then @no_such_record
        when judged.selection_reasons <> 0 then judged.selection_reasons
        when shown.items & ~(judged.selection_items | case when shown.document_digest is null then 0 else judged.contact_items end) <> 0
            then @item_not_open
        when shown.subject_id is not null and not exists (
            select from personal.document
            where document.id = shown.subject_id and document.candidate_id = judged.candidate_id and document.replaced_at is null
        ) then @no_such_record
        else 0
    end;
    if viewer.session_id is null and shown.id is not null and not exists (
        select from accesslog.entry as told
        where told.introduction_id = shown.introduction_id and told.recorded_at >= shown.recorded_at
          and told.action = @'handed_over' and told.subject_id = shown.id and told.session_id = shown.session_id
    ) then
        viewer.session_id := shown.session_id;
        viewer.account_id := shown.actor_id;
        viewer.role := shown.role;
        viewer.company_id := shown.company_id;
    end if;
    if reasons = 0 and gate.saves(shown.action) and gate.may_save_today(viewer) is not null then
        perform pg_advisory_xact_lock(hashtextextended('personal.download ' || viewer.account_id, 0));
        refusal := case when gate.is_over_limit(viewer) then @'over_daily_limit' end;
    end if;
    handed := gate.record(@'handed_over', viewer, refusal, reasons, shown.introduction_id, purpose => @selection,
                        items => case when reasons = 0 and refusal is null then shown.items else 0 end,
                        consent => judged.consent_id, agreement => judged.agreement_id,
                        document_digest => case when reasons = 0 and refusal is null then leaves end,
                        subject => shown.id, candidate => shown.candidate_id);
    if reasons = 0 and refusal is null and shown.action <> @'photo_shown' then
        insert into personal.download (entry_id, introduction_id, company_id, account_id, kind, saved)
        values (handed, shown.introduction_id, viewer.company_id, viewer.account_id,
                case when shown.document_digest is null then 'resume' else 'original' end,
                gate.saves(shown.action));
    end if;
    if reasons = 0 and refusal is null then
        return query
            select entry.* from accesslog.entry
            where entry.id = shown.id and entry.recorded_at = shown.recorded_at or entry.id = handed and entry.recorded_at = now()
            order by entry.recorded_at, entry.id;
    end if;
end
$$;

-- What leaves without a file of its own: the sheet at the end of a ZIP, of those whose resumes left in it, and a page that is printed. Of each
-- introduction the wanted items that are still open for the selection, each with its entry. Sheet and paper are to be deleted as the files are.
-- for: portal_web
create function gate.take_away(asked uuid[], act text, wanted integer) returns setof gate.disclosed_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    found gate.disclosed_row[];
begin
    if act not in (@'index_taken', @'page_printed') then
        raise exception 'gate.take_away: % is not an action', act using errcode = 'invalid_parameter_value';
    end if;
    found := array(select shown from gate.disclose(asked, 'selection', act, wanted) as shown);
    insert into personal.download (entry_id, introduction_id, company_id, account_id, kind)
    select one.entry_id, one.introduction_id, viewer.company_id, viewer.account_id, case act when @'index_taken' then 'index' else 'print' end
    from unnest(found) as one;
    return query select one.* from unnest(found) as one;
end
$$;
