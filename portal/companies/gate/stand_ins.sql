grant insert, update, delete on portal.stand_in to portal_gate;

-- Who acts for a company besides the account manager who looks after it: named by that one, and as good as that one in all else but
-- handing the company over and naming others. Each act is recorded in the name of whoever did it.

-- The companies for which somebody stands in. Who became something else since does not.
create function gate.stood_in_for(viewer gate.viewer_row) returns setof uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select named.company_id from portal.stand_in as named where named.account_id = viewer.account_id and named.capacity = viewer.capacity
$$;

-- Whether this account manager looks after the company or stands in for it.
create function gate.keeps(viewer gate.viewer_row, asked uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.company where company.id = asked and company.account_manager_id = viewer.account_id)
        or asked in (select gate.stood_in_for(viewer))
$$;

-- Who looks after a company and who stands in, for either.
-- for: portal_web
create function gate.keepers_of(asked uuid) returns table (account_id uuid, display_name text, email text, stands_in boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select keeper.id, keeper.display_name, keeper.email, keeper.stands_in
    from (select account.id, account.display_name, account.email, false as stands_in
          from portal.company join portal.account on account.id = company.account_manager_id where company.id = asked
          union all
          select account.id, account.display_name, account.email, true
          from portal.stand_in as named join portal.account on account.id = named.account_id
          where named.company_id = asked and account.role = 'account_manager' and account.capacity = named.capacity) as keeper
    where gate.refused_company(gate.viewer(), asked) is null
    order by keeper.stands_in, keeper.display_name
$$;

-- The company, held, for an act of whoever looks after it and not of who stands in. None, and an entry, for anybody else.
create function gate.hold_own_company(act text, asked uuid) returns portal.company
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    held portal.company := gate.hold_company(act, asked);
begin
    if held.id is not null and (gate.viewer_or_program()).role <> 'operator_program'
       and held.account_manager_id is distinct from (gate.viewer()).account_id then
        perform gate.record(act, gate.viewer(), @'not_for_this_role', company => asked);
        return null;
    end if;
    return held;
end
$$;

-- "named"; "already" when they stand in or look after it; "cannot" when they cannot look after a company. Null: it is not this viewer's.
-- for: portal_web, portal_owner
create function gate.name_stand_in(asked uuid, who uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    held portal.company := gate.hold_own_company(@'stand_in_named', asked);
begin
    if held.id is null then
        return null;
    elsif not gate.can_look_after(who) then
        return 'cannot';
    elsif who = held.account_manager_id then
        return 'already';
    end if;
    insert into portal.stand_in (company_id, account_id, capacity, added_by)
    select asked, account.id, account.capacity, (gate.viewer()).account_id from portal.account where account.id = who
    on conflict (company_id, account_id) do update set capacity = excluded.capacity, added_by = excluded.added_by, added_at = now()
        where stand_in.capacity <> excluded.capacity;
    if not found then
        return 'already';
    end if;
    perform gate.record(@'stand_in_named', gate.viewer_or_program(), company => asked, subject => asked, facts => jsonb_build_object('stand_in', who));
    return 'named';
end
$$;

-- True when they stand in no more; false when they did not. Null: it is not this viewer's.
-- for: portal_web, portal_owner
create function gate.end_stand_in(asked uuid, who uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    held portal.company := gate.hold_own_company(@'stand_in_ended', asked);
begin
    if held.id is null then
        return null;
    end if;
    delete from portal.stand_in as named where named.company_id = asked and named.account_id = who;
    if found then
        perform gate.record(@'stand_in_ended', gate.viewer_or_program(), company => asked, subject => asked, facts => jsonb_build_object('stand_in', who));
    end if;
    return found;
end
$$;

-- Those who look after some companies or stand in there: none whom such a mail waits for, or was written to within that time.
create function gate.tell_keepers(kind text, companies uuid[], within interval) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    select gate.put_mail(tell_keepers.kind, account.id)
    from portal.account
    where account.status = 'active' and account.role = 'account_manager'
      and (account.id in (select company.account_manager_id from portal.company where company.id = any (companies))
           or exists (select from portal.stand_in as named
                      where named.account_id = account.id and named.capacity = account.capacity and named.company_id = any (companies)))
      and not exists (select from portal.mail where mail.account_id = account.id and mail.kind = tell_keepers.kind
                      and (mail.state = 'waiting' or mail.written_at > now() - within))
$$;

-- Whoever looks after a company from now on stands in for nobody there.
create function gate.end_own_stand_in() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    delete from portal.stand_in where company_id = new.id and account_id = new.account_manager_id;
    return null;
end
$$;
create trigger end_own_stand_in after update of account_manager_id on portal.company
    for each row when (new.account_manager_id is distinct from old.account_manager_id) execute function gate.end_own_stand_in();
