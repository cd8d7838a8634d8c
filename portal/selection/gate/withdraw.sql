-- Taking an introduction back: from the next click on nobody at the company can open it, whoever had it open. What was recorded stays.

-- Why this viewer may not withdraw an introduction; null when they may. One of another company is refused as one that does not exist.
create function gate.refused_introduction(viewer gate.viewer_row, introduction uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select gate.refused_company(viewer, (select made.company_id from personal.introduction as made where made.id = introduction))
$$;

-- What the page that asks for it says. No row, and an entry, for whoever may not.
-- for: portal_web
create function gate.introduction_to_withdraw(introduction uuid)
returns table (code text, company_name text, company_name_latin text, opening_title text, opening_title_latin text, withdrawn_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_introduction(viewer, introduction);
begin
    if refusal is not null then
        perform gate.record(@'introduction_withdrawn', viewer, refusal);
        return;
    end if;
    return query
    select made.code, company.name, company.name_latin, opening.title, opening.title_latin, taken.withdrawn_at
    from personal.introduction as made
    join portal.company on company.id = made.company_id
    join portal.opening on opening.id = made.opening_id
    left join personal.introduction_withdrawal as taken on taken.introduction_id = made.id
    where made.id = introduction;
end
$$;

-- "withdrawn"; "already" when it was. Null: it is not this viewer's. Recruiters are told by one mail when they could open it: one that
-- was closed all the time they never learned of.
-- for: portal_web
create function gate.withdraw_introduction(introduction uuid, why text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_introduction(viewer, introduction);
    stood gate.standing;
begin
    if refusal is not null then
        perform gate.record(@'introduction_withdrawn', viewer, refusal);
        return null;
    end if;
    select * into stood from gate.standing where standing.introduction_id = introduction;
    insert into personal.introduction_withdrawal (introduction_id, reason, withdrawn_by)
    values (introduction, why, viewer.account_id) on conflict do nothing;
    if not found then
        return 'already';
    end if;
    perform gate.record(@'introduction_withdrawn', viewer, introduction => introduction, company => stood.company_id, subject => introduction,
                        candidate => stood.candidate_id, facts => jsonb_build_object('withdrawn_because', why));
    if stood.selection_items | stood.contact_items <> 0 then
        perform gate.put_mail('introduction_withdrawn', account.id) from portal.account
        where account.company_id = stood.company_id and account.role = 'recruiter' and account.status = 'active';
    end if;
    return 'withdrawn';
end
$$;
