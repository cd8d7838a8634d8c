-- Who is asking. The session secret is the only thing believed: everything else about a viewer is looked up from it here.

create function gate.country_of(address inet) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select country from portal.network where range >>= address order by masklen(range) desc limit 1
$$;

-- The same, with what the web process found in a country file: what it puts outside Japan is outside, whatever is known here.
create function gate.place_of(address inet, filed text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when filed <> 'JP' then filed else coalesce(gate.country_of(address), filed) end
$$;

-- Whether this transaction sees what has just been committed, and began a moment ago: one held open, or one that keeps an old
-- snapshot, would outlive a withdrawal or a sign-out, so it is nobody's. A cursor keeps one as well.
create function gate.at_once() returns boolean
language sql volatile set search_path = pg_catalog, pg_temp as $$
    select current_setting('transaction_isolation') = 'read committed' and clock_timestamp() - now() < interval '20 seconds'
       and not exists (select from pg_cursors where name <> '')  -- the nameless one is this very statement's
$$;

-- A sign-in with a temporary password is nobody's: only what changes that password, or ends the sign-in, asks for it as well.
create function gate.viewer(must_change_password_too boolean default false) returns gate.viewer_row
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select row(
        session.id, account.id, account.role, account.company_id,
        (select agreement.id
         from portal.agreement join portal.undertaking on undertaking.agreement_id = agreement.id
         where undertaking.account_id = account.id and undertaking.capacity = account.capacity and undertaking.accepted_at <= now()
           and agreement.company_id = account.company_id and gate.in_force(agreement, now())
         order by agreement.effective_at desc, agreement.id desc limit 1),
        case when not place.relayed then gate.place_of(place.ip, place.filed) end, place.ip, session.agent,
        account.capacity, account.holder, gate.within_networks(account.company_id, case when not place.relayed then place.ip end)
    )::gate.viewer_row
    from gate.live_session as session
    join portal.account on account.id = session.account_id and account.status = 'active' and account.capacity = session.capacity
    -- Where this request comes from: another of the same session may come from elsewhere at this moment. An address that the
    -- request says is unknown is unknown, and one that only relays says nothing about where the person is.
    cross join lateral (
        select case when request ? 'ip' then (request ->> 'ip')::inet else session.ip end as ip,
               coalesce((request ->> 'relayed')::boolean, false) as relayed,
               case when request ->> 'country' ~ '^[A-Z]{2}$' then request ->> 'country' end as filed
        from (select nullif(current_setting('portal.request', true), '')::jsonb as request) as noted
    ) as place
    where gate.at_once()
      and not gate.is_halted(account.id)
      and session.secret_hash = sha256(convert_to(nullif(current_setting('portal.session', true), ''), 'UTF8'))
      and (not session.must_change_password or must_change_password_too)
$$;

-- Whoever is signed in, or one of the operator's programs, which run as the owner.
create function gate.viewer_or_program() returns gate.viewer_row
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if session_user = 'portal_owner' then
        viewer.role := 'operator_program';
    end if;
    return viewer;
end
$$;

-- The language in which somebody reads: the one they chose with their password, or that of whoever made the account.
create function gate.language_of(account portal.account) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce((select locale from portal.chosen_language where account_id = account.id), account.locale)
$$;

-- The first statement of every transaction: sets the one context, notes that the session is in use, and says who it is.
-- The request's id, address and browser only describe; nothing is decided by them but where the network is.
-- for: portal_web
create function gate.arrive(secret text, request text)
returns table (
    session_id uuid, account_id uuid, role text, display_name text, email text, locale text,
    company_id uuid, company_name text, company_name_latin text, company_status text, agreement_id uuid, must_accept uuid, started_at timestamptz,
    manager_name text, manager_email text, stand_ins text[], must_change_password boolean, outside_networks boolean, keys boolean,
    to_delete integer,  -- for an account manager, how many duties to delete are open
    link_id uuid, link_kind text, link_ends_at timestamptz, awaits_code boolean  -- of one who comes by a personal link
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row;
    visitor gate.link_row;
    address inet := (nullif(request, '')::jsonb ->> 'ip')::inet;
begin
    perform set_config('portal.session', secret, true), set_config('portal.request', request, true);
    viewer := gate.viewer(must_change_password_too => true);
    if viewer.session_id is null then
        visitor := gate.link_visitor(code_or_not => true);
    end if;
    update portal.session set last_seen_at = now(), ip = coalesce(address, session.ip)
    where id = viewer.session_id
      and (last_seen_at < now() - interval '1 minute' or (address is not null and session.ip is distinct from address));
    return query
        select viewer.session_id, viewer.account_id, viewer.role, account.display_name, account.email, gate.language_of(account),
               viewer.company_id, company.name, company.name_latin, gate.state_of(company), viewer.agreement_id,
               nullif((select newest.id from portal.agreement newest
                       where newest.company_id = viewer.company_id and gate.in_force(newest, now())
                       order by newest.effective_at desc, newest.id desc limit 1), viewer.agreement_id),
               session.started_at, manager.display_name, manager.email,
               array(select standing_in.display_name from portal.stand_in as named join portal.account as standing_in on standing_in.id = named.account_id
                     where named.company_id = viewer.company_id and standing_in.role = 'account_manager' and standing_in.capacity = named.capacity
                       and standing_in.status = 'active' and not gate.is_halted(standing_in.id) order by standing_in.display_name),
               session.must_change_password, viewer.within is not true, account.keys,
               case when viewer.role = 'account_manager' then gate.open_duties(viewer) end,
               null::uuid, null::text, null::timestamptz, null::boolean
        from portal.account
        join portal.session on session.id = viewer.session_id
        left join portal.company on company.id = viewer.company_id
        left join portal.account as manager on manager.id = company.account_manager_id and manager.status = 'active' and not gate.is_halted(manager.id)
        where account.id = viewer.account_id;
    if visitor.session_id is not null then
        update portal.link_session set last_seen_at = now(), ip = coalesce(address, link_session.ip)
        where id = visitor.session_id
          and (last_seen_at < now() - interval '1 minute' or (address is not null and link_session.ip is distinct from address));
        return query
            select visitor.session_id, visitor.account_id, null::text, coalesce(account.display_name, agreement.signatory_name),
                   coalesce(account.email, agreement.signatory_email), coalesce(gate.language_of(account), 'ja'),
                   null::uuid, null::text, null::text, null::text, null::uuid, null::uuid, session.started_at,
                   null::text, null::text, null::text[], null::boolean, null::boolean, null::boolean, null::integer, link.id, link.kind, link.expires_at, session.awaits_code
            from portal.link_session as session
            join portal.link on link.id = visitor.link_id
            left join portal.account on account.id = visitor.account_id
            left join portal.agreement on agreement.id = visitor.agreement_id
            where session.id = visitor.session_id;
    end if;
end
$$;

-- for: portal_web
create function gate.viewer_account() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select (gate.viewer()).account_id $$;

-- for: portal_web
create function gate.viewer_role() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select (gate.viewer()).role $$;

-- Why an act that is for one role alone is not for this viewer. Whoever waited for a row is judged anew after the wait: they may have been suspended.
create function gate.refused_unless(viewer gate.viewer_row, role text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when viewer.session_id is null then @'no_live_session' when viewer.role <> refused_unless.role then @'not_for_this_role' end
$$;
