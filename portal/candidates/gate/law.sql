-- A person's law: a file may tighten it, and nothing but gate.loosen_law loosens it. What was closed until then opens by a
-- consent given afterwards: to older statements the stricter law goes on to apply, and none counts from before a lifting.

create function gate.keep_law() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    what text[] := array_remove(array[
        case when old.regime is distinct from new.regime and old.regime is not null
              and coalesce((select strictness from portal.regime where code = new.regime), -1)
                  < (select strictness from portal.regime where code = old.regime) then 'regime' end,
        case when old.restricted_at is not null and (new.restricted_at is null or new.restricted_at > old.restricted_at) then 'restriction' end,
        case when old.objected_at is not null and (new.objected_at is null or new.objected_at > old.objected_at) then 'objection' end], null);
begin
    if old.erased_at is not null and (new.erased_at is null or new.erased_at > old.erased_at)
        or exists (select from unnest(what) as loosened where not exists (
            select from personal.law_change as change
            where change.candidate_id = new.id and change.what = loosened and change.transaction = pg_current_xact_id()))
    then
        raise exception 'a person''s law is loosened by portal candidate loosen alone' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if 'regime' = any (what) then
        new.loosened_at := now();
        new.former_regime := (select code from portal.regime where code in (old.regime, old.former_regime) order by strictness desc limit 1);
    end if;
    if what && '{restriction,objection}' then
        new.lifted_at := now();
    end if;
    return new;
end
$$;
create trigger law before update of regime, restricted_at, objected_at, erased_at on personal.candidate
for each row execute function gate.keep_law();

-- Loosens one thing of a person's law, by somebody of compliance, with a reason and where its proof is kept. Answers what was in
-- the way, or null when it is done. The reason and the proof are kept beside the person; the entry names neither.
-- for: portal_owner
create function gate.loosen_law(person text, loosened text, law text, why text, proof text, officer text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found personal.candidate;
    account uuid := (select account.id from portal.account
                     where lower(account.email) = lower(officer) and account.role = 'compliance' and account.status = 'active');
    former text;
begin
    select * into found from personal.candidate where candidate.reference = person for update;
    former := case loosened when 'regime' then found.regime when 'restriction' then found.restricted_at::text else found.objected_at::text end;
    if found.id is null or found.erased_at is not null then
        return 'no_such_person';
    elsif account is null then
        return 'not_compliance';
    elsif former is null or loosened = 'regime' and coalesce((select strictness from portal.regime where code = law), 9)
                                                    >= (select strictness from portal.regime where code = former) then
        return 'nothing_to_loosen';
    end if;
    insert into personal.law_change (candidate_id, what, former, now_is, reason, evidence, changed_by)
    values (found.id, loosened, former, law, why, proof, account);
    update personal.candidate set
        regime = case loosened when 'regime' then law else candidate.regime end,
        restricted_at = case loosened when 'restriction' then null else candidate.restricted_at end,
        objected_at = case loosened when 'objection' then null else candidate.objected_at end,
        updated_at = now()
    where candidate.id = found.id;
    perform gate.record_import(@'law_loosened', found.id, null, null, jsonb_build_object('loosened', loosened, 'officer', account));
    return null;
end
$$;
