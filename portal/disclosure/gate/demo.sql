-- A demo's log of the last months, so that "last month" can be asked. The owner alone may have it written, of the past and into a
-- log in which nobody did anything: no invented entry stands beside a true one. Decisions are the rule's own for each time.

create function gate.demo_viewer(at timestamptz, account uuid, session uuid, ip inet, browser text) returns gate.viewer_row
language sql stable set search_path = pg_catalog, pg_temp as $$
    select row(session, account.id, account.role, account.company_id,
               (select agreement.id from portal.agreement join portal.undertaking on undertaking.agreement_id = agreement.id
                where undertaking.account_id = account.id and undertaking.capacity = account.capacity and undertaking.accepted_at <= at
                  and agreement.company_id = account.company_id and gate.in_force(agreement, at)
                order by agreement.effective_at desc, agreement.id desc limit 1),
               'JP', ip, browser, account.capacity, account.holder, true)::gate.viewer_row
    from portal.account where account.id = demo_viewer.account
$$;

-- As gate.record does it, at another time.
create function gate.demo_write(
    at timestamptz, act text, viewer gate.viewer_row, codes text[] default null, decided text default 'permitted', introduction uuid default null,
    company uuid default null, purpose integer default 0, items integer default 0, consent uuid default null, agreement uuid default null,
    subject uuid default null, candidate uuid default null
) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    entry uuid := accesslog.entry_id(at);
    salt bytea := uuid_send(gen_random_uuid());
begin
    insert into accesslog.entry (id, recorded_at, action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items,
                                 decision, reasons, consent_id, agreement_id, subject_id, subject_kind, commitment)
    values (entry, at, act, viewer.account_id, viewer.role, coalesce(company, viewer.company_id), viewer.session_id, gen_random_uuid(),
            introduction, purpose, items, decided, nullif(codes, '{}'), consent, agreement, subject,
            case when subject is not null then (select action.subject from accesslog.action where action.code = act) end,
            accesslog.commitment(salt, candidate, viewer.ip, viewer.agent));
    insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
    values (entry, at, salt, candidate, viewer.ip, viewer.agent);
end
$$;

-- An employer's look at the newest introductions of the own company, or at one of them: as gate.disclose would have judged and recorded it then.
create function gate.demo_look(at timestamptz, act text, viewer gate.viewer_row, wanted integer, for_purpose text, opened boolean, skip integer, most integer)
returns void language sql set search_path = pg_catalog, pg_temp as $$
    select gate.demo_write(at, act, viewer, gate.reason_codes(reasons), gate.decision(reasons), introduction_id, purpose => meant.mask,
                         items => case when reasons = 0 then open_items & wanted else 0 end, consent => consent_id, agreement => agreement_id,
                         candidate => candidate_id)
    from (select judge.*, row_number() over (order by judge.introduced_at desc, judge.introduction_id desc) - 1 as place, count(*) over () as many
          from gate.judge(viewer, at) as judge
          where judge.company_id = viewer.company_id and opened = (judge.selection_items | judge.contact_items <> 0)) as judged
    join portal.purpose as meant on meant.code = coalesce(for_purpose,
        case when judged.selection_items <> 0 or (judged.decided_at is null and judged.contact_items = 0) then 'selection' else 'contact' end)
    cross join lateral (select
        case meant.code when 'selection' then judged.selection_items else judged.contact_items end as open_items,
        case meant.code when 'selection' then judged.selection_reasons else judged.contact_reasons end as reasons) as of_purpose
    where case when most = 1 then place = skip % many else place < most end
$$;

-- One act of one sign-in; nobody's, when the password was wrong. Every entry says that it is invented: its browser is a demo's.
-- for: portal_owner
create function gate.demo_act(at timestamptz, email text, act text, session uuid, ip inet, wanted integer, for_purpose text, opened boolean, skip integer)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    browser constant text := 'Shokai demo (invented, nobody''s browser)';
    account uuid := (select found.id from portal.account as found where found.email = demo_act.email);
    viewer gate.viewer_row := gate.demo_viewer(at, account, session, ip, browser);
    nobody gate.viewer_row := row(null, null, null, null, null, null, ip, browser, null, null, null)::gate.viewer_row;
    all_purposes integer := (select sum(mask) from portal.purpose);
begin
    if at > now() or exists (select from accesslog.entry where entry.actor_id is not null and entry.transaction <> pg_current_xact_id()) then
        raise exception 'a demo''s entries are of the past, and stand in no log that is in use' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if act = 'sign_in_refused' then
        perform gate.demo_write(at, 'sign_in', nobody, array['password_wrong'], 'refused', subject => account);
    elsif act = 'sign_in' then
        insert into portal.session (id, account_id, secret_hash, started_at, last_seen_at, expires_at, ip, agent)
        values (session, account, sha256(uuid_send(gen_random_uuid())), at, at, at + interval '1 hour', ip, browser);
        perform gate.demo_write(at, act, viewer, subject => account);
    elsif act = 'sign_out' then
        perform gate.demo_write(at, act, viewer, subject => account);
    elsif act = 'searched' and viewer.agreement_id is null then
        perform gate.demo_write(at, act, viewer, array['undertaking_not_accepted'], 'refused');
    elsif act = 'searched' then
        perform gate.demo_write(at, act, viewer, purpose => all_purposes, agreement => viewer.agreement_id);
        perform gate.demo_look(at, 'listed', viewer, wanted, null, true, 0, 25);
    elsif act in ('log_read', 'introductions_listed') then
        perform gate.demo_write(at, act, viewer);
    elsif act = 'explained' then
        perform gate.demo_write(at, act, viewer, introduction => asked.id, company => asked.company_id, candidate => asked.candidate_id)
        from (select introduction.id, introduction.company_id, introduction.candidate_id
              from personal.introduction join portal.company on company.id = introduction.company_id and company.account_manager_id = account
              where introduction.introduced_at <= at order by introduction.introduced_at desc, introduction.id offset skip limit 1) as asked;
    else
        perform gate.demo_look(at, act, viewer, wanted, for_purpose, opened, skip, 1);
    end if;
end
$$;
