grant insert, delete on accesslog.unsigned_act to portal_gate;

-- What is asked without a live sign-in is refused, whoever asks, and anybody who can run SQL can ask thousands of times a
-- second; so can whoever tries again without waiting. Each is a row in the transaction of its refusal; the worker makes one
-- entry of those of an act and a reason, with their number.

create function gate.count_unsigned(act text, number integer, reason text default @'no_live_session') returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into accesslog.unsigned_act (action, number, reason) values (act, count_unsigned.number, count_unsigned.reason)
$$;

-- for: portal_worker
create function gate.enter_unsigned() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    program gate.viewer_row;
    counted record;
    entered integer := 0;
begin
    program.role := 'operator_program';
    for counted in
        with taken as (delete from accesslog.unsigned_act returning action, reason, number)
        select action, reason, sum(number) as refused from taken group by action, reason order by action, reason
    loop
        perform gate.record(@'refused_without_sign_in', program, counted.reason,
                            facts => jsonb_build_object('act', counted.action, 'refused', counted.refused));
        entered := entered + 1;
    end loop;
    return entered;
end
$$;
