-- An introduction is assigned to one of the company's people. It counts while that account can work for the company, in the capacity in
-- which it was assigned: a suspension or another role ends it at that very moment, and waits for nobody who holds the introduction.

-- Whose it is; no row for nobody's. A statement that asks it of many takes it in.
create function gate.assignees(introduction uuid) returns setof uuid
language sql stable as $$
    select account.id
    from personal.introduction as own
    join portal.account on account.id = own.assigned_to and account.capacity = own.assigned_capacity and account.status = 'active'
    where own.id = introduction and not exists (select from portal.halt where halt.account_id = account.id)
$$;

create function gate.assignee(introduction uuid) returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$ select gate.assignees(introduction) $$;

-- Whether somebody can be assigned what is introduced to this company: one of its people who can work.
create function gate.is_colleague(account uuid, company uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.account as colleague
                   where colleague.id = account and colleague.company_id = company and colleague.role in ('recruiter', 'employer_admin')
                     and colleague.status = 'active' and not gate.is_halted(colleague.id))
$$;

-- One introduction. "result" is "assigned"; "already", when it was theirs; "meanwhile", when it is not whose the page said; "left", when that
-- colleague cannot be assigned anything; or "refused". Only "assigned" changes anything.
create function gate.assign_one(
    viewer gate.viewer_row, introduction uuid, checked boolean, shown uuid, wanted uuid, out introduction_id uuid, out result text
)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    judged record;
    stood uuid;
    reasons bigint := 0;
    refusal text;
begin
    perform from personal.introduction as locked where locked.id = introduction and locked.company_id = viewer.company_id for no key update;
    select * into judged from gate.judge(viewer, clock_timestamp()) as judge where judge.introduction_id = introduction;
    introduction_id := introduction;
    stood := gate.assignee(introduction);
    if judged.introduction_id is null then
        result := 'refused';
        reasons := @no_such_record | gate.reasons_of(viewer);
    elsif judged.selection_items | judged.contact_items = 0 then
        result := 'refused';
        reasons := judged.selection_reasons;
    elsif stood is not distinct from wanted then
        result := 'already';
        refusal := @'nothing_to_change';
    elsif checked and stood is distinct from shown then
        result := 'meanwhile';
        refusal := @'assigned_meanwhile';
    elsif wanted is not null and not gate.is_colleague(wanted, viewer.company_id) then
        result := 'left';
        refusal := @'no_colleague';
    else
        result := 'assigned';
        update personal.introduction as given
        set assigned_to = wanted, assigned_capacity = (select account.capacity from portal.account where account.id = wanted)
        where given.id = introduction;
        if wanted <> viewer.account_id then
            perform gate.tell_at_once('assigned', wanted);
        end if;
    end if;
    perform gate.record(@'assigned', viewer, refusal, reasons, introduction, purpose => @selection, consent => judged.consent_id,
                        agreement => judged.agreement_id, candidate => judged.candidate_id,
                        facts => case when result in ('assigned', 'already', 'meanwhile')
                                      then jsonb_build_object('former_assignee', stood, 'assignee', wanted) end);
end
$$;

-- Up to 100 introductions, each by itself, to one of the company's people, or to nobody. "checked" says that whoever assigns was shown that they
-- were "shown"'s.
-- for: portal_web
create function gate.assign(chosen uuid[], checked boolean, shown uuid, wanted uuid) returns table (introduction_id uuid, result text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    one uuid;
begin
    for one in select distinct id from unnest(chosen[1:100]) as id where id is not null order by id loop
        return query select * from gate.assign_one(viewer, one, coalesce(checked, false), shown, wanted);
    end loop;
end
$$;

-- What was somebody's when they could work no longer, each on the record. Nothing is changed that anybody could hold: it does not count any more.
create function gate.end_assignments(viewer gate.viewer_row, whose uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    select gate.record(@'assignment_ended', viewer, introduction => own.id, company => own.company_id, subject => whose,
                       candidate => own.candidate_id)
    from personal.introduction as own
    join portal.account on account.id = own.assigned_to and account.capacity = own.assigned_capacity
    where own.assigned_to = whose
    order by own.id
$$;

-- What ended stays so when the account can work again.
create function gate.forget_assignments(whose uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    update personal.introduction set assigned_to = null, assigned_capacity = null where assigned_to = whose
$$;
