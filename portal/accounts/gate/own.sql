-- One's own sessions and password.

-- for: portal_web
create function gate.sign_out(everywhere boolean) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer(must_change_password_too => true);
    ended integer;
begin
    if viewer.session_id is null then
        return 0;
    end if;
    ended := gate.revoke(viewer.account_id, case when not everywhere then viewer.session_id end);
    perform gate.record(@'sign_out', viewer, subject => viewer.account_id,
                        facts => jsonb_build_object('everywhere', nullif(everywhere, false), 'ended', ended));
    return ended;
end
$$;

-- for: portal_web
create function gate.my_sessions()
returns table (id uuid, started_at timestamptz, last_seen_at timestamptz, ip text, agent text, current boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select session.id, session.started_at, session.last_seen_at, host(session.ip), session.agent, session.id = viewer.session_id
    from gate.viewer() as viewer
    join gate.live_session as session on session.account_id = viewer.account_id
    order by session.last_seen_at desc
$$;

-- for: portal_web
create function gate.end_session(id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    ended boolean := exists (select from gate.live_session as live
                             where live.id = end_session.id and live.account_id = viewer.account_id);
begin
    if ended then
        perform gate.revoke(viewer.account_id, end_session.id);
        perform gate.record(@'session_ended', viewer, subject => end_session.id);
    end if;
    return ended;
end
$$;

-- for: portal_web
create function gate.switch_keys(wanted boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session' end;
begin
    if refusal is null then
        update portal.account set keys = wanted where account.id = viewer.account_id;
    end if;
    perform gate.record(@'keys_switched', viewer, refusal, subject => viewer.account_id, facts => jsonb_build_object('keys', wanted));
    return refusal is null;
end
$$;

-- How this account wants to be told of news by mail; null for one that is told of none.
-- for: portal_web
create function gate.my_notices() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select account.notices from gate.viewer() as viewer join portal.account on account.id = viewer.account_id where viewer.company_id is not null
$$;

-- for: portal_web
create function gate.choose_notices(wanted text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session' when viewer.company_id is null then @'not_for_this_role' end;
begin
    if refusal is null then
        update portal.account set notices = wanted where account.id = viewer.account_id;
    end if;
    perform gate.record(@'notices_chosen', viewer, refusal, subject => viewer.account_id,
                        facts => case when refusal is null then jsonb_build_object('notices', wanted) end);
    return refusal is null;
end
$$;

-- for: portal_web
create function gate.change_password(old_proof bytea, new_salt bytea, new_proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer)
returns table (result text, retry_after integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer(must_change_password_too => true);
    digest bytea;
    wait integer;
    changed boolean;
    ended integer;
begin
    -- A sign-in with the old one waits. Guesses at the current one are counted with those made at sign-in.
    perform from portal.credential where credential.account_id = viewer.account_id for no key update;
    select sha256(convert_to(lower(account.email), 'UTF8')) into digest from portal.account where account.id = viewer.account_id;
    wait := gate.sign_in_wait(digest, gate.origin(viewer.ip));
    if wait > 0 then
        perform gate.record(@'password_changed', viewer, case when viewer.session_id is null then @'no_live_session' else @'too_many_tries' end,
                            subject => viewer.account_id);
        return query select 'throttled', wait;
        return;
    end if;
    changed := exists (select from portal.credential
                       where account_id = viewer.account_id and holder = viewer.holder and proof_hash = sha256(old_proof));
    if changed then
        perform gate.put_credential(viewer.account_id, new_salt, new_proof_hash, change_password.time_cost, change_password.memory_kib,
                                    change_password.parallelism, temporary => false, holder => viewer.holder);
        ended := (select coalesce(sum(gate.revoke(viewer.account_id, other.id)), 0) from gate.live_session as other
                  where other.account_id = viewer.account_id and other.id <> viewer.session_id);
        update portal.session set must_change_password = false where session.id = viewer.session_id and must_change_password;
        perform gate.put_mail('password_changed', viewer.account_id);
    elsif digest is not null then
        insert into portal.sign_in_failure (email_hash, ip) values (digest, gate.origin(viewer.ip));
    end if;
    perform gate.record(@'password_changed', viewer,
                        case when changed then null when viewer.session_id is null then @'no_live_session' else @'password_wrong' end,
                        subject => viewer.account_id, facts => jsonb_build_object('ended', ended));
    return query select case when changed then 'changed' else 'wrong' end, 0;
end
$$;

-- The worker's: failures that no longer count are forgotten. A sign-in past its time needs nobody to end it.
-- for: portal_worker
create function gate.forget_sign_in_failures() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    forgotten integer;
begin
    delete from portal.sign_in_failure where failed_at < now() - interval '1 day';
    get diagnostics forgotten = row_count;
    return forgotten;
end
$$;
