grant delete on portal.halt to portal_gate;

-- Endings wait for nobody (decision 43). Whoever can run SQL as the web process can keep a record locked for as long as their
-- connection lasts. So what ends something tries for a moment to write it to its record. Where the record is held, a row of
-- portal.halt is written instead. No lock keeps that from being made, and it binds as the record itself would.

create function gate.is_halted(account uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.halt where halt.account_id = account)
$$;

-- The state of a company: its record's, or the stricter one that could not be written there yet.
create function gate.state_of(company portal.company) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce((select max(halt.wanted) from portal.halt where halt.company_id = company.id), company.status)  -- by the alphabet
$$;

-- The same, of all companies of which something waits to be written: for lists, that would ask of each one in turn.
create function gate.halted_companies() returns table (company_id uuid, wanted text, made_at timestamptz)
language sql stable as $$
    select halt.company_id, max(halt.wanted), min(halt.made_at) from portal.halt where halt.company_id is not null group by halt.company_id
$$;

-- What waits to be written to its record, for whoever looks at that record: since when.
-- for: portal_web
create function gate.halted_since(account uuid, company uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select min(halt.made_at) from portal.halt
    where halt.account_id = account and gate.viewer_role() = 'administrator'
       or halt.company_id = company and company in (select gate.companies())
$$;

-- Writes one to its record; an error when the record is held. What an account manager looks after goes where it was to go; to
-- nobody for now when the heir is no account manager any more.
create function gate.settle_halt(which portal.halt) returns void
language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '300ms' as $$
declare
    program gate.viewer_row;
begin
    program.role := 'operator_program';
    if which.company_id is not null then
        perform gate.write_company_state(which.company_id, which.wanted, which.reason, which.made_at);
    else
        perform from portal.account where account.id = which.account_id for no key update;
        perform gate.give_companies(which.account_id, case when gate.can_look_after(which.heir_id) then which.heir_id end, program);
        perform gate.write_suspension(which.account_id, which.reason, which.by_company);
    end if;
    delete from portal.halt where halt.id = which.id;
end
$$;

-- Every few seconds, until none is left.
-- for: portal_worker
create function gate.settle_halts() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    waiting portal.halt;
    settled integer := 0;
begin
    for waiting in select halt.* from portal.halt order by made_at, id loop
        begin
            perform gate.settle_halt(waiting);
            settled := settled + 1;
        exception when lock_not_available or deadlock_detected then
            null;  -- at its next turn
        end;
    end loop;
    return settled;
end
$$;
