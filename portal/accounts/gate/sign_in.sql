-- Signing in and out, and one's own sessions and password. A password is proved to the database, never compared outside it:
-- the web process derives an argon2id proof with the salt it is given, and the database keeps only that proof's digest.

-- for: portal_web
create function gate.sign_in_parameters(email text)
returns table (salt bytea, time_cost integer, memory_kib integer, parallelism integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select credential.salt, credential.time_cost, credential.memory_kib, credential.parallelism
    from portal.account join gate.live_credential as credential on credential.account_id = account.id
    where lower(account.email) = lower(btrim(sign_in_parameters.email))
    union all
    select substr(sha256(decoy.secret || convert_to(lower(btrim(sign_in_parameters.email)), 'UTF8')), 1, 16),
           coalesce(usual.time_cost, 2), coalesce(usual.memory_kib, 19456), coalesce(usual.parallelism, 1)
    from portal.decoy left join lateral (
        select credential.time_cost, credential.memory_kib, credential.parallelism from portal.credential order by changed_at desc limit 1
    ) as usual on true
    limit 1
$$;

-- Where somebody tries from, as the throttle counts it: whoever has an IPv6 address has the other 2^64 of its network too.
create function gate.origin(address inet) returns inet
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case when family(address) = 6 and not address <<= '::ffff:0:0/96' then network(set_masklen(address, 64))::inet else address end
$$;

-- How long the last of so many failures keeps the next try waiting: not at all up to `free`, then twice as long with each.
create function gate.delay(failures bigint, free integer, last_at timestamptz, most interval) returns interval
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when failures >= free then greatest(last_at + least(interval '10 seconds' * 2 ^ least(failures - free, 20), most) - now(), interval '0')
           else interval '0' end
$$;

-- Seconds to wait before the next try. After five failures within a quarter of an hour for one origin and name the delays
-- grow to ten minutes; after twenty for one name, or a hundred from one origin, to one minute, so that nobody can shut a person
-- or an office out.
create function gate.sign_in_wait(email_digest bytea, origin inet) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select ceil(extract(epoch from greatest(
        gate.delay(here.failures, 5, here.last_at, interval '10 minutes'), gate.delay(anywhere.failures, 20, anywhere.last_at, interval '1 minute'),
        gate.delay(any_name.failures, 100, any_name.last_at, interval '1 minute'))))::integer
    from (select count(*) as failures, max(failed_at) as last_at from portal.sign_in_failure
          where email_hash = email_digest and ip is not distinct from origin and failed_at > now() - interval '15 minutes') as here,
         (select count(*) as failures, max(failed_at) as last_at from portal.sign_in_failure
          where email_hash = email_digest and failed_at > now() - interval '15 minutes') as anywhere,
         (select count(*) as failures, max(failed_at) as last_at from portal.sign_in_failure
          where ip = origin and failed_at > now() - interval '15 minutes') as any_name
$$;

-- What a browser in which this person has signed in with the present password can show. It opens nothing: its failures are
-- counted by themselves, so that strangers' guesses do not keep the person waiting.
create function gate.known_of(email_digest bytea) returns bytea
language sql stable set search_path = pg_catalog, pg_temp as $$
    select sha256(decoy.secret || convert_to('known ' || account.id || ' ' || credential.changed_at, 'UTF8'))
    from portal.decoy, portal.account join gate.live_credential as credential on credential.account_id = account.id
    where sha256(convert_to(lower(account.email), 'UTF8')) = email_digest
$$;

-- By which name and origin a try is counted. An address that many share by a proxy that nobody listed is no origin.
create function gate.trier_of(email text, known bytea, request text) returns gate.trier
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when known = gate.known_of(said.digest) then row(sha256(known || said.digest), null)::gate.trier
           else row(said.digest, case when coalesce((said.note ->> 'shared')::boolean, false) then null
                                 else gate.origin((said.note ->> 'ip')::inet) end)::gate.trier end
    from (select sha256(convert_to(lower(btrim(email)), 'UTF8')) as digest, nullif(request, '')::jsonb as note) as said
$$;

-- Asked before a password is proved, because proving costs: seconds to wait. Tries that have to are counted.
-- for: portal_web
create function gate.sign_in_delay(email text, known bytea, request text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    trier gate.trier := gate.trier_of(email, known, request);
    wait integer := gate.sign_in_wait(trier.digest, trier.origin);
    nobody gate.viewer_row;
begin
    if wait > 0 then
        perform set_config('portal.request', request, true);
        perform gate.record(@'sign_in', nobody, @'too_many_tries');
    end if;
    return wait;
end
$$;

-- How many sign-ins of one account are live at a time; one more ends the one that began first.
-- for: portal_web
create function gate.most_sign_ins() returns integer
language sql immutable security definer set search_path = pg_catalog, pg_temp as $$ select 10 $$;

-- for: portal_web
create function gate.sign_in(email text, proof bytea, secret_hash bytea, request text, known bytea default null)
returns table (result text, account_id uuid, retry_after integer, known_as bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    trier gate.trier := gate.trier_of(sign_in.email, sign_in.known, sign_in.request);
    digest bytea := trier.digest;
    address inet := (nullif(sign_in.request, '')::jsonb ->> 'ip')::inet;
    origin inet := trier.origin;
    browser text := left(nullif(sign_in.request, '')::jsonb ->> 'agent', 300);
    temporary boolean;
    found portal.account;
    correct boolean;
    wait integer;
    viewer gate.viewer_row;
begin
    perform set_config('portal.request', sign_in.request, true);
    if not gate.at_once() then
        raise exception 'gate.sign_in needs a new transaction at read committed' using errcode = 'invalid_transaction_state';
    end if;
    -- So that parallel guesses are counted one by one; by a number that nobody outside can work out, and hold.
    perform pg_advisory_xact_lock(hashtextextended(encode(sha256(decoy.secret || digest), 'hex'), 1)) from portal.decoy;
    wait := gate.sign_in_wait(digest, origin);
    if wait > 0 then
        perform gate.record(@'sign_in', viewer, @'too_many_tries');
        return query select 'throttled', null::uuid, wait, null::bytea;
        return;
    end if;
    select account.* into found from portal.account where lower(account.email) = lower(btrim(sign_in.email));
    perform from portal.credential where credential.account_id = found.id for no key update;  -- a change of password waits, or is waited for
    correct := exists (select from portal.credential
                       where credential.account_id = found.id and credential.holder = found.holder
                         and credential.proof_hash = sha256(sign_in.proof));
    if not correct or found.status <> 'active' or gate.is_halted(found.id) then
        insert into portal.sign_in_failure (email_hash, ip) values (digest, origin);
        perform gate.record(@'sign_in', viewer, case when correct then @'account_not_active' else @'password_wrong' end, subject => found.id);
        return query select 'refused', null::uuid, 0, null::bytea;
        return;
    end if;
    delete from portal.sign_in_failure where email_hash = digest and ip is not distinct from origin;
    insert into portal.session (account_id, secret_hash, expires_at, ip, agent, must_change_password, capacity)
    select found.id, sign_in.secret_hash, now() + session_policy.absolute_limit, address, browser, credential.temporary, found.capacity
    from portal.session_policy join portal.credential on credential.account_id = found.id
    returning session.id, session.must_change_password into viewer.session_id, temporary;
    viewer.account_id := found.id;
    viewer.role := found.role;
    viewer.company_id := found.company_id;
    perform gate.record(@'sign_in', viewer, subject => found.id, facts => jsonb_build_object('temporary_password', nullif(temporary, false)));
    perform gate.revoke(found.id, oldest.id) from (
        select live.id from gate.live_session as live where live.account_id = found.id order by live.started_at desc offset gate.most_sign_ins()
    ) as oldest;
    return query select 'signed_in', found.id, 0, gate.known_of(sha256(convert_to(lower(found.email), 'UTF8')));
end
$$;
