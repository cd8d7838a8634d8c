grant update (threshold, active, owner_id, changed_at, looked_until) on portal.alert_rule to portal_gate;
grant insert, update (owner_id, decision, note, decided_by, decided_at) on portal.alert to portal_gate;

-- Rules and alerts, for compliance. Each act here is recorded, of whomever it is about; nothing in a mail says anything.

create function gate.watcher(act text, subject uuid default null, facts jsonb default null) returns gate.viewer_row
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
begin
    perform gate.record(act, viewer, refusal, subject => case when refusal is null then subject end, facts => case when refusal is null then facts end);
    if refusal is not null then
        return null;
    end if;
    return viewer;
end
$$;

-- for: portal_web
create function gate.alert_rules()
returns table (id uuid, kind text, threshold integer, active boolean, owner text, changed_at timestamptz, raised bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.watcher(@'alert_rules_read');
begin
    if viewer.session_id is null then
        return;
    end if;
    return query
        select rule.id, rule.kind, rule.threshold, rule.active, account.display_name, rule.changed_at,
               (select count(*) from portal.alert where alert.kind = rule.kind and alert.raised_at > now() - interval '30 days')
        from portal.alert_rule as rule left join portal.account on account.id = rule.owner_id
        order by rule.place;
end
$$;

-- What a rule would have found in so many days until now. Nothing is kept of it but that it was asked.
-- for: portal_web
create function gate.try_alert_rule(id uuid, threshold integer, days integer, holidays date[])
returns table (account_id uuid, name text, company_name text, company_name_latin text, day date, noticed_at timestamptz, measured integer, in_all bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    wanted portal.alert_rule;
    viewer gate.viewer_row;
begin
    select rule.* into wanted from portal.alert_rule as rule where rule.id = try_alert_rule.id;
    viewer := gate.watcher(@'alert_rule_tried', facts => jsonb_build_object('alert_kind', wanted.kind, 'threshold', try_alert_rule.threshold, 'days', try_alert_rule.days));
    if viewer.session_id is null or wanted.id is null then
        return;
    end if;
    return query
        select found.account_id, account.display_name, company.name, company.name_latin, found.day, found.noticed_at, found.measured, count(*) over ()
        from gate.find_alerts(wanted.kind, try_alert_rule.threshold, now() - least(try_alert_rule.days, 92) * interval '1 day', now(), holidays) as found
        left join portal.account on account.id = found.account_id
        left join portal.company on company.id = coalesce(found.company_id, account.company_id)
        order by found.noticed_at desc limit 100;
end
$$;

-- Whoever switches a rule on owns what it finds from then on. False when there is no such rule, null when the viewer may not.
-- for: portal_web
create function gate.set_alert_rule(id uuid, threshold integer, active boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    kind text := (select rule.kind from portal.alert_rule as rule where rule.id = set_alert_rule.id);
    viewer gate.viewer_row := gate.watcher(
        @'alert_rule_set', facts => jsonb_build_object('alert_kind', kind, 'threshold', set_alert_rule.threshold, 'active', set_alert_rule.active));
begin
    if viewer.session_id is null then
        return null;
    end if;
    update portal.alert_rule as rule
    set threshold = set_alert_rule.threshold, active = set_alert_rule.active, changed_at = now(),
        owner_id = case when set_alert_rule.active then viewer.account_id else rule.owner_id end,
        looked_until = case when rule.active and set_alert_rule.active then rule.looked_until else now() end
    where rule.id = set_alert_rule.id;
    return found;
end
$$;

-- The worker's turn: what the rules that are on find since they were asked last. Each new alert is an entry, and its owner is told once.
-- for: portal_worker
create function gate.raise_alerts(holidays date[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    rule portal.alert_rule;
    found_one gate.found_alert;
    program gate.viewer_row;
    raised integer := 0;
    made uuid;
begin
    program.role := 'operator_program';
    for rule in select alert_rule.* from portal.alert_rule where alert_rule.active order by alert_rule.place for update loop
        for found_one in
            select * from gate.find_alerts(rule.kind, rule.threshold, coalesce(rule.looked_until, now()) - interval '5 minutes', now(), holidays)
        loop
            insert into portal.alert (kind, threshold, account_id, company_id, day, noticed_at, measured, owner_id)
            values (rule.kind, rule.threshold, found_one.account_id, found_one.company_id, found_one.day, found_one.noticed_at, found_one.measured,
                    nullif(rule.owner_id, found_one.account_id))
            on conflict do nothing returning id into made;
            continue when made is null;
            raised := raised + 1;
            perform gate.record(@'alert_raised', program, company => found_one.company_id, subject => found_one.account_id,
                                facts => jsonb_build_object('alert_kind', rule.kind, 'threshold', rule.threshold, 'measured', found_one.measured));
            -- Whom a rule finds does not own what it found: then every colleague is told.
            perform gate.put_mail('alert', reader.id)
            from portal.account as reader
            where case when rule.owner_id = found_one.account_id
                       then reader.role = 'compliance' and reader.status = 'active' and reader.id <> found_one.account_id else reader.id = rule.owner_id end
              and not exists (
                select from portal.mail where mail.kind = 'alert' and mail.account_id = reader.id and mail.written_at > now() - interval '1 hour');
        end loop;
        update portal.alert_rule set looked_until = now() where alert_rule.id = rule.id;
    end loop;
    return raised;
end
$$;

create function gate.alert_rows(one uuid) returns setof gate.alert_row
language sql stable set search_path = pg_catalog, pg_temp as $$
    select alert.id, alert.kind, alert.threshold, alert.account_id, account.display_name, account.role, company.id, company.name, company.name_latin,
           alert.day, alert.noticed_at, alert.measured, alert.raised_at, alert.owner_id, keeper.display_name, alert.decision, alert.note, decider.display_name, alert.decided_at,
           (select count(*) from gate.live_session where live_session.account_id = alert.account_id)
    from portal.alert
    join portal.account on account.id = alert.account_id
    left join portal.company on company.id = coalesce(alert.company_id, account.company_id)
    left join portal.account as keeper on keeper.id = alert.owner_id
    left join portal.account as decider on decider.id = alert.decided_by
    where one is null or alert.id = one
    order by alert.decided_at is not null, alert.raised_at desc, alert.id
    limit 200
$$;

-- Those that wait for a decision first.
-- for: portal_web
create function gate.alerts() returns setof gate.alert_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.watcher(@'alerts_read');
begin
    if viewer.session_id is not null then
        return query select * from gate.alert_rows(null);
    end if;
end
$$;

create function gate.account_of_alert(id uuid) returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$ select alert.account_id from portal.alert where alert.id = account_of_alert.id $$;

-- for: portal_web
create function gate.alert(id uuid) returns setof gate.alert_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.watcher(@'alerts_read', gate.account_of_alert(alert.id));
begin
    if viewer.session_id is not null and alert.id is not null then
        return query select * from gate.alert_rows(alert.id);
    end if;
end
$$;

-- Why this viewer may not change what an alert says, as a code; null when they may. What is decided stays so.
create function gate.refused_alert(viewer gate.viewer_row, alert portal.alert) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case
        when viewer.session_id is null then @'no_live_session'
        when viewer.role <> 'compliance' then @'not_for_this_role'
        when alert.id is null then @'no_such_record'
        when alert.decided_at is not null then @'nothing_to_change'
    end
$$;

create function gate.told_alert(refusal text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case refusal when @'own_act' then 'own' when @'nothing_to_change' then 'decided_before' when @'no_such_record' then 'not_there' end
$$;

-- Nobody takes an alert on their own account. Returns taken, decided_before, own or not_there; null when the viewer may not.
-- for: portal_web
create function gate.take_alert(id uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    alert portal.alert;
    refusal text;
begin
    if viewer.role = 'compliance' then
        select one.* into alert from portal.alert as one where one.id = take_alert.id for no key update;
    end if;
    refusal := case when viewer.account_id = alert.account_id then @'own_act' else gate.refused_alert(viewer, alert) end;
    perform gate.record(@'alert_taken', viewer, refusal, subject => alert.account_id);
    if refusal is null then
        update portal.alert as one set owner_id = viewer.account_id where one.id = take_alert.id;
    end if;
    return case when refusal is null then 'taken' else gate.told_alert(refusal) end;
end
$$;

-- Nobody decides about an alert on their own account. Returns decided, decided_before, own or not_there; null when the viewer may not.
-- An entry that says a decision is of one that counts.
-- for: portal_web
create function gate.decide_alert(id uuid, decision text, note text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    alert portal.alert;
    refusal text;
begin
    if viewer.role = 'compliance' then
        select one.* into alert from portal.alert as one where one.id = decide_alert.id for no key update;
    end if;
    refusal := case when viewer.account_id = alert.account_id then @'own_act' else gate.refused_alert(viewer, alert) end;
    perform gate.record(@'alert_decided', viewer, refusal, subject => alert.account_id,
                        facts => case when refusal is null then jsonb_build_object('alert_decision', decide_alert.decision) end);
    if refusal is null then
        update portal.alert as one
        set decision = decide_alert.decision, note = decide_alert.note, decided_by = viewer.account_id, decided_at = now(),
            owner_id = coalesce(one.owner_id, viewer.account_id)
        where one.id = decide_alert.id;
    end if;
    return case when refusal is null then 'decided' else gate.told_alert(refusal) end;
end
$$;

-- Ends every sign-in of the account that an alert is about; how many were live.
-- for: portal_web
create function gate.end_sign_ins_of_alert(id uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    whose uuid := gate.account_of_alert(end_sign_ins_of_alert.id);
    viewer gate.viewer_row := gate.viewer();
    ended integer;
begin
    if viewer.session_id is null or viewer.role <> 'compliance' or whose is null then
        perform gate.record(@'account_signed_out', viewer, case when viewer.session_id is null then @'no_live_session'
                            when viewer.role <> 'compliance' then @'not_for_this_role' else @'no_such_record' end);
        return null;
    end if;
    ended := gate.revoke(whose);
    perform gate.record(@'account_signed_out', viewer, company => (select account.company_id from portal.account where account.id = whose), subject => whose,
                        facts => jsonb_build_object('ended', ended));
    return ended;
end
$$;
