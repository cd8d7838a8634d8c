-- What the record of a person demands of their law: by where they live, and by what stands of them under another number. A nationality, a language
-- and a telephone's country do not say where somebody is, so they are not asked (S30).

-- How little a law admits; -1 for none.
create function gate.strictness(law text) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce((select strictness from portal.regime where code = law), -1)
$$;

-- The country of an address by its two letters, in whatever width and case they were written; null when it says none that can be read.
create function gate.country_lived_in(place jsonb) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select substring(upper(normalize(place ->> 'country', nfkc)) from '^\s*([A-Z]{2})\s*$')
$$;

-- The law of the address alone; null when it demands none. The EEA with what of it has a country code of its own; California by its name or its
-- postal codes, and an address in the United States that names neither state nor code may be there.
create function gate.law_of_place(place jsonb) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select case
        when gate.country_lived_in(place) = any ('{AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE,IS,LI,NO,AX,GF,GP,MF,MQ,RE,YT}')
            then 'eea'
        when gate.country_lived_in(place) = 'US'
            and (normalize(place ->> 'region', nfkc) ~* '(^|[^a-z])(ca|calif|california)([^a-z]|$)|カリフォルニア|加州|加利福尼'
                 or normalize(concat_ws(' ', place ->> 'city', place ->> 'line'), nfkc) ~ '(^|[ ,])(CA|California|カリフォルニア)([ ,.]|$)'
                 or normalize(place ->> 'postal_code', nfkc) ~ '^9(0[0-9]|[1-5][0-9]|6[01])'
                 or btrim(concat(place ->> 'region', place ->> 'postal_code')) = '')
            then 'california'
    end
$$;

-- The stricter of two laws.
create function gate.stricter(one text, other text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when gate.strictness(other) > gate.strictness(one) then other else one end
$$;

-- The records of others with this e-mail address or telephone number, whatever its extension, each with the law that it is held by: a new number
-- does not make a new person.
-- for: portal_owner
create function gate.same_records(person uuid, mail text, phone text) returns table (id uuid, reference text, law text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select other.id, other.reference, gate.stricter(other.regime, other.least_regime)
    from (select items.candidate_id from personal.candidate_items as items where lower(items.email) = lower(mail)
          union
          select items.candidate_id from personal.candidate_items as items where split_part(items.telephone, ';', 1) = split_part(phone, ';', 1)) as same
    join personal.candidate as other on other.id = same.candidate_id
    where other.id is distinct from person and other.erased_at is null
$$;

-- The strictest law that an address demands, or the record of somebody else with this e-mail address or telephone number, whose reference "because"
-- is then. No row: nothing is demanded.
-- for: portal_owner
create function gate.law_demanded(person uuid, place jsonb, mail text, phone text) returns table (law text, because text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select demanded.law, demanded.because
    from (
        select gate.law_of_place(place), null
        union all
        select same.law, same.reference from gate.same_records(person, mail, phone) as same
    ) as demanded(law, because)
    where gate.strictness(demanded.law) > 0
    order by gate.strictness(demanded.law) desc, demanded.because nulls first limit 1
$$;

-- Whether the record of a person names no country where they live, or none that can be read.
create function gate.lives_nowhere(person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from personal.candidate_items as items
                   where items.candidate_id = person and gate.country_lived_in(items.address) is null)
$$;

-- Whose record has this e-mail address or telephone number as well, under a looser law: this one holds them from now on, and the log says so.
-- So it does not matter which of two numbers was there first. Compliance loosens it for one of them on the record (law.sql).
create function gate.hold_same_by_law(person uuid, strict text, mail text, phone text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    held uuid;
begin
    for held in select same.id from gate.same_records(person, mail, phone) as same
                where gate.strictness(strict) > 0 and gate.strictness(same.law) < gate.strictness(strict) order by same.id loop
        update personal.candidate set least_regime = strict, regime = case when candidate.regime is not null then strict end where candidate.id = held;
        perform gate.record(@'law_tightened', gate.viewer_or_program(), candidate => held, facts => jsonb_build_object('tightened', strict));
    end loop;
end
$$;

-- Whoever's law becomes a stricter one: it holds whoever is recorded with the same e-mail address or telephone number.
create function gate.hold_same() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform gate.hold_same_by_law(new.id, gate.stricter(new.regime, new.least_regime), items.email, items.telephone)
    from personal.candidate_items as items
    where items.candidate_id = new.id
      and gate.strictness(gate.stricter(new.regime, new.least_regime)) > gate.strictness(gate.stricter(old.regime, old.least_regime));
    return null;
end
$$;
create trigger law_of_same after update of regime, least_regime on personal.candidate for each row execute function gate.hold_same();

-- Whoever writes an address, an e-mail address or a telephone number: the law becomes no looser than they demand. One that was not said stays
-- unknown. Of somebody who lives nowhere, or does no longer say where, no looser law is believed than the strictest.
create function gate.keep_law_of_place() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    demanded text := (select found.law from gate.law_demanded(
        new.candidate_id, new.address,
        case when tg_op = 'INSERT' or new.email is distinct from old.email then new.email end,
        case when tg_op = 'INSERT' or new.telephone is distinct from old.telephone then new.telephone end) as found);
begin
    update personal.candidate set
        least_regime = case when gate.strictness(demanded) > gate.strictness(candidate.least_regime) then demanded else candidate.least_regime end,
        regime = case when candidate.regime is not null and gate.strictness(demanded) > gate.strictness(candidate.regime) then demanded else candidate.regime end
    where candidate.id = new.candidate_id
      and gate.strictness(demanded) > least(gate.strictness(candidate.least_regime), case when candidate.regime is not null then gate.strictness(candidate.regime) else 9 end);
    if gate.country_lived_in(new.address) is null and (tg_op = 'INSERT' or gate.country_lived_in(old.address) is not null) then
        update personal.candidate set regime = null,
            least_regime = case when gate.strictness(candidate.regime) > gate.strictness(candidate.least_regime) then candidate.regime else candidate.least_regime end
        where candidate.id = new.candidate_id and candidate.regime in ('general', 'california');
    end if;
    perform gate.hold_same_by_law(new.candidate_id, gate.stricter(candidate.regime, candidate.least_regime),
        case when tg_op = 'INSERT' or new.email is distinct from old.email then new.email end,
        case when tg_op = 'INSERT' or new.telephone is distinct from old.telephone then new.telephone end)
    from personal.candidate where candidate.id = new.candidate_id;
    return null;
end
$$;
create trigger law_of_place after insert or update of address, email, telephone on personal.candidate_items
for each row execute function gate.keep_law_of_place();

-- Whose law is not known, though the record demands one or names no place: nothing of theirs opens. For `portal doctor`.
-- for: portal_owner
create function gate.unknown_laws() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select candidate.reference from personal.candidate
    where candidate.regime is null and candidate.erased_at is null
      and (candidate.least_regime is not null or gate.lives_nowhere(candidate.id))
    order by candidate.reference
$$;

-- Who is held by a law because the record of somebody else has the same e-mail address or telephone number, and whose. For `portal doctor`.
-- for: portal_owner
create function gate.laws_of_same() returns table (reference text, because text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select candidate.reference, min(same.reference)
    from personal.candidate join personal.candidate_items as items on items.candidate_id = candidate.id
    cross join lateral gate.same_records(candidate.id, items.email, items.telephone) as same
    where candidate.erased_at is null and gate.strictness(candidate.least_regime) > coalesce(gate.strictness(gate.law_of_place(items.address)), -1)
      and gate.strictness(same.law) >= gate.strictness(candidate.least_regime)
    group by candidate.reference order by candidate.reference
$$;
