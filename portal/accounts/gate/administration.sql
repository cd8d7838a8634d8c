grant insert on portal.account to portal_gate;

-- The administrator's accounts. No candidate's data is within an administrator's reach.

-- Whoever may look after accounts: an administrator on a page, or one of the operator's programs, which run as the owner.
create function gate.require_administrator() returns gate.viewer_row
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
begin
    if gate.refused_administrator(viewer) is not null then
        raise exception 'only an administrator may do this' using errcode = 'PT403';
    end if;
    return viewer;
end
$$;

create function gate.refused_administrator(viewer gate.viewer_row) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when viewer.role in ('administrator', 'operator_program') then null
                when viewer.session_id is null then @'no_live_session' else @'not_for_this_role' end
$$;

-- Why this viewer may not look after the accounts of a company, as a code; null when they may: its employer administrators, its
-- account manager, and whoever looks after all. People of a company have an employer's role and nobody else has, so that none of
-- them can make one of the operator's staff. Another's company is refused as one that does not exist.
create function gate.refused_keeper(viewer gate.viewer_row, company uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when gate.refused_administrator(viewer) is null then null
        when viewer.role in ('employer_admin', 'account_manager') is not true then gate.refused_administrator(viewer)
        when not exists (
            select from portal.company as theirs
            where theirs.id = company and gate.state_of(theirs) <> 'terminated'
              and case viewer.role when 'employer_admin' then theirs.id = viewer.company_id else gate.keeps(viewer, theirs.id) end)
        then @'no_such_record'
    end
$$;

-- An account and who asks, for an act of whoever looks after it. No account, and an entry of the refusal, for anybody else.
create function gate.account_to_keep(act text, id uuid) returns gate.held_account
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    seen gate.held_account;
    refusal text;
begin
    seen.viewer := gate.viewer_or_program();
    select account into seen.whose from portal.account where account.id = account_to_keep.id;
    refusal := gate.refused_keeper(seen.viewer, (seen.whose).company_id);
    if refusal is not null then
        perform gate.record(act, seen.viewer, refusal);
        seen.whose := null;
    end if;
    return seen;
end
$$;

-- The same, held: nobody else changes the account until the end of the transaction. Whoever waited for it is judged anew, because
-- their right may have ended meanwhile. Judged before as well, so that nobody holds what is none of theirs.
create function gate.hold_account(act text, id uuid) returns gate.held_account
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    seen gate.held_account := gate.account_to_keep(act, id);
begin
    if (seen.whose).id is null then
        return seen;
    end if;
    perform from portal.account where account.id = (seen.whose).id for no key update;
    return gate.account_to_keep(act, id);
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
           case when gate.is_halted(account.id) then 'suspended' else account.status end, account.suspension_reason,
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

-- For an act that a page refuses before it asks for it: whether the viewer looks after this account; an entry when they do not.
-- for: portal_web
create function gate.may_keep_account(act text, id uuid) returns boolean
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select ((gate.account_to_keep(act, id)).whose).id is not null
$$;

-- An administrator could make an account of a company for a mailbox of their own, and see its candidates. So the company's own
-- administrators and whoever looks after it are told of each that an administrator makes, or changes. How many are told.
create function gate.tell_of_person(company uuid, person uuid, viewer gate.viewer_row) returns integer
language sql set search_path = pg_catalog, pg_temp as $$
    select nullif(count(gate.put_mail('person_added', reader.id)), 0)::integer
    from portal.account as reader
    where viewer.role = 'administrator' and reader.status = 'active' and reader.id <> person
      and (reader.role = 'employer_admin' and reader.company_id = company
           or reader.id = (select account_manager_id from portal.company where company.id = tell_of_person.company))
$$;

-- The one place that makes an account, for page, command line, import and demo alike.
create function gate.make_account(display_name text, email text, role text, company uuid, locale text, status text, viewer gate.viewer_row)
returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made uuid;
begin
    insert into portal.account (display_name, email, role, company_id, locale, status)
    values (make_account.display_name, btrim(make_account.email), make_account.role, company, make_account.locale, make_account.status)
    returning id into made;
    perform gate.record(@'account_created', viewer, company => company, subject => made, facts => jsonb_build_object(
        'role', make_account.role, 'told', gate.tell_of_person(company, made, viewer)));
    return made;
end
$$;

-- By a program of the operator's, which says itself how its people get a password.
-- for: portal_owner
create function gate.create_account(display_name text, email text, role text, company uuid,
                                    locale text default 'ja', status text default 'active', invited boolean default true)
returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_administrator();
    made uuid;
begin
    made := gate.make_account(display_name, email, role, company, locale, status, viewer);
    if invited then
        perform gate.send_link('invitation', made, viewer);
    end if;
    return made;
exception when unique_violation then
    raise exception 'an account with this e-mail exists' using errcode = 'PT409';
end
$$;

-- How often this account was told within the hour that an address has an account already: that is what the answer tells of people
-- who are none of theirs.
create function gate.addresses_tried(by uuid) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
    select count(*) from accesslog.entry
    where entry.actor_id = by and entry.recorded_at > now() - interval '1 hour' and entry.action = @'account_created'
      and @'email_used' = any (entry.reasons)
$$;

-- Links that this account had sent within the hour, to anybody.
create function gate.links_sent(by uuid) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
    select count(*) from portal.link where link.made_by = by and link.made_at > now() - interval '1 hour'
$$;

-- "invited": nobody is told a password, they choose one by the link that is sent to them. "email_used"; "too_many": wait an hour.
-- Null for whoever may not.
-- for: portal_web
create function gate.invite(display_name text, email text, role text, company uuid, locale text default 'ja') returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_keeper(viewer, company);
    made uuid;
begin
    if refusal is null and (gate.addresses_tried(viewer.account_id) >= 10 or gate.links_sent(viewer.account_id) >= 60) then
        refusal := @'too_many_tries';
    end if;
    if refusal is not null then
        perform gate.record(@'account_created', viewer, refusal);
        return case when refusal = @'too_many_tries' then 'too_many' end;
    end if;
    begin
        made := gate.make_account(display_name, email, role, company, locale, 'active', viewer);
    exception when unique_violation then
        perform gate.record(@'account_created', viewer, @'email_used');
        return 'email_used';
    end;
    perform gate.send_link('invitation', made, viewer);
    return 'invited';
end
$$;

-- For whoever lost their password, or let the invitation lapse. What they have goes on until they choose another; former links end.
-- "kind" is what was sent, or "too_many" when nothing was: five to one account and sixty by one within an hour.
-- for: portal_web, portal_owner
create function gate.send_account_link(id uuid) returns table (display_name text, email text, kind text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    held gate.held_account := gate.hold_account(@'link_made', send_account_link.id);
    whose portal.account := held.whose;
    wanted text;
begin
    if whose.id is null or whose.status <> 'active' or gate.is_halted(whose.id) then
        return;
    elsif (held.viewer).role <> 'operator_program' and (
        gate.links_sent((held.viewer).account_id) >= 60
        or (select count(*) from portal.link where link.account_id = whose.id and link.made_by is not null and link.made_at > now() - interval '1 hour') >= 5)
    then
        perform gate.record(@'link_made', held.viewer, @'too_many_tries', company => whose.company_id, subject => whose.id);
        return query select whose.display_name, whose.email, 'too_many';
        return;
    end if;
    wanted := case when exists (select from gate.live_credential where account_id = whose.id) then 'lost_password' else 'invitation' end;
    perform gate.withdraw_links(whose.id);
    perform gate.send_link(wanted, whose.id, held.viewer);
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
