-- A company's states: being set up, active, suspended, terminated. One act for page and command line.

create function gate.note_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.changed_at := clock_timestamp();
    return new;
end
$$;
create trigger note_change before update on portal.company for each row when (old is distinct from new) execute function gate.note_change();
create trigger note_change before update on portal.opening for each row when (old is distinct from new) execute function gate.note_change();

-- Why this viewer may not change this company, as a code; null when they may. Another's is refused as one that does not exist.
create function gate.refused_company(viewer gate.viewer_row, asked uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when viewer.role = 'operator_program' then case when not exists (select from portal.company where id = asked) then @'no_such_record' end
        when viewer.session_id is null then @'no_live_session'
        when viewer.role <> 'account_manager' then @'not_for_this_role'
        when not exists (select from portal.company where id = asked and account_manager_id = viewer.account_id) then @'no_such_record'
    end
$$;

-- What a company lacks before it can be active, as codes.
create function gate.lacking(company portal.company) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array_remove(array[
        case when company.country is null then 'country' end,
        case when company.country = 'JP' and company.corporate_number is null then 'corporate_number' end,
        case when company.address is null then 'address' end,
        case when company.representative is null then 'representative' end,
        case when not exists (select from portal.agreement where agreement.company_id = company.id and gate.in_force(agreement, now())) then 'agreement' end
    ], null)
$$;

-- for: portal_web
create function gate.company_lacks(asked uuid) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select gate.lacking(company) from portal.company where company.id = asked and company.id in (select gate.companies())
$$;

-- Which act leads from one state to another; null when none does. What is terminated stays so.
create function gate.company_act(former text, wanted text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select case
        when wanted = 'active' and former = 'pending' then @'company_activated'
        when wanted = 'active' and former = 'suspended' then @'company_reactivated'
        when wanted = 'suspended' and former = 'active' then @'company_suspended'
        when wanted = 'terminated' and former <> 'terminated' then @'company_terminated'
    end
$$;

-- False, and nothing is changed, when the company is in another state than the one this leads from, or lacks something. Null: it is
-- not this viewer's. What the reason says is kept with the company and not in the log. A company that is terminated takes its people's
-- sign-ins and links with it.
-- for: portal_web, portal_owner
create function gate.set_company_status(asked uuid, wanted text, reason text default null)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    refusal text := gate.refused_company(viewer, asked);
    found portal.company;
    asked_for text := coalesce(gate.company_act('active', wanted), @'company_reactivated');
    act text;
    ended integer;
begin
    if refusal is not null then
        perform gate.record(asked_for, viewer, refusal);
        return null;
    end if;
    select company.* into found from portal.company where company.id = asked for no key update;
    -- Whoever waited for this row may have been suspended, or have handed the company over.
    if gate.refused_company(gate.viewer_or_program(), asked) is not null then
        perform gate.record(asked_for, viewer, @'no_such_record');
        return null;
    end if;
    act := gate.company_act(found.status, wanted);
    if act is null or act = @'company_activated' and gate.lacking(found) <> '{}' then
        return false;
    end if;
    update portal.company
    set status = wanted,
        suspended_at = case wanted when 'suspended' then now() when 'active' then null else company.suspended_at end,
        suspension_reason = case wanted when 'suspended' then set_company_status.reason when 'active' then null else company.suspension_reason end,
        terminated_at = case wanted when 'terminated' then now() end,
        termination_reason = case wanted when 'terminated' then set_company_status.reason end
    where company.id = asked;
    if wanted = 'terminated' then
        select sum(gate.revoke(account.id)), count(gate.withdraw_links(account.id)) into ended
        from portal.account where account.company_id = asked;
    end if;
    perform gate.record(act, viewer, company => asked, subject => asked, facts => jsonb_build_object('ended', nullif(ended, 0)));
    return true;
end
$$;
