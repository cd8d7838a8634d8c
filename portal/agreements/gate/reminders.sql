grant insert on portal.agreement_reminder to portal_gate;

-- An agreement that ends by itself is reminded of 60, 30 and 7 days before: whoever looks after the company, and the company's
-- administrators, each by one mail that names neither. Nobody is reminded of an end that another agreement reaches over. An end that comes
-- because a newer version is to be signed is told in its own words.

-- The agreements in force at t that end within 60 days, with nothing signed by both that goes on after them.
create function gate.agreements_that_end(t timestamptz) returns table (agreement_id uuid, company_id uuid, ends_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select ending.id, ending.company_id, gate.end_of(ending)
    from portal.agreement as ending
    join portal.company on company.id = ending.company_id
    where gate.in_force(ending, t) and gate.end_of(ending) <= t + interval '60 days' and gate.state_of(company) <> 'terminated'
      and not exists (
          select from portal.agreement as next
          where next.company_id = ending.company_id and next.id <> ending.id and next.lacks is null
            and next.company_signed_at is not null and next.operator_signed_at is not null
            and next.effective_at <= gate.end_of(ending)
            and coalesce(gate.end_of(next), 'infinity') > gate.end_of(ending))
$$;

-- How many agreements were reminded of. What fell due while no worker ran is one reminder, the nearest.
-- for: portal_worker
create function gate.remind_of_ends(t timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    due record;
    reminded integer := 0;
begin
    for due in
        with put as (
            insert into portal.agreement_reminder (agreement_id, ends_at, days)
            select ending.agreement_id, ending.ends_at, ahead.days
            from gate.agreements_that_end(t) as ending
            join (values (60), (30), (7)) as ahead (days) on ending.ends_at <= t + make_interval(days => ahead.days)
            on conflict do nothing
            returning agreement_id, days
        )
        select agreement.company_id, min(put.days) as days,
               case when agreement.campaign_ends_at = gate.end_of(agreement) then 'new_version_due_' else 'agreement_ends_' end as kind
        from put join portal.agreement on agreement.id = put.agreement_id
        group by agreement.id
    loop
        perform gate.put_mail(due.kind || due.days, reader.id)
        from portal.account as reader
        where reader.status = 'active' and not gate.is_halted(reader.id)
          and (reader.company_id = due.company_id and reader.role = 'employer_admin'
               or reader.id = (select company.account_manager_id from portal.company where company.id = due.company_id));
        reminded := reminded + 1;
    end loop;
    return reminded;
end
$$;
