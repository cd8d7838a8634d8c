-- A company's states: being set up, sent to screening, active, suspended, terminated. One act for page, command and import.

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
create function gate.refused_company(viewer gate.viewer_row, asked uuid, administrators_too boolean default false) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when viewer.role = 'operator_program' or administrators_too and viewer.role = 'administrator' then case when not exists (select from portal.company where id = asked) then @'no_such_record' end
        when viewer.session_id is null then @'no_live_session'
        when viewer.role <> 'account_manager' then @'not_for_this_role'
        when not gate.keeps(viewer, asked) then @'no_such_record'
    end
$$;

-- What a company's record lacks before it can be active, as codes.
create function gate.record_lacks(company portal.company) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array_remove(array[
        case when company.country is null then 'country' end,
        case when company.country = 'JP' and company.corporate_number is null then 'corporate_number' end,
        case when company.address is null then 'address' end,
        case when company.representative is null then 'representative' end
    ], null)
$$;

-- What a company lacks before it can be active, as codes: of its record, compliance's approval, and an agreement.
create function gate.lacking(company portal.company) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select gate.record_lacks(company) || array_remove(array[
        (select case when said.outcome is null or gate.awaits_screening(company.screening_asked_at, said.outcome, said.decided_at) then 'screening' when said.outcome <> 'approved' then 'approval' end
         from (values (true)) as one left join gate.screening_of(company.id) as said on true),
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
        when wanted = 'screening' and former = 'pending' then @'company_sent_to_screening'
        when wanted = 'active' and former = 'pending' then @'company_activated'
        when wanted = 'active' and former = 'suspended' then @'company_reactivated'
        when wanted = 'suspended' and former = 'active' then @'company_suspended'
        when wanted = 'terminated' and former <> 'terminated' then @'company_terminated'
    end
$$;

-- Whether a company that is being set up can be sent to screening: its record is whole, and compliance neither approved it nor is asked to.
create function gate.can_be_screened(company portal.company) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select company.status = 'pending' and gate.record_lacks(company) = '{}' and said.outcome is distinct from 'approved'
       and not gate.awaits_screening(company.screening_asked_at, said.outcome, said.decided_at)
    from (values (true)) as one left join gate.screening_of(company.id) as said on true
$$;

-- For an act that a page refuses before it asks for it: an entry of the refusal, when the company is none of the viewer's.
-- for: portal_web
create function gate.may_keep_company(act text, asked uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_company(viewer, asked);
begin
    if refusal is not null then
        perform gate.record(act, viewer, refusal);
    end if;
    return refusal is null;
end
$$;

-- A company for an act of whoever looks after it, held: nobody else changes it until the end of the transaction. Whoever waited for
-- it is judged anew, because they may have been suspended, or have handed it over. No company, and an entry, for anybody else.
create function gate.hold_company(act text, asked uuid, administrators_too boolean default false) returns portal.company
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    refusal text := gate.refused_company(gate.viewer_or_program(), asked, administrators_too);
    found portal.company;
begin
    if refusal is null then
        select company.* into found from portal.company where company.id = asked for no key update;
        refusal := gate.refused_company(gate.viewer_or_program(), asked, administrators_too);
    end if;
    if refusal is not null then
        perform gate.record(act, gate.viewer_or_program(), refusal);
        return null;
    end if;
    return found;
end
$$;

-- A company that is sent to screening is still being set up.
create function gate.write_company_state(asked uuid, wanted text, reason text, at timestamptz) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    update portal.company
    set status = case wanted when 'screening' then company.status else wanted end,
        screening_asked_at = case wanted when 'screening' then at else company.screening_asked_at end,
        screening_reason = case wanted when 'screening' then write_company_state.reason else company.screening_reason end,
        activated_at = case wanted when 'active' then at else company.activated_at end,
        activation_reason = case wanted when 'active' then write_company_state.reason else company.activation_reason end,
        suspended_at = case wanted when 'suspended' then at when 'active' then null else company.suspended_at end,
        suspension_reason = case wanted when 'suspended' then write_company_state.reason when 'active' then null else company.suspension_reason end,
        terminated_at = case wanted when 'terminated' then at end,
        termination_reason = case wanted when 'terminated' then write_company_state.reason end
    where company.id = asked and gate.company_act(company.status, wanted) is not null
$$;

-- The entry of a new state. A company that is suspended or terminated takes its people's sign-ins with it, and one that is terminated their
-- links as well: by rows that are added alone.
create function gate.enter_company_state(act text, asked uuid, wanted text, pending boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    ended integer;
begin
    if wanted in ('suspended', 'terminated') then
        select sum(gate.revoke(account.id)) into ended from portal.account where account.company_id = asked;
    end if;
    if wanted = 'terminated' then
        perform gate.withdraw_links(account.id) from portal.account where account.company_id = asked;
    end if;
    perform gate.record(act, gate.viewer_or_program(), company => asked, subject => asked,
                        facts => jsonb_build_object('ended', nullif(ended, 0), 'pending', nullif(pending, false)));
end
$$;

-- The act where nobody holds the company.
create function gate.set_state_unhindered(asked uuid, wanted text, reason text) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    found portal.company := gate.hold_company(coalesce(gate.company_act(case wanted when 'screening' then 'pending' else 'active' end, wanted), @'company_reactivated'), asked);
    act text;
begin
    if found.id is null then
        return null;
    end if;
    perform gate.settle_halt(halt) from portal.halt where halt.company_id = asked;
    select company.* into found from portal.company where company.id = asked;
    act := gate.company_act(found.status, wanted);
    if act is null or act = @'company_activated' and gate.lacking(found) <> '{}'
       or act = @'company_sent_to_screening' and not gate.can_be_screened(found) then
        return false;
    end if;
    perform gate.write_company_state(asked, wanted, reason, now());
    perform gate.enter_company_state(act, asked, wanted, pending => false);
    return true;
end
$$;

-- What ends something tries for a moment, and then binds all the same (portal.halt).
create function gate.end_unhindered(asked uuid, wanted text, reason text) returns boolean
language sql set search_path = pg_catalog, pg_temp set lock_timeout = '300ms' as $$
    select gate.set_state_unhindered(asked, wanted, reason)
$$;

-- False, and nothing is changed, when the company is in another state than the one this leads from, or lacks something. Null: it is
-- not this viewer's. What the reason says is kept with the company and not in the log; without one nothing is changed, whoever asks.
-- for: portal_web, portal_owner
create function gate.set_company_status(asked uuid, wanted text, reason text)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    act text;
begin
    if gate.is_blank(reason) then
        raise exception 'a company changes its state for a reason' using errcode = 'invalid_parameter_value';
    elsif wanted not in ('suspended', 'terminated') then
        return gate.set_state_unhindered(asked, wanted, reason);
    end if;
    begin
        return gate.end_unhindered(asked, wanted, reason);
    exception when lock_not_available or deadlock_detected then
        null;  -- what follows waits for nobody
    end;
    if gate.refused_company(gate.viewer_or_program(), asked) is not null then
        perform gate.record(gate.company_act('active', wanted), gate.viewer_or_program(), @'no_such_record');
        return null;
    end if;
    act := (select gate.company_act(gate.state_of(company), wanted) from portal.company where company.id = asked);
    if act is null then
        return false;
    end if;
    insert into portal.halt (company_id, wanted, reason) values (asked, wanted, set_company_status.reason);
    perform gate.enter_company_state(act, asked, wanted, pending => true);
    return true;
end
$$;
