grant insert on portal.former_email to portal_gate;

-- One account as an administrator sees it, and what can be changed of it.

-- for: portal_web
create function gate.account_of(asked uuid)
returns table (id uuid, display_name text, email text, role text, company_id uuid, company_name text, company_name_latin text,
               status text, suspension_reason text, last_signed_in_at timestamptz, password_changed_at timestamptz,
               companies bigint, locale text, live_sign_ins bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    perform gate.require_administrator();
    return query
    select account.id, account.display_name, account.email, account.role, account.company_id, company.name, company.name_latin,
           case when gate.is_halted(account.id) then 'suspended' else account.status end, account.suspension_reason,
           (select max(session.started_at) from portal.session where session.account_id = account.id), credential.changed_at,
           (select count(*) from portal.company as looked_after where looked_after.account_manager_id = account.id),
           gate.language_of(account),
           (select count(*) from gate.live_session where live_session.account_id = account.id)
    from portal.account
    left join portal.company on company.id = account.company_id
    left join gate.live_credential as credential on credential.account_id = account.id
    where account.id = asked;
end
$$;

-- What keeps an account from being changed so; null when nothing does.
create function gate.against_change(before portal.account, seen gate.account_details, wanted gate.account_details, viewer gate.viewer_row)
returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when (before.display_name, before.email, before.role, before.company_id)
             is distinct from (seen.display_name, seen.email, seen.role, seen.company_id) then 'changed_meanwhile'
        when (seen.display_name, seen.email, seen.role, seen.company_id)
             is not distinct from (wanted.display_name, wanted.email, wanted.role, wanted.company_id) then 'as_it_was'
        when exists (select from portal.account as other where lower(other.email) = lower(wanted.email) and other.id <> before.id) then 'email_used'
        when before.role <> wanted.role and before.id = viewer.account_id then 'own_role'
        when before.role <> wanted.role and gate.is_last_administrator(before) then 'last_administrator'
    end
$$;

-- The former address of an account is told that it has another now, and the new one gets a link to a password. Mail that waits was
-- meant for the former.
create function gate.tell_of_move(before portal.account, viewer gate.viewer_row) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    insert into portal.former_email (account_id, email_hash) values (before.id, portal.text_digest(lower(before.email)));
    perform gate.end_mail(mail.id, 'dropped', null) from portal.mail where mail.account_id = before.id and mail.state = 'waiting';
    perform gate.put_mail('address_changed', before.id, former_email => before.email);
    if before.status = 'active' and not gate.is_halted(before.id) then
        perform gate.send_link('invitation', before.id, viewer);
    end if;
end
$$;

-- What an account is from now on. "seen" is what whoever decides was shown: when it is something else by now, nothing is done, and
-- they look again. Whoever acts in another capacity starts anew: sign-ins and links end, and nothing is undertaken. With another
-- e-mail somebody else may be reading it, and the password ends too.
-- for: portal_web, portal_owner
create function gate.change_account(id uuid, seen gate.account_details, wanted gate.account_details,
                                    companies uuid[] default null, heir uuid default null)
returns text  -- "changed", or what is in the way; null for an account that is not there
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    before portal.account;
    moves boolean;
    other_capacity boolean;
    against text;
begin
    if gate.refused_administrator(viewer) is null then
        perform gate.administrators_turn() from portal.account
        where account.id = change_account.id and account.role = 'administrator' and wanted.role <> 'administrator';
        perform from portal.account where account.id = change_account.id for no key update;
        viewer := gate.viewer_or_program();  -- who waited may have been suspended
    end if;
    if gate.refused_administrator(viewer) is not null then
        perform gate.record(@'account_changed', viewer, gate.refused_administrator(viewer));
        return null;
    end if;
    select account.* into before from portal.account where account.id = change_account.id;
    against := gate.against_change(before, seen, wanted, viewer);
    if before.id is null or against is not null then
        return case when before.id is not null then against end;
    elsif before.role <> wanted.role and not gate.hand_over_companies(before.id, companies, heir, viewer) then
        return 'companies_left';
    end if;
    moves := lower(before.email) <> lower(wanted.email);
    other_capacity := moves or (before.role, before.company_id) is distinct from (wanted.role, wanted.company_id);
    perform gate.end_assignments(viewer, before.id) where other_capacity;
    update portal.account
    set display_name = wanted.display_name, email = wanted.email, role = wanted.role, company_id = wanted.company_id,
        capacity = capacity + other_capacity::integer, holder = holder + moves::integer
    where account.id = before.id;
    perform gate.record(@'account_changed', viewer, company => wanted.company_id, subject => before.id, facts => jsonb_build_object(
        'name_changed', nullif(before.display_name <> wanted.display_name, false),
        'email_changed', nullif(before.email <> wanted.email, false),
        'former_role', case when before.role <> wanted.role then before.role end,
        'role', case when before.role <> wanted.role then wanted.role end,
        'told', case when other_capacity then gate.tell_of_person(wanted.company_id, before.id, viewer) end,
        'former_company', case when before.company_id is distinct from wanted.company_id then before.company_id end,
        'ended', case when other_capacity then gate.revoke(before.id) end));
    if before.company_id is distinct from wanted.company_id and before.company_id is not null then  -- whose log it is as well
        perform gate.record(@'account_changed', viewer, company => before.company_id, subject => before.id,
                            facts => jsonb_build_object('former_company', before.company_id));
    end if;
    perform gate.withdraw_links(before.id) where other_capacity;
    perform gate.tell_of_move(before, viewer) where moves;
    return 'changed';
exception when unique_violation then
    return 'email_used';
end
$$;
