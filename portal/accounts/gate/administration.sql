-- The administrator's accounts. No candidate's data is within an administrator's reach.

-- Whoever may look after accounts: an administrator on a page, or one of the operator's programs, which run as the owner.
create function gate.require_administrator() returns gate.viewer_row
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
begin
    if viewer.role is null or viewer.role not in ('administrator', 'operator_program') then
        raise exception 'only an administrator may do this' using errcode = 'PT403';
    end if;
    return viewer;
end
$$;

-- Whoever may look after the accounts of a company: its employer administrators, its account manager, and whoever looks after all.
-- People of a company have an employer's role and nobody else has, so that none of them can make one of the operator's staff.
create function gate.require_keeper(company uuid) returns gate.viewer_row
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
begin
    if viewer.role = 'employer_admin' and viewer.company_id = company
          and exists (select from portal.company as own where own.id = company and own.status <> 'terminated')
       or viewer.role = 'account_manager' and exists (
           select from portal.company as theirs where theirs.id = company and theirs.account_manager_id = viewer.account_id and theirs.status <> 'terminated')
    then
        return viewer;
    end if;
    return gate.require_administrator();
end
$$;

-- Names as they are compared in the search for an account: whatever their width, case and blanks.
create function gate.joined(written text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select regexp_replace(gate.folded(written), '\s', '', 'g')
$$;

-- for: portal_web
create function gate.accounts(q text, for_role text, place text, backwards boolean)
returns table (id uuid, display_name text, email text, role text, company_id uuid, company_name text, company_name_latin text,
               status text, suspension_reason text, last_signed_in_at timestamptz, password_changed_at timestamptz, companies bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    perform gate.require_administrator();
    return query
    select account.id, account.display_name, account.email, account.role, account.company_id, company.name, company.name_latin,
           account.status, account.suspension_reason,
           (select max(session.started_at) from portal.session where session.account_id = account.id), credential.changed_at,
           (select count(*) from portal.company as looked_after where looked_after.account_manager_id = account.id)
    from portal.account
    left join portal.company on company.id = account.company_id
    left join gate.live_credential as credential on credential.account_id = account.id
    where (nullif(q, '') is null or strpos(gate.joined(account.email), gate.joined(q)) > 0
           or strpos(gate.joined(account.display_name), gate.joined(q)) > 0)
      and (nullif(for_role, '') is null or account.role = for_role)
      and (nullif(place, '') is null or case when backwards then lower(account.email) < place else lower(account.email) > place end)
    order by case when backwards then lower(account.email) end desc, lower(account.email)
    limit 51;
end
$$;

-- The one place that makes an account, for page, command line, import and demo alike. Nobody is told a password: whoever is invited
-- chooses one by the link that is sent to them. A program says itself how its people get one.
-- for: portal_web, portal_owner
create function gate.create_account(display_name text, email text, role text, company uuid,
                                    locale text default 'ja', status text default 'active', invited boolean default true)
returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_keeper(company);
    made uuid;
begin
    insert into portal.account (display_name, email, role, company_id, locale, status)
    values (create_account.display_name, btrim(create_account.email), create_account.role, company, create_account.locale, create_account.status)
    returning id into made;
    perform gate.record(@'account_created', viewer, company => company, subject => made, facts => jsonb_build_object('role', create_account.role));
    if invited then
        perform gate.send_link('invitation', made, viewer);
    end if;
    return made;
exception when unique_violation then
    raise exception 'an account with this e-mail exists' using errcode = 'PT409';
end
$$;

-- For whoever lost their password, or let the invitation lapse. What they have goes on until they choose another; former links end.
-- for: portal_web, portal_owner
create function gate.send_account_link(id uuid) returns table (display_name text, email text, kind text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.require_keeper((select company_id from portal.account where account.id = send_account_link.id));
    whose portal.account;
    wanted text;
begin
    select account.* into whose from portal.account where account.id = send_account_link.id and account.status = 'active';
    if whose.id is null then
        return;
    end if;
    wanted := case when exists (select from gate.live_credential where account_id = whose.id) then 'lost_password' else 'invitation' end;
    perform gate.withdraw_links(whose.id);
    perform gate.send_link(wanted, whose.id, viewer);
    return query select whose.display_name, whose.email, wanted;
end
$$;

-- A password that a program of the operator's gives, and somebody is told: what the account had ends.
-- for: portal_owner
create function gate.give_password(id uuid, salt bytea, proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer,
                                   temporary boolean)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_administrator();
    ended integer := gate.revoke(give_password.id);
begin
    perform gate.put_credential(give_password.id, salt, proof_hash, time_cost, memory_kib, parallelism, temporary,
                                holder => (select account.holder from portal.account where account.id = give_password.id));
    perform gate.withdraw_links(give_password.id);
    perform gate.record(@'password_replaced', viewer, company => (select company_id from portal.account where account.id = give_password.id),
                        subject => give_password.id, facts => jsonb_build_object('ended', ended));
end
$$;
