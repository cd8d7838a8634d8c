-- Signing in and out, and one's own sessions and password. A password is proved to the database, never compared outside it:
-- the web process derives an argon2id proof with the salt it is given, and the database keeps only that proof's digest.

-- for: portal_web
create function gate.sign_in_parameters(email text)
returns table (salt bytea, time_cost integer, memory_kib integer, parallelism integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select credential.salt, credential.time_cost, credential.memory_kib, credential.parallelism
    from portal.account join portal.credential on credential.account_id = account.id
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

-- Seconds to wait before the next try: after five failures for one origin and name, twenty for one name or a
-- hundred from one origin within a quarter of an hour, until the oldest of them has aged.
create function gate.sign_in_wait(email_digest bytea, origin inet) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(ceil(extract(epoch from max(until - now()))), 0)::integer
    from (
        (select failed_at + interval '15 minutes' as until from portal.sign_in_failure
         where email_hash = email_digest and ip is not distinct from origin and failed_at > now() - interval '15 minutes'
         order by failed_at desc offset 4 limit 1)
        union all
        (select failed_at + interval '15 minutes' from portal.sign_in_failure
         where email_hash = email_digest and failed_at > now() - interval '15 minutes' order by failed_at desc offset 19 limit 1)
        union all
        (select failed_at + interval '15 minutes' from portal.sign_in_failure
         where ip = origin and failed_at > now() - interval '15 minutes' order by failed_at desc offset 99 limit 1)
    ) as limits
$$;

-- for: portal_web
create function gate.sign_in(email text, proof bytea, secret_hash bytea, request text)
returns table (result text, account_id uuid, retry_after integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    digest bytea := sha256(convert_to(lower(btrim(sign_in.email)), 'UTF8'));
    address inet := (nullif(sign_in.request, '')::jsonb ->> 'ip')::inet;
    origin inet := gate.origin(address);
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
        return query select 'throttled', null::uuid, wait;
        return;
    end if;
    select account.* into found from portal.account where lower(account.email) = lower(btrim(sign_in.email));
    perform from portal.credential where credential.account_id = found.id for no key update;  -- a change of password waits, or is waited for
    correct := exists (select from portal.credential
                       where credential.account_id = found.id and credential.proof_hash = sha256(sign_in.proof));
    if not correct or found.status <> 'active' then
        insert into portal.sign_in_failure (email_hash, ip) values (digest, origin);
        perform gate.record(@'sign_in', viewer, case when correct then @'account_not_active' else @'password_wrong' end, subject => found.id);
        return query select 'refused', null::uuid, 0;
        return;
    end if;
    delete from portal.sign_in_failure where email_hash = digest and ip is not distinct from origin;
    insert into portal.session (account_id, secret_hash, expires_at, ip, agent, must_change_password)
    select found.id, sign_in.secret_hash, now() + session_policy.absolute_limit, address, browser, credential.temporary
    from portal.session_policy join portal.credential on credential.account_id = found.id
    returning session.id, session.must_change_password into viewer.session_id, temporary;
    viewer.account_id := found.id;
    viewer.role := found.role;
    viewer.company_id := found.company_id;
    perform gate.record(@'sign_in', viewer, subject => found.id, facts => jsonb_build_object('temporary_password', nullif(temporary, false)));
    return query select 'signed_in', found.id, 0;
end
$$;
