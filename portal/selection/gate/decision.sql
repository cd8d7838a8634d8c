-- What stands of the outcomes of an introduction. A decision is its first record and what corrects it, all of one "turn"; one that was
-- undone (personal.outcome_undone) stands no more, and stays.

-- An introduction holds when its newest decision was first recorded, and when that was undone, whoever writes, moves or erases either:
-- the rule reads them there alone.
create function gate.keep_decision() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    update personal.introduction set (decided_at, undone_at) = (
        select first.recorded_at, undone.undone_at
        from (select 1) as once
        left join lateral (select recorded.turn, recorded.recorded_at from personal.outcome as recorded
                           where recorded.introduction_id = introduction.id and recorded.corrects is null order by recorded.turn desc limit 1) as first on true
        left join personal.outcome_undone as undone on undone.introduction_id = introduction.id and undone.turn = first.turn)
    where introduction.id in (old.introduction_id, new.introduction_id);
    return null;
end
$$;
create trigger decision after insert or update or delete on personal.outcome for each row execute function gate.keep_decision();
create trigger decision after insert or update or delete on personal.outcome_undone for each row execute function gate.keep_decision();

-- The outcome that stands, as it was corrected last; none when there is none, or it was undone. It has no settings of its own, so that a
-- statement which asks it for hundreds takes it in.
create function gate.outcome_of(introduction uuid) returns setof personal.outcome
language sql stable as $$
    select recorded.* from personal.outcome as recorded
    where recorded.introduction_id = outcome_of.introduction
      and not exists (select from personal.outcome_undone as undone where undone.introduction_id = recorded.introduction_id and undone.turn = recorded.turn)
    order by recorded.turn desc, recorded.recorded_at desc, recorded.corrects nulls last limit 1
$$;
