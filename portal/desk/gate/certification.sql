grant insert, update (reminded, closed_at, due_at) on portal.certification to portal_gate;
grant insert, update (needed, said_by, said_at, suspended_at) on portal.certified_account to portal_gate;

-- Certification: each quarter a company's administrators say which accounts are still needed. Of which nobody said anything until the day,
-- in spite of two reminders, is suspended, as anybody else is.

create function gate.quarter_of(t timestamptz) returns date
language sql immutable set search_path = pg_catalog, pg_temp as $$ select date_trunc('quarter', t at time zone 'Asia/Tokyo')::date $$;

-- Who answers is a company's administrators. Whoever looks after it is told that they were asked, and cannot answer in their place.
create function gate.tell_administrators(kind text, company uuid) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    told integer;
begin
    perform gate.put_mail(case when reader.company_id is not null or tell_administrators.kind = 'certification_over' then tell_administrators.kind
                               else 'certification_of_yours' end, reader.id)
    from portal.account as reader
    where reader.status = 'active' and not gate.is_halted(reader.id)
      and (reader.company_id = tell_administrators.company and reader.role = 'employer_admin'
           or reader.id = (select known.account_manager_id from portal.company as known where known.id = tell_administrators.company));
    get diagnostics told = row_count;
    return told;
end
$$;

-- Suspends what nobody spoke for, or what is not needed any more; the act of the operator's program. Whoever took an account on or back
-- after the question was asked is left.
create function gate.suspend_uncertified(asked portal.certification, t timestamptz) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    program gate.viewer_row;
    silent record;
    suspended integer := 0;
begin
    program.role := 'operator_program';
    for silent in
        select account from portal.certified_account as listed join portal.account on account.id = listed.account_id
        where listed.certification_id = asked.id and listed.needed is not true and listed.suspended_at is null
          and account.status = 'active' and account.company_id = asked.company_id and not gate.is_halted(account.id)
        for no key update of account
    loop
        perform gate.write_suspension((silent.account).id, '四半期ごとの確認で必要と回答されなかったため / not confirmed as needed in the quarterly certification', false);
        perform gate.end_for_good(silent.account, program, pending => false);
        update portal.certified_account set suspended_at = t where certification_id = asked.id and account_id = (silent.account).id;
        suspended := suspended + 1;
    end loop;
    return suspended;
end
$$;

-- Asks the companies of a new quarter, reminds 14 and 7 days before the end of the 30, and closes what is over. How much was done.
-- for: portal_worker
create function gate.keep_certifications(t timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    program gate.viewer_row;
    one portal.certification;
    done integer := 0;
    silent integer;
begin
    program.role := 'operator_program';
    for one in
        insert into portal.certification (company_id, quarter, opened_at, due_at)
        select company.id, gate.quarter_of(t), t, t + interval '30 days' from portal.company
        where gate.state_of(company) = 'active' and company.created_at < gate.day_begins(gate.quarter_of(t))
          and exists (select from portal.account where account.company_id = company.id and account.status = 'active')
        on conflict do nothing returning *
    loop
        insert into portal.certified_account (certification_id, account_id)
        select one.id, account.id from portal.account where account.company_id = one.company_id and account.status = 'active';
        perform gate.tell_administrators('certification_asked', one.company_id);
        perform gate.record(@'certification_opened', program, company => one.company_id, facts => jsonb_build_object('ends', gate.moment(one.due_at)));
        done := done + 1;
    end loop;
    for one in
        update portal.certification set reminded = case when t >= due_at - interval '7 days' then 2 else 1 end
        where closed_at is null and t < due_at and t >= due_at - interval '14 days'
          and reminded < case when t >= due_at - interval '7 days' then 2 else 1 end
          and exists (select from portal.certified_account as listed where listed.certification_id = certification.id and listed.needed is null)
        returning *
    loop
        perform gate.tell_administrators('certification_reminder', one.company_id);
        done := done + 1;
    end loop;
    for one in select * from portal.certification where closed_at is null and due_at <= t and reminded > 0 or closed_at is null and due_at <= t
               and not exists (select from portal.certified_account as listed where listed.certification_id = certification.id and listed.needed is null)
               for no key update
    loop
        silent := gate.suspend_uncertified(one, t);
        update portal.certification set closed_at = t where id = one.id;
        if silent > 0 then
            perform gate.tell_administrators('certification_over', one.company_id);
        end if;
        perform gate.record(@'certification_closed', program, company => one.company_id, facts => jsonb_build_object('accounts', silent));
        done := done + 1;
    end loop;
    -- Nobody was reminded while no worker ran: the end waits for the reminder.
    update portal.certification set due_at = t + interval '7 days', reminded = 0 where closed_at is null and due_at <= t and reminded = 0;
    return done;
end
$$;

-- What the viewer's company is asked at present, account by account.
-- for: portal_web
create function gate.certification()
returns table (certification_id uuid, quarter date, due_at timestamptz, account_id uuid, display_name text, role text, last_signed_in_at timestamptz,
               needed boolean, said_by text, said_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select asked.id, asked.quarter, asked.due_at, account.id, account.display_name, account.role,
           (select max(session.started_at) from portal.session where session.account_id = account.id), listed.needed,
           sayer.display_name, listed.said_at
    from gate.viewer() as viewer
    join portal.certification as asked on asked.company_id = viewer.company_id and asked.closed_at is null and viewer.role = 'employer_admin'
    join portal.certified_account as listed on listed.certification_id = asked.id
    join portal.account on account.id = listed.account_id and account.status = 'active' and account.company_id = viewer.company_id
    left join portal.account as sayer on sayer.id = listed.said_by
    order by account.display_name, account.id
$$;

-- How many accounts the administrator spoke for; null for whoever may not, and where nothing is asked. What is not needed ends at the end of
-- the question, and can be said otherwise until then.
-- for: portal_web
create function gate.certify(needed uuid[], unneeded uuid[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'employer_admin');
    asked portal.certification;
    said integer := 0;
begin
    if refusal is null then
        select * into asked from portal.certification where certification.company_id = viewer.company_id and certification.closed_at is null for no key update;
        refusal := case when asked.id is null then @'not_now' end;
    end if;
    if refusal is null then
        update portal.certified_account as listed set needed = listed.account_id = any (certify.needed), said_by = viewer.account_id, said_at = now()
        where listed.certification_id = asked.id and listed.account_id = any (certify.needed || certify.unneeded);
        get diagnostics said = row_count;
    end if;
    perform gate.record(@'accounts_certified', viewer, refusal, facts => jsonb_build_object('accounts', said));
    return case when refusal is null then said end;
end
$$;

-- How far each company is, for compliance: the certifications of the last year.
-- for: portal_web
create function gate.certifications()
returns table (name text, name_latin text, quarter date, due_at timestamptz, closed_at timestamptz, accounts bigint, needed bigint, unneeded bigint, suspended bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.name, company.name_latin, asked.quarter, asked.due_at, asked.closed_at, count(*), count(*) filter (where listed.needed),
           count(*) filter (where not listed.needed), count(listed.suspended_at)
    from gate.viewer() as viewer
    join portal.certification as asked on viewer.role = 'compliance' and asked.opened_at > now() - interval '1 year'
    join portal.company on company.id = asked.company_id
    join portal.certified_account as listed on listed.certification_id = asked.id
    group by company.id, asked.id order by asked.quarter desc, company.name limit 500
$$;
