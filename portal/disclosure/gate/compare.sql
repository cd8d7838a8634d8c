-- Candidates of one position side by side: judged together, an entry for each, and of each what is open and wanted, in one statement. Which
-- are closed to this viewer is in the log alone. Of several positions nothing is shown: the one row that comes back is empty, and what
-- was asked is recorded as refused.

-- for: portal_web
create function gate.compare(asked uuid[], wanted integer) returns setof gate.disclosed_row
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    viewer gate.viewer_row := gate.viewer();
    verdicts gate.judged_row[];
    openings integer;
    nothing gate.disclosed_row;
    one uuid;
begin
    asked := array(select distinct id from unnest(asked) as id where id is not null order by id);
    if cardinality(asked) not between 2 and 4 then
        raise exception 'gate.compare: two to four are compared' using errcode = 'invalid_parameter_value';
    end if;
    if viewer.session_id is null then
        perform gate.count_unsigned(@'compared', cardinality(asked));
        return;
    end if;
    select array_agg(row(listed.id, judge.candidate_id, judge.consent_id, judge.agreement_id, meant.purpose,
                         case meant.purpose when @selection then judge.selection_items else judge.contact_items end,
                         coalesce(case meant.purpose when @selection then judge.selection_reasons else judge.contact_reasons end,
                                  @no_such_record | gate.reasons_of(viewer)))::gate.judged_row order by judge.introduced_at desc, listed.id),
           count(distinct judge.opening_id) filter (where judge.selection_items | judge.contact_items <> 0)
    into verdicts, openings
    from unnest(asked) as listed(id)
    left join gate.judge(viewer, now()) as judge on judge.introduction_id = listed.id
    cross join lateral (
        select case when judge.selection_items <> 0 or (judge.decided_at is null and coalesce(judge.contact_items, 0) = 0)
                    then @selection else @contact end as purpose
    ) as meant;
    if openings > 1 then
        foreach one in array asked loop
            perform gate.record(@'compared', viewer, @'several_openings', introduction => one);
        end loop;
        return next nothing;
        return;
    end if;
    return query select * from gate.show(viewer, verdicts, @'compared', wanted);
    if found then
        perform gate.note_look(viewer, asked);
    end if;
end
$$;
