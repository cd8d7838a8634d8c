-- Whoever was there first stayed under the looser law when another number came with the same e-mail address or telephone number. They are held
-- by the stricter law of the two, whoever was first, except where compliance loosened the law when both were there. A law that becomes stricter
-- can be that of a third, so it goes on until nothing changes.
do $$
begin
    loop
        with strict as (
            select candidate.id, candidate.created_at, candidate.loosened_at, regime.code, regime.strictness
            from personal.candidate join lateral (
                select code, strictness from portal.regime where code in (candidate.regime, candidate.least_regime) order by strictness desc limit 1) as regime on true
            where candidate.erased_at is null
        ), pairs as (
            select one.candidate_id as held, other.candidate_id as by
            from personal.candidate_items as one join personal.candidate_items as other on lower(other.email) = lower(one.email)
            union
            select one.candidate_id, other.candidate_id
            from personal.candidate_items as one join personal.candidate_items as other on split_part(other.telephone, ';', 1) = split_part(one.telephone, ';', 1)
        ), demanded as (
            select distinct on (pairs.held) pairs.held, stricter.code
            from pairs join strict as stricter on stricter.id = pairs.by
            join personal.candidate on candidate.id = pairs.held and candidate.erased_at is null
            left join strict as own on own.id = pairs.held
            where pairs.held <> pairs.by and stricter.strictness > greatest(coalesce(own.strictness, 0), 0)
              and (candidate.loosened_at > stricter.created_at) is not true
            order by pairs.held, stricter.strictness desc
        )
        update personal.candidate
        set least_regime = demanded.code, regime = case when candidate.regime is not null then demanded.code end
        from demanded where demanded.held = candidate.id;
        exit when not found;
    end loop;
end
$$;

-- Under each number with the same e-mail address a restriction and an objection hold, but where compliance lifted one.
update personal.candidate set
    restricted_at = case when candidate.restricted_at is null and same.restricted then now() else candidate.restricted_at end,
    objected_at = case when candidate.objected_at is null and same.objected then now() else candidate.objected_at end
from (select own.candidate_id, bool_or(other.restricted_at is not null) as restricted, bool_or(other.objected_at is not null) as objected
      from personal.candidate_items as own join personal.candidate_items as others on lower(others.email) = lower(own.email)
      join personal.candidate as other on other.id = others.candidate_id and other.id <> own.candidate_id and other.erased_at is null
      group by own.candidate_id) as same
where same.candidate_id = candidate.id and candidate.erased_at is null and candidate.lifted_at is null
  and (candidate.restricted_at is null and same.restricted or candidate.objected_at is null and same.objected);

-- A telephone number is the same with another extension.
create index on personal.candidate_items using hash (split_part(telephone, ';', 1));
drop index personal.candidate_items_telephone_idx;

-- A person who was erased under a number does not come back by a file under it. Whose number was erased before this is not known any more.
alter table personal.candidate add column former_digest bytea;
create index on personal.candidate (erased_at) where erased_at is not null;

-- Of an erased person no law is kept, as the inventory says.
update personal.candidate set regime = null, least_regime = null, former_regime = null, loosened_at = null, lifted_at = null, restricted_at = null, objected_at = null
where erased_at is not null;
