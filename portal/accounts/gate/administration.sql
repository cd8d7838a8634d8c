-- The administrator's accounts. No candidate's data is within an administrator's reach.

create function gate.require_administrator() returns gate.viewer_row
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if viewer.role is distinct from 'administrator' then
        raise exception 'only an administrator may do this' using errcode = 'PT403';
    end if;
    return viewer;
end
$$;

-- Names as they are compared in the search for an account: whatever their width, case and blanks.
create function gate.joined(written text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select regexp_replace(gate.folded(written), '\s', '', 'g')
$$;

-- for: portal_web
create function gate.accounts(q text, for_role text, after text)
returns table (id uuid, display_name text, email text, role text, company_id uuid, company_name text, company_name_latin text,
               status text, suspension_reason text, last_signed_in_at timestamptz, password_changed_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    perform gate.require_administrator();
    return query
    select account.id, account.display_name, account.email, account.role, account.company_id, company.name, company.name_latin,
           account.status, account.suspension_reason,
           (select max(session.started_at) from portal.session where session.account_id = account.id), credential.changed_at
    from portal.account
    left join portal.company on company.id = account.company_id
    left join portal.credential on credential.account_id = account.id
    where (nullif(q, '') is null or strpos(gate.joined(account.email), gate.joined(q)) > 0
           or strpos(gate.joined(account.display_name), gate.joined(q)) > 0)
      and (nullif(for_role, '') is null or account.role = for_role)
      and (nullif(after, '') is null or lower(account.email) > after)
    order by lower(account.email)
    limit 51;
end
$$;

-- for: portal_web
create function gate.create_account(display_name text, email text, role text, company uuid,
                                    salt bytea, proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer)
returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_administrator();
    made uuid;
begin
    insert into portal.account (display_name, email, role, company_id)
    values (create_account.display_name, btrim(create_account.email), create_account.role, company)
    returning id into made;
    insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash, temporary)
    values (made, create_account.salt, create_account.time_cost, create_account.memory_kib, create_account.parallelism,
            create_account.proof_hash, true);
    perform gate.record(@'account_created', viewer, company => company, subject => made, facts => jsonb_build_object('role', create_account.role));
    return made;
exception when unique_violation then
    raise exception 'an account with this e-mail exists' using errcode = 'PT409';
end
$$;

-- For somebody who lost theirs: a password that the administrator is shown once and tells them. What they had ends.
-- `seen` is when the password was changed as far as the administrator's page knew: one that is newer is not replaced unseen,
-- for that page may have been sent twice.
-- for: portal_web
create function gate.replace_password(id uuid, seen timestamptz, salt bytea, proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer)
returns table (display_name text, email text, role text, replaced boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.require_administrator();
    found portal.account;
    ended integer;
begin
    select account.* into found from portal.account
    where account.id = replace_password.id and account.status = 'active' and account.id <> viewer.account_id for no key update;
    if found.id is null then
        return;
    end if;
    if exists (select from portal.credential where credential.account_id = found.id and changed_at is distinct from seen) then
        return query select found.display_name, found.email, found.role, false;
        return;
    end if;
    insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash, temporary)
    values (found.id, replace_password.salt, replace_password.time_cost, replace_password.memory_kib, replace_password.parallelism,
            replace_password.proof_hash, true)
    on conflict (account_id) do update
    set salt = excluded.salt, time_cost = excluded.time_cost, memory_kib = excluded.memory_kib, parallelism = excluded.parallelism,
        proof_hash = excluded.proof_hash, changed_at = now(), temporary = true;
    ended := gate.revoke(found.id);
    delete from portal.sign_in_failure where email_hash = sha256(convert_to(lower(found.email), 'UTF8'));
    perform gate.record(@'password_replaced', viewer, company => found.company_id, subject => found.id, facts => jsonb_build_object('ended', ended));
    return query select found.display_name, found.email, found.role, true;
end
$$;

-- for: portal_web
create function gate.suspend_account(id uuid, reason text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_administrator();
    done boolean;
    ended integer;
begin
    update portal.account set status = 'suspended', suspension_reason = reason
    where account.id = suspend_account.id and status = 'active' and account.id <> viewer.account_id;
    done := found;
    if done then
        ended := gate.revoke(suspend_account.id);
        perform gate.record(@'account_suspended', viewer, subject => suspend_account.id, facts => jsonb_build_object('ended', ended));
    end if;
    return done;
end
$$;

-- for: portal_web
create function gate.reactivate_account(id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_administrator();
    done boolean;
begin
    update portal.account set status = 'active', suspension_reason = null
    where account.id = reactivate_account.id and status = 'suspended';
    done := found;
    if done then
        perform gate.record(@'account_reactivated', viewer, subject => reactivate_account.id);
    end if;
    return done;
end
$$;
