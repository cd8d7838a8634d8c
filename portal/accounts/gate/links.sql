-- Personal links: made and withdrawn by acts on whoever they are for, opened as a sign-in of their own kind. The secret is made
-- by the worker when it writes the mail, so that it rests nowhere but there.

create function gate.awaits_signatory(agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select agreement.sent_at is not null and agreement.company_signed_at is null
        and agreement.declined_at is null and agreement.withdrawn_at is null and agreement.terminated_at is null
$$;

-- Whether a signatory's link still leads to something, as the agreement stands.
create function gate.link_serves(kind text, agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case kind
        when 'signing' then gate.awaits_signatory(agreement)
        when 'signed_copy' then agreement.operator_signed_at is not null and exists (select from portal.agreement_paper where agreement_id = agreement.id)
        else false
    end and exists (select from portal.company where company.id = agreement.company_id and gate.state_of(company) <> 'terminated')
$$;

-- Which links are still good. They end by an insert, which waits for nobody; a signatory's also by what becomes of the agreement.
create view gate.open_link as
    select link.*
    from portal.link left join portal.account on account.id = link.account_id
    where link.expires_at > now()
      and (account.status = 'active' and not gate.is_halted(account.id) and link.capacity = account.capacity
           or exists (select from portal.agreement where agreement.id = link.agreement_id
                        and agreement.terms_digest = link.terms_digest and gate.link_serves(link.kind, agreement)))
      and not exists (select from portal.link_use where link_use.link_id = link.id)
      and not exists (select from portal.link_withdrawal as withdrawal
                      where (withdrawal.account_id = link.account_id or withdrawal.agreement_id = link.agreement_id)
                        and withdrawal.withdrawn_at >= link.made_at
                        and (withdrawal.kind is null or withdrawal.kind = link.kind));

-- Ends what was sent before, of one kind or of all. What still waits to be sent ends with it.
create function gate.withdraw_links(whose uuid, of_kind text default null) returns timestamptz
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.link_withdrawal (account_id, kind) values (whose, of_kind) returning withdrawn_at
$$;

create function gate.make_link(kind text, whose uuid, viewer gate.viewer_row) returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    former timestamptz := gate.withdraw_links(whose, make_link.kind);
    made uuid;
begin
    insert into portal.link (kind, account_id, capacity, made_by, made_at, expires_at)
    select make_link.kind, whose, account.capacity, viewer.account_id, greatest(clock_timestamp(), former + interval '1 microsecond'), now() + lasts
    from portal.link_kind cross join portal.account where link_kind.code = make_link.kind and account.id = whose
    returning id into made;
    perform gate.record(@'link_made', viewer, company => (select company_id from portal.account where id = whose), subject => whose,
                        facts => jsonb_build_object('link_kind', make_link.kind));
    return made;
end
$$;

create function gate.send_link(kind text, whose uuid, viewer gate.viewer_row) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made uuid := gate.make_link(kind, whose, viewer);
begin
    perform gate.put_mail(kind, whose, until => (select expires_at from portal.link where id = made), link => made);
end
$$;

-- Whoever asks by a link that is still good; for everything that asks gate.viewer they are nobody. One that has yet to enter its
-- code is nobody here, too, but to what takes the code or ends the sign-in.
create function gate.link_visitor(code_or_not boolean default false) returns gate.link_row
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select row(session.id, link.id, link.kind, link.account_id, session.ip, session.agent, account.holder, link.agreement_id)::gate.link_row
    from portal.link_session as session
    join gate.open_link as link on link.id = session.link_id
    left join portal.account on account.id = link.account_id
    cross join portal.session_policy
    where gate.at_once()
      and session.secret_hash = sha256(convert_to(nullif(current_setting('portal.session', true), ''), 'UTF8'))
      and (not session.awaits_code or code_or_not)
      and session.expires_at > now()
      and session.last_seen_at + session_policy.idle_limit > now()
      and not exists (select from portal.link_session_end where session_id = session.id)
$$;

-- As whom an entry names them: nobody's account, in the role of a link.
create function gate.as_viewer(visitor gate.link_row) returns gate.viewer_row
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select row(visitor.session_id, null, case when visitor.session_id is not null then 'link' end, null, null, null,
               visitor.ip, visitor.agent, null, null, null)::gate.viewer_row
$$;

-- Opening a link uses nothing up: a link of single use is used up by the act that it is for.
-- for: portal_web
create function gate.enter_by_link(link_secret text, secret_hash bytea, browser_secret text, request text)
returns table (result text, kind text, retry_after integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    address inet := (nullif(enter_by_link.request, '')::jsonb ->> 'ip')::inet;
    agent text := left(nullif(enter_by_link.request, '')::jsonb ->> 'agent', 300);
    digest bytea := sha256(convert_to(enter_by_link.link_secret, 'UTF8'));
    wait integer := gate.sign_in_wait(digest, gate.origin(address));
    found gate.open_link;
    of_kind portal.link_kind;
    visitor gate.link_row;
    known_at timestamptz;
    asks boolean;
begin
    perform set_config('portal.request', enter_by_link.request, true);
    if not gate.at_once() then
        raise exception 'gate.enter_by_link needs a new transaction at read committed' using errcode = 'invalid_transaction_state';
    end if;
    if wait > 0 then
        perform gate.record(@'link_opened', gate.as_viewer(visitor), @'too_many_tries');
        return query select 'throttled', null::text, wait;
        return;
    end if;
    select link.* into found from portal.link_secret join gate.open_link as link on link.id = link_id where link_secret.secret_hash = digest;
    if found.id is null then
        insert into portal.sign_in_failure (email_hash, ip) values (digest, gate.origin(address));
        perform gate.record(@'link_opened', gate.as_viewer(visitor), @'link_over');
        return query select 'over', null::text, 0;
        return;
    end if;
    select link_kind.* into of_kind from portal.link_kind where code = found.kind;
    select known.made_at into known_at from portal.link_browser as known
    where known.link_id = found.id and known.secret_hash = sha256(convert_to(enter_by_link.browser_secret, 'UTF8'));
    asks := of_kind.asks_code and known_at is null;
    wait := case when asks then gate.code_wait(found.id) else 0 end;
    if wait > 0 then
        perform gate.record(@'link_opened', gate.as_viewer(visitor), @'too_many_tries');
        return query select 'throttled', null::text, wait;
        return;
    end if;
    insert into portal.link_session (link_id, secret_hash, expires_at, ip, agent, awaits_code, code_entered_at)
    values (found.id, enter_by_link.secret_hash, least(now() + of_kind.stays, found.expires_at), address, agent, asks, known_at)
    returning id into visitor.session_id;
    if asks then
        insert into portal.link_code (session_id) values (visitor.session_id);
        perform gate.put_mail('link_code', found.account_id, until => now() + interval '15 minutes', session => visitor.session_id,
                              agreement => found.agreement_id);
    end if;
    perform gate.record(@'link_opened', gate.as_viewer(visitor), subject => found.account_id, agreement => found.agreement_id,
                        company => gate.company_of(found.agreement_id), facts => jsonb_build_object('link_kind', found.kind));
    return query select case when asks then 'code_needed' else 'opened' end, found.kind, 0;
end
$$;

-- Seconds until a link sends another code to a browser that is new to it: ten within an hour, so that whoever has somebody's link
-- neither fills their mailbox nor guesses on. Browsers that entered one before go on.
create function gate.code_wait(link uuid) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(ceil(extract(epoch from max(started_at) + interval '1 hour' - now()))::integer, 0)
    from (select started_at from portal.link_session
          where link_id = code_wait.link and awaits_code and started_at > now() - interval '1 hour'
          order by started_at desc offset 9 limit 1) as tenth
$$;

create function gate.company_of(agreement uuid) returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select company_id from portal.agreement where id = company_of.agreement
$$;

-- A code is good for a quarter of an hour and five tries. Then the sign-in ends, and the link can be opened again.
-- for: portal_web
create function gate.enter_link_code(code text, browser_secret_hash bytea) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor(code_or_not => true);
    waiting portal.link_code;
    correct boolean;
begin
    select link_code.* into waiting from portal.link_code where session_id = visitor.session_id for update;
    if waiting.session_id is null then
        perform gate.record(@'link_code_entered', gate.as_viewer(visitor), @'link_over');
        return 'over';
    end if;
    correct := waiting.code_hash = sha256(uuid_send(waiting.session_id) || convert_to(code, 'UTF8'));
    perform gate.record(@'link_code_entered', gate.as_viewer(visitor), case when not coalesce(correct, false) then @'code_wrong' end,
                        subject => visitor.account_id, agreement => visitor.agreement_id, company => gate.company_of(visitor.agreement_id));
    if correct then
        update portal.link_session set awaits_code = false, code_entered_at = now() where id = visitor.session_id;
        delete from portal.link_code where session_id = visitor.session_id;
        insert into portal.link_browser (link_id, secret_hash) values (visitor.link_id, browser_secret_hash);
        return 'entered';
    end if;
    update portal.link_code set tries = tries + 1 where session_id = visitor.session_id;
    if waiting.tries >= 4 then
        perform gate.end_link_session(visitor.session_id);
        return 'over';
    end if;
    return 'wrong';
end
$$;

-- As gate.revoke: an insert that meets no other. Its code is good for nothing from then on, and forgotten by gate.keep_links.
create function gate.end_link_session(which uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.link_session_end (session_id) values (which)
$$;

-- Another code, for whom the first did not reach; three are sent at the most.
-- for: portal_web
create function gate.send_link_code_again() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor(code_or_not => true);
begin
    update portal.link_code set sent = sent + 1 where session_id = visitor.session_id and sent < 3;
    if found then
        perform gate.put_mail('link_code', visitor.account_id, until => now() + interval '15 minutes', session => visitor.session_id,
                              agreement => visitor.agreement_id);
    end if;
    return found;
end
$$;

-- for: portal_web
create function gate.leave_link() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor(code_or_not => true);
begin
    if visitor.session_id is not null then
        perform gate.end_link_session(visitor.session_id);
        perform gate.record(@'sign_out', gate.as_viewer(visitor), subject => visitor.account_id, agreement => visitor.agreement_id,
                            company => gate.company_of(visitor.agreement_id));
    end if;
end
$$;

-- Asking for a link at the sign-in page. Nothing here looks whether the address has an account: what is done, and how long it
-- takes, is the same. Three for one address within an hour; from one origin twenty, and then
-- one a minute, so that nobody shuts an office out. An address that many share by a proxy that nobody listed is no origin.
-- for: portal_web
create function gate.ask_for_link(email text, request text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    digest bytea := portal.text_digest(lower(btrim(ask_for_link.email)));
    note jsonb := nullif(ask_for_link.request, '')::jsonb;
    origin inet := case when not coalesce((note ->> 'shared')::boolean, false) then gate.origin((note ->> 'ip')::inet) end;
    nobody gate.viewer_row;
    wait integer;
    asked uuid;
begin
    perform set_config('portal.request', ask_for_link.request, true);
    if not gate.at_once() then
        raise exception 'gate.ask_for_link needs a new transaction at read committed' using errcode = 'invalid_transaction_state';
    end if;
    perform pg_advisory_xact_lock(hashtextextended(encode(sha256(decoy.secret || digest), 'hex'), 2)) from portal.decoy;
    select coalesce(ceil(extract(epoch from max(until - now()))), 0)::integer into wait
    from (
        (select asked_at + interval '1 hour' as until from portal.link_request
         where email_hash = digest and asked_at > now() - interval '1 hour' order by asked_at desc offset 2 limit 1)
        union all
        (select max(asked_at) + interval '1 minute' from portal.link_request
         where ip = origin and asked_at > now() - interval '1 hour' having count(*) >= 20)
    ) as limits;
    if wait > 0 then
        perform gate.record(@'link_asked_for', nobody, @'too_many_tries');
        return wait;
    end if;
    insert into portal.link_request (email_hash, ip) values (digest, origin) returning id into asked;
    perform gate.put_job('link_request', asked);
    perform gate.record(@'link_asked_for', nobody);
    return 0;
end
$$;

-- The worker's answer to it, which no page waits for: a link to the account of that address, if there is one that may sign in.
-- for: portal_worker
create function gate.answer_link_request(id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
    whose uuid;
begin
    select account.id into whose
    from portal.link_request join portal.account on portal.text_digest(lower(account.email)) = email_hash
    where link_request.id = answer_link_request.id and answered_at is null and account.status = 'active' and not gate.is_halted(account.id)
    for no key update;
    update portal.link_request set answered_at = now() where portal.link_request.id = answer_link_request.id;
    if whose is not null then
        perform gate.send_link('lost_password', whose, nobody);
    end if;
end
$$;

-- Every minute: whoever asked and was not answered, because the job was lost, is; what is over leaves nothing to open it by.
-- for: portal_worker
create function gate.keep_links() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone integer;
begin
    perform gate.put_job('link_request', id) from portal.link_request where answered_at is null and asked_at > now() - interval '1 hour';
    delete from portal.link_request where asked_at < now() - interval '1 day';
    delete from portal.link_secret where not exists (select from gate.open_link where open_link.id = link_id);
    get diagnostics gone = row_count;
    delete from portal.link_browser where not exists (select from gate.open_link where open_link.id = link_id);
    delete from portal.link_code using portal.link_session as session
    where session.id = session_id
      and (session.expires_at < now() or exists (select from portal.link_session_end as ended where ended.session_id = session.id));
    return gone;
end
$$;

-- What a link to an account is for: a password of one's own. It uses the link up, and whatever the former password opened ends.
-- for: portal_web
create function gate.choose_password(salt bytea, proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer, locale text)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    visitor gate.link_row := gate.link_visitor();
    owner portal.account;
    had_one boolean;
    ended integer;
begin
    if visitor.kind is not null and visitor.kind in ('invitation', 'lost_password') then
        insert into portal.link_use (link_id) values (visitor.link_id) on conflict do nothing;  -- two browsers with one link take turns
    end if;
    if not found then
        perform gate.record(@'password_chosen', gate.as_viewer(visitor), @'link_over');
        return false;
    end if;
    select account.* into owner from portal.account where account.id = visitor.account_id;
    had_one := exists (select from gate.live_credential where account_id = owner.id);
    perform gate.put_credential(owner.id, choose_password.salt, choose_password.proof_hash, choose_password.time_cost,
                                choose_password.memory_kib, choose_password.parallelism, temporary => false, holder => visitor.holder);
    insert into portal.chosen_language (account_id, locale) values (owner.id, choose_password.locale)
    on conflict (account_id) do update set locale = excluded.locale;
    perform gate.withdraw_links(owner.id);
    perform gate.end_link_session(visitor.session_id);
    ended := gate.revoke(owner.id);
    delete from portal.sign_in_failure where email_hash = sha256(convert_to(lower(owner.email), 'UTF8'));
    perform gate.record(@'password_chosen', gate.as_viewer(visitor), company => owner.company_id, subject => owner.id,
                        facts => jsonb_build_object('ended', ended));
    if had_one then
        perform gate.put_mail('password_changed', owner.id);
    end if;
    return true;
end
$$;
