grant delete on portal.link_secret, portal.link_browser, portal.link_request to portal_gate;

-- Personal links: made and withdrawn by acts on whoever they are for. The secret is made by the worker when it writes the mail,
-- so that it rests nowhere but there.

create function gate.awaits_signatory(agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select agreement.sent_at is not null and agreement.company_signed_at is null
        and agreement.declined_at is null and agreement.withdrawn_at is null and agreement.terminated_at is null
$$;

-- Whether a signatory's link still leads to something, as the agreement stands.
create function gate.link_serves(kind text, agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case kind
        when 'signing' then gate.awaits_signatory(agreement)
        when 'signed_copy' then agreement.operator_signed_at is not null and exists (select from portal.agreement_paper where agreement_id = agreement.id)
        else false
    end and exists (select from portal.company where company.id = agreement.company_id and gate.state_of(company) <> 'terminated')
$$;

-- Which links are still good. They end by an insert, which waits for nobody; a signatory's also by what becomes of the agreement.
create view gate.open_link as
    select link.*
    from portal.link left join portal.account on account.id = link.account_id
    where link.expires_at > now()
      and (account.status = 'active' and not gate.is_halted(account.id) and link.capacity = account.capacity
           or exists (select from portal.agreement where agreement.id = link.agreement_id
                        and agreement.terms_digest = link.terms_digest and gate.link_serves(link.kind, agreement)))
      and not exists (select from portal.link_use where link_use.link_id = link.id)
      and not exists (select from portal.link_withdrawal as withdrawal
                      where (withdrawal.account_id = link.account_id or withdrawal.agreement_id = link.agreement_id)
                        and withdrawal.withdrawn_at >= link.made_at
                        and (withdrawal.kind is null or withdrawal.kind = link.kind));

-- Ends what was sent before, of one kind or of all. What still waits to be sent ends with it.
create function gate.withdraw_links(whose uuid, of_kind text default null) returns timestamptz
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.link_withdrawal (account_id, kind) values (whose, of_kind) returning withdrawn_at
$$;

create function gate.make_link(kind text, whose uuid, viewer gate.viewer_row) returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    former timestamptz := gate.withdraw_links(whose, make_link.kind);
    made uuid;
begin
    insert into portal.link (kind, account_id, capacity, made_by, made_at, expires_at)
    select make_link.kind, whose, account.capacity, viewer.account_id, greatest(clock_timestamp(), former + interval '1 microsecond'), now() + lasts
    from portal.link_kind cross join portal.account where link_kind.code = make_link.kind and account.id = whose
    returning id into made;
    perform gate.record(@'link_made', viewer, company => (select company_id from portal.account where id = whose), subject => whose,
                        facts => jsonb_build_object('link_kind', make_link.kind));
    return made;
end
$$;

create function gate.send_link(kind text, whose uuid, viewer gate.viewer_row) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made uuid := gate.make_link(kind, whose, viewer);
begin
    perform gate.put_mail(kind, whose, until => (select expires_at from portal.link where id = made), link => made);
end
$$;

-- Whoever asks by a link that is still good; for everything that asks gate.viewer they are nobody. One that has yet to enter its
-- code is nobody here, too, but to what takes the code or ends the sign-in.
create function gate.link_visitor(code_or_not boolean default false) returns gate.link_row
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select row(session.id, link.id, link.kind, link.account_id, session.ip, session.agent, account.holder, link.agreement_id)::gate.link_row
    from portal.link_session as session
    join gate.open_link as link on link.id = session.link_id
    left join portal.account on account.id = link.account_id
    cross join portal.session_policy
    where gate.at_once()
      and session.secret_hash = sha256(convert_to(nullif(current_setting('portal.session', true), ''), 'UTF8'))
      and (not session.awaits_code or code_or_not)
      and session.expires_at > now()
      and session.last_seen_at + session_policy.idle_limit > now()
      and not exists (select from portal.link_session_end where session_id = session.id)
$$;

-- As whom an entry names them: nobody's account, in the role of a link.
create function gate.as_viewer(visitor gate.link_row) returns gate.viewer_row
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select row(visitor.session_id, null, case when visitor.session_id is not null then 'link' end, null, null, null,
               visitor.ip, visitor.agent, null, null, null)::gate.viewer_row
$$;

-- Every minute: whoever asked and was not answered, because the job was lost, is; what is over leaves nothing to open it by.
-- for: portal_worker
create function gate.keep_links() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone integer;
begin
    perform gate.put_job('link_request', id) from portal.link_request where answered_at is null and asked_at > now() - interval '1 hour';
    delete from portal.link_request where asked_at < now() - interval '1 day';
    delete from portal.link_secret where not exists (select from gate.open_link where open_link.id = link_id);
    get diagnostics gone = row_count;
    delete from portal.link_browser where not exists (select from gate.open_link where open_link.id = link_id);
    delete from portal.link_code using portal.link_session as session
    where session.id = session_id
      and (session.expires_at < now() or exists (select from portal.link_session_end as ended where ended.session_id = session.id));
    return gone;
end
$$;
