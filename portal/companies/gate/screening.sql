grant insert on portal.company_screening to portal_gate;

-- Whether a company is taken on: said by compliance, in a note with its outcome. The company is owed no reason (S48), and whoever looks
-- after it reads the outcome alone.

-- What compliance said last of a company; no row before it said anything.
create function gate.screening_of(company uuid) returns table (outcome text, decided_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select screening.outcome, screening.decided_at from portal.company_screening as screening
    where screening.company_id = screening_of.company
    order by screening.decided_at desc, screening.id desc limit 1
$$;

-- Whether compliance is asked for an outcome: the company was sent, and nothing was said yet, or it was refused before that.
create function gate.awaits_screening(asked_at timestamptz, outcome text, decided_at timestamptz) returns boolean
language sql immutable as $$
    select asked_at is not null and (outcome is null or outcome = 'refused' and asked_at > decided_at)
$$;

-- "screened"; "over" when the company is no longer being set up, "not_sent" when nobody sent it to screening. Null: it is not for this viewer.
-- A program of the operator says what compliance said elsewhere: an import, whose note names where that is kept.
-- for: portal_web, portal_owner
create function gate.screen_company(asked uuid, outcome text, note text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    refusal text;
    stands text;
begin
    if viewer.role in ('compliance', 'operator_program') then
        select company.status into stands from portal.company where company.id = asked for no key update;
        viewer := gate.viewer_or_program();  -- who waited for it may have been suspended
    end if;
    refusal := case
        when viewer.session_id is null and viewer.role <> 'operator_program' then @'no_live_session'
        when viewer.role not in ('compliance', 'operator_program') then @'not_for_this_role'
        when stands is null then @'no_such_record'
    end;
    if refusal is not null then
        perform gate.record(@'company_screened', viewer, refusal);
        return null;
    end if;
    if stands <> 'pending' then
        return 'over';
    elsif viewer.role = 'compliance' and not exists (select from portal.company where id = asked and screening_asked_at is not null)
          and not exists (select from gate.screening_of(asked)) then
        return 'not_sent';
    end if;
    insert into portal.company_screening (company_id, outcome, note, decided_by)
    values (asked, screen_company.outcome, screen_company.note, viewer.account_id);
    perform gate.record(@'company_screened', viewer, company => asked, subject => asked,
                        facts => jsonb_build_object('screening', screen_company.outcome));
    return 'screened';
end
$$;

-- What was said of a company so far, the newest first; for compliance.
-- for: portal_web
create function gate.screenings(asked uuid)
returns table (outcome text, note text, decided_by text, decided_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select screening.outcome, screening.note, account.display_name, screening.decided_at
    from portal.company_screening as screening
    left join portal.account on account.id = screening.decided_by
    where screening.company_id = asked and gate.viewer_role() = 'compliance'
    order by screening.decided_at desc, screening.id desc
$$;
