grant insert on portal.revocation to portal_gate;

-- Which sign-ins are live, and how they end: by an insert, which waits for nobody. A row of the session or the account could
-- be held by a transaction of the very person who is to be shut out.

-- When since then the last agreement of a company ended: by its end, the end of its grace or its termination, with none that carried
-- the company on in that second. Nothing has to run for it. Kept so that the planner puts it into the query (no fixed search_path).
create function gate.gaps_since(company uuid, since timestamptz) returns table (at timestamptz)
language sql stable as $$
    select gate.end_of(ended) from portal.agreement as ended
    where ended.company_id = company and gate.end_of(ended) > since and gate.end_of(ended) <= now()
      and gate.in_force(ended, gate.end_of(ended) - interval '1 microsecond')
      and not exists (select from portal.agreement as other
                      where other.company_id = company and gate.in_force(other, gate.end_of(ended)))
$$;

-- A sign-in from before such an end is over with it: whoever signs in after it finds what is left to do, and no candidate.
create view gate.live_session as
    select session.*
    from portal.session cross join portal.session_policy
    where session.expires_at > now()
      and session.last_seen_at + session_policy.idle_limit > now()
      and not exists (select from portal.revocation
                      where revocation.account_id = session.account_id and revocation.revoked_at >= session.started_at
                        and (revocation.session_id is null or revocation.session_id = session.id))
      and not exists (select from portal.account cross join lateral gate.gaps_since(account.company_id, session.started_at)
                      where account.id = session.account_id);

-- Ends one sign-in of an account, or all that began until now, one that is being made at this moment included; how many were live.
create function gate.revoke(account uuid, session uuid default null) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    live integer := (select count(*) from gate.live_session
                     where live_session.account_id = account and (session is null or live_session.id = session));
begin
    insert into portal.revocation (account_id, session_id) values (account, session);
    return live;
end
$$;

-- When the people of a company signed in last.
-- for: portal_web
create function gate.last_sign_ins(company uuid) returns table (account_id uuid, signed_in_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select session.account_id, max(session.started_at)
    from portal.account join portal.session on session.account_id = account.id
    where account.company_id = company and company in (select gate.companies())
    group by session.account_id
$$;
