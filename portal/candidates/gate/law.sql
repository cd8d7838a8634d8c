grant insert on personal.law_change to portal_gate;

-- A person's law: a file may tighten it, and nothing but gate.loosen_law loosens it. What was closed until then opens by a
-- consent given afterwards: to older statements the stricter law goes on to apply, and none counts from before a lifting.
-- "least_regime" is the strictest law that the record demanded since it was last loosened (place.sql): no looser one stands.

create function gate.keep_law() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    what text[] := array_remove(array[
        case when gate.strictness(new.regime) < gate.strictness(old.regime)
                  and not (new.regime is null and gate.lives_nowhere(new.id) and gate.strictness(new.least_regime) >= gate.strictness(old.regime))
              or gate.strictness(new.least_regime) < gate.strictness(old.least_regime) then 'regime' end,
        case when old.restricted_at is not null and (new.restricted_at is null or new.restricted_at > old.restricted_at) then 'restriction' end,
        case when old.objected_at is not null and (new.objected_at is null or new.objected_at > old.objected_at) then 'objection' end], null);
begin
    if old.erased_at is null and new.erased_at <= now() and num_nonnulls(new.regime, new.least_regime) = 0 then
        return new;  -- nothing of an erased person opens, and no law of theirs is kept
    end if;
    if old.erased_at is not null and (new.erased_at is null or new.erased_at > old.erased_at)
        or exists (select from unnest(what) as loosened where not exists (
            select from personal.law_change as change
            where change.candidate_id = new.id and change.what = loosened and change.transaction = pg_current_xact_id()))
    then
        raise exception 'a person''s law is loosened by portal candidate loosen alone' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if new.regime is distinct from old.regime and (
        gate.strictness(new.regime) between 0 and gate.strictness(new.least_regime) - 1
        or gate.strictness(new.regime) between 0 and 1 and gate.lives_nowhere(new.id)) then
        raise exception 'a person''s law admits no more than their address does' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if 'regime' = any (what) then
        new.loosened_at := now();
        new.former_regime := (select code from portal.regime where code in (old.regime, old.least_regime, old.former_regime) order by strictness desc limit 1);
    end if;
    if what && '{restriction,objection}' then
        new.lifted_at := now();
    end if;
    return new;
end
$$;
create trigger law before update of regime, least_regime, restricted_at, objected_at, erased_at on personal.candidate
for each row execute function gate.keep_law();

-- for: portal_owner
create function gate.person_of(number text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select id from personal.candidate where reference = number $$;

-- Whoever of compliance answers for it, while they may: the one who is signed in, or whom a program names.
create function gate.officer(viewer gate.viewer_row, named text) returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select account.id from portal.account
    where account.role = 'compliance' and account.status = 'active'
      and case when viewer.role = 'operator_program' then lower(account.email) = lower(named) else account.id = viewer.account_id end
$$;

-- Loosens one thing of a person's law, with a reason and where its proof is kept: by whoever of compliance is signed in, or by a program
-- that names them. Answers what was in the way, or null when it is done. The reason and the proof are kept beside the person; the entry
-- names neither. No law is loosened beyond what the address demands: that is corrected first.
-- for: portal_web, portal_owner
create function gate.loosen_law(person uuid, loosened text, law text, why text, proof text, officer text default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    account uuid := gate.officer(viewer, officer);
    found personal.candidate;
    former text;
    refusal text;
begin
    if account is not null then
        select * into found from personal.candidate where candidate.id = person for no key update;
        viewer := gate.viewer_or_program();  -- who waited for the row may have been suspended
        account := gate.officer(viewer, officer);
    end if;
    former := case loosened when 'regime' then (select code from portal.regime where code in (found.regime, found.least_regime) order by strictness desc limit 1)
                            when 'restriction' then found.restricted_at::text else found.objected_at::text end;
    refusal := case
        when viewer.role is distinct from 'operator_program' and viewer.session_id is null then @'no_live_session'
        when account is null then @'not_for_this_role'
        when found.id is null or found.erased_at is not null then @'no_such_record'
        when gate.is_blank(why, proof) then @'unproved'
        when former is null or loosened = 'regime' and (law is null or gate.strictness(law) not between 0 and gate.strictness(former) - 1)
            then @'nothing_to_change'
        when loosened = 'regime' and (gate.lives_nowhere(found.id) or gate.strictness(law) < gate.strictness(
            (select gate.law_of_place(items.address) from personal.candidate_items as items where items.candidate_id = found.id))) then @'law_of_address'
    end;
    if refusal is not null then
        perform gate.record(@'law_loosened', viewer, refusal, candidate => (select candidate.id from personal.candidate where candidate.id = person));
        return refusal;
    end if;
    insert into personal.law_change (candidate_id, what, former, now_is, reason, evidence, changed_by)
    values (found.id, loosened, former, law, why, proof, account);
    update personal.candidate set
        regime = case loosened when 'regime' then law else candidate.regime end,
        least_regime = case loosened when 'regime' then nullif(law, 'general') else candidate.least_regime end,
        restricted_at = case loosened when 'restriction' then null else candidate.restricted_at end,
        objected_at = case loosened when 'objection' then null else candidate.objected_at end,
        updated_at = now()
    where candidate.id = found.id;
    perform gate.record(@'law_loosened', viewer, candidate => found.id, facts => jsonb_build_object('loosened', loosened, 'officer', account));
    perform gate.put_mail_to_person('statement_recorded', found.id);
    return null;
end
$$;
