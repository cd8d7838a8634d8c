-- Signing in and out, and one's own sessions and password. A password is proved to the database, never compared outside it:
-- the web process derives an argon2id proof with the salt it is given, and the database keeps only that proof's digest.

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

create function gate.sign_in(email text, proof bytea, secret_hash bytea, request text)
returns table (result text, account_id uuid, retry_after integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    digest bytea := sha256(convert_to(lower(btrim(sign_in.email)), 'UTF8'));
    address inet := (nullif(sign_in.request, '')::jsonb ->> 'ip')::inet;
    origin inet := gate.origin(address);
    browser text := left(nullif(sign_in.request, '')::jsonb ->> 'agent', 300);
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
        perform gate.record('sign_in', viewer, @too_many_tries);
        return query select 'throttled', null::uuid, wait;
        return;
    end if;
    select account.* into found from portal.account where lower(account.email) = lower(btrim(sign_in.email))
    for no key update;  -- a change of password waits, or is waited for
    correct := exists (select from portal.credential
                       where credential.account_id = found.id and credential.proof_hash = sha256(sign_in.proof));
    if not correct or found.status <> 'active' then
        insert into portal.sign_in_failure (email_hash, ip) values (digest, origin);
        perform gate.record('sign_in', viewer, case when correct then @account_not_active else @password_wrong end, subject => found.id);
        return query select 'refused', null::uuid, 0;
        return;
    end if;
    delete from portal.sign_in_failure where email_hash = digest and ip is not distinct from origin;
    insert into portal.session (account_id, secret_hash, expires_at, ip, agent, confined)
    select found.id, sign_in.secret_hash, now() + session_policy.absolute_limit, address, browser, credential.told
    from portal.session_policy join portal.credential on credential.account_id = found.id
    returning id into viewer.session_id;
    update portal.account set last_signed_in_at = now() where id = found.id;
    viewer.account_id := found.id;
    viewer.role := found.role;
    viewer.company_id := found.company_id;
    perform gate.record('sign_in', viewer, subject => found.id);
    return query select 'signed_in', found.id, 0;
end
$$;

create function gate.sign_out(everywhere boolean) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer(confined_too => true);
    ended integer;
begin
    if viewer.session_id is null then
        return 0;
    end if;
    update portal.session set ended_at = now()
    where ended_at is null and (id = viewer.session_id or (everywhere and account_id = viewer.account_id));
    get diagnostics ended = row_count;
    perform gate.record('sign_out', viewer, subject => viewer.account_id);
    return ended;
end
$$;

create function gate.my_sessions()
returns table (id uuid, started_at timestamptz, last_seen_at timestamptz, ip text, agent text, current boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select session.id, session.started_at, session.last_seen_at, host(session.ip), session.agent, session.id = viewer.session_id
    from gate.viewer() as viewer
    join portal.session on session.account_id = viewer.account_id
    cross join portal.session_policy
    where session.ended_at is null and session.expires_at > now() and session.last_seen_at + session_policy.idle_limit > now()
    order by session.last_seen_at desc
$$;

create function gate.end_session(id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    ended boolean;
begin
    update portal.session set ended_at = now()
    where session.id = end_session.id and account_id = viewer.account_id and ended_at is null;
    ended := found;
    if ended then
        perform gate.record('sign_out', viewer, subject => viewer.account_id);
    end if;
    return ended;
end
$$;

create function gate.change_password(old_proof bytea, new_salt bytea, new_proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer)
returns table (result text, retry_after integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer(confined_too => true);
    digest bytea;
    wait integer;
    changed boolean;
begin
    -- A sign-in with the old one waits; and guesses at the current one are counted with those at the door.
    select sha256(convert_to(lower(account.email), 'UTF8')) into digest
    from portal.account where account.id = viewer.account_id for no key update;
    wait := gate.sign_in_wait(digest, gate.origin(viewer.ip));
    if wait > 0 then
        perform gate.record('password_changed', viewer, case when viewer.session_id is null then @no_live_session else @too_many_tries end,
                            subject => viewer.account_id);
        return query select 'throttled', wait;
        return;
    end if;
    update portal.credential
    set salt = new_salt, proof_hash = new_proof_hash, changed_at = now(), told = false,
        time_cost = change_password.time_cost, memory_kib = change_password.memory_kib, parallelism = change_password.parallelism
    where account_id = viewer.account_id and proof_hash = sha256(old_proof);
    changed := found;
    perform gate.record('password_changed', viewer,
                        case when changed then 0 when viewer.session_id is null then @no_live_session else @password_wrong end,
                        subject => viewer.account_id);
    if changed then
        update portal.session set ended_at = now() where account_id = viewer.account_id and session.id <> viewer.session_id and ended_at is null;
        update portal.session set confined = false where session.id = viewer.session_id and confined;
    elsif digest is not null then
        insert into portal.sign_in_failure (email_hash, ip) values (digest, gate.origin(viewer.ip));
    end if;
    return query select case when changed then 'changed' else 'wrong' end, 0;
end
$$;

-- The worker's: sessions past their time get their end written down. Nothing waits for it; gate.viewer checks by itself.
create function gate.end_expired_sessions() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    ended integer;
begin
    update portal.session set ended_at = now()
    from portal.session_policy
    where ended_at is null and (expires_at <= now() or last_seen_at + idle_limit <= now());
    get diagnostics ended = row_count;
    delete from portal.sign_in_failure where failed_at < now() - interval '1 day';
    return ended;
end
$$;
