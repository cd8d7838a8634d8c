-- Suspending accounts and taking that back. No company is left with somebody who cannot look after it: the same act hands it over.

-- Whoever takes an administrator away takes a turn, so that of two who do so at once the second sees what the first did: each of them
-- might otherwise take the last other one away. Nobody else can hold these rows.
create function gate.administrators_turn() returns void
language sql set search_path = pg_catalog, pg_temp as $$
    select from portal.account where role = 'administrator' and status = 'active' order by id for no key update
$$;

create function gate.is_last_administrator(account portal.account) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select account.role = 'administrator' and account.status = 'active'
       and not exists (select from portal.account as other
                       where other.role = 'administrator' and other.status = 'active' and other.id <> account.id
                         and not gate.is_halted(other.id))
$$;

create function gate.can_look_after(heir uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.account
                   where account.id = heir and account.role = 'account_manager' and account.status = 'active' and not gate.is_halted(account.id))
$$;

-- Whether these companies were shown to whoever decides, and the heir can look after them; null is nobody for now.
create function gate.decided_about(left_behind uuid[], shown uuid[], heir uuid, whose uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select left_behind = '{}'
        or left_behind is not distinct from (select array_agg(distinct one order by one) from unnest(shown) as one)
           and (heir is null or heir <> whose and gate.can_look_after(heir))
$$;

create function gate.looked_after_by(whose uuid) returns uuid[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(company.id order by company.id), '{}') from portal.company where company.account_manager_id = whose
$$;

-- Hands over all that an account manager looks after.
create function gate.give_companies(whose uuid, heir uuid, viewer gate.viewer_row) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    handed_over uuid;
begin
    foreach handed_over in array gate.looked_after_by(whose) loop
        update portal.company set account_manager_id = heir where company.id = handed_over;
        perform gate.record(@'company_handed_over', viewer, company => handed_over, subject => handed_over,
                            facts => jsonb_build_object('former_manager', whose, 'manager', heir));
    end loop;
end
$$;

-- Hands over what an account manager looks after, to another active one, or to nobody for now when the heir is null. "shown" are
-- the companies that were shown to whoever decides: false, and nothing is done, when there are others by now.
create function gate.hand_over_companies(whose uuid, shown uuid[], heir uuid, viewer gate.viewer_row) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    perform from portal.company where company.account_manager_id = whose order by company.id for no key update;
    if not gate.decided_about(gate.looked_after_by(whose), shown, heir, whose) then
        return false;
    end if;
    perform gate.give_companies(whose, heir, viewer);
    return true;
end
$$;

create function gate.write_suspension(whose uuid, reason text, by_company boolean) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    update portal.account
    set status = 'suspended', suspension_reason = write_suspension.reason, suspended_by_company = by_company
    where account.id = whose
$$;

-- What ends with a suspension, by rows that are added alone; and its entry.
create function gate.end_for_good(whose portal.account, viewer gate.viewer_row, pending boolean) returns text
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    ended integer := gate.revoke(whose.id);
begin
    perform gate.withdraw_links(whose.id);
    perform gate.end_assignments(viewer, whose.id);
    perform gate.record(@'account_suspended', viewer, company => whose.company_id, subject => whose.id,
                        facts => jsonb_build_object('ended', ended, 'pending', nullif(pending, false)));
    return 'suspended';
end
$$;

-- The act where nobody holds what it changes; an error after a moment when somebody does.
create function gate.suspend_unhindered(id uuid, reason text, companies uuid[], heir uuid) returns text
language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '300ms' as $$
declare
    held gate.held_account;
begin
    perform gate.administrators_turn() from portal.account where account.id = suspend_unhindered.id and account.role = 'administrator';
    held := gate.hold_account(@'account_suspended', suspend_unhindered.id);
    if (held.whose).id is null or (held.whose).status <> 'active' or (held.whose).id is not distinct from (held.viewer).account_id then
        return null;
    elsif gate.is_last_administrator(held.whose) then
        return 'last_administrator';
    elsif not gate.hand_over_companies((held.whose).id, companies, heir, held.viewer) then
        return 'companies_left';
    end if;
    perform gate.write_suspension((held.whose).id, reason, (held.viewer).role = 'employer_admin');
    return gate.end_for_good(held.whose, held.viewer, pending => false);
end
$$;

-- "suspended"; or "companies_left" or "last_administrator", and nothing is done; null for the own account and one that is not active,
-- and for whoever may not. Where somebody holds the record, or a company that is to be handed over, it binds all the same, and
-- gate.settle_halts writes it down later.
-- for: portal_web, portal_owner
create function gate.suspend_account(id uuid, reason text, companies uuid[] default null, heir uuid default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    seen gate.held_account := gate.account_to_keep(@'account_suspended', suspend_account.id);
begin
    if (seen.whose).id is null or gate.is_halted((seen.whose).id) then
        return null;
    end if;
    begin
        return gate.suspend_unhindered(suspend_account.id, reason, companies, heir);
    exception when lock_not_available or deadlock_detected then
        null;  -- what follows waits for nobody
    end;
    seen := gate.account_to_keep(@'account_suspended', suspend_account.id);
    if (seen.whose).id is null or (seen.whose).status <> 'active' or (seen.whose).id is not distinct from (seen.viewer).account_id then
        return null;
    elsif gate.is_last_administrator(seen.whose) then
        return 'last_administrator';
    elsif not gate.decided_about(gate.looked_after_by((seen.whose).id), companies, heir, (seen.whose).id) then
        return 'companies_left';
    end if;
    insert into portal.halt (account_id, wanted, reason, by_company, heir_id)
    values ((seen.whose).id, 'suspended', suspend_account.reason, (seen.viewer).role = 'employer_admin', heir);
    return gate.end_for_good(seen.whose, seen.viewer, pending => true);
end
$$;

-- What the operator suspended, the company does not take back. Null for whoever may not.
-- for: portal_web, portal_owner
create function gate.reactivate_account(id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    held gate.held_account := gate.hold_account(@'account_reactivated', reactivate_account.id);
    done boolean;
begin
    perform gate.settle_halt(halt) from portal.halt where halt.account_id = (held.whose).id;
    update portal.account set status = 'active', suspension_reason = null
    where account.id = (held.whose).id and status = 'suspended' and (suspended_by_company or (held.viewer).role <> 'employer_admin');
    done := found;
    if done then
        perform gate.forget_assignments((held.whose).id);
        perform gate.record(@'account_reactivated', held.viewer, company => (held.whose).company_id, subject => (held.whose).id);
    end if;
    return done;
end
$$;

-- Ends every sign-in of an account that goes on otherwise: for a lost telephone, or a desk left open. How many ended; null for
-- whoever may not.
-- for: portal_web
create function gate.end_sign_ins(id uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    seen gate.held_account := gate.account_to_keep(@'account_signed_out', end_sign_ins.id);
    ended integer;
begin
    if (seen.whose).id is null then
        return null;
    end if;
    ended := gate.revoke((seen.whose).id);
    perform gate.record(@'account_signed_out', seen.viewer, company => (seen.whose).company_id, subject => (seen.whose).id,
                        facts => jsonb_build_object('ended', ended));
    return ended;
end
$$;
