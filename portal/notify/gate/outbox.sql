grant insert on portal.link_secret to portal_gate;
grant insert, update (attempts, attempted_at, failure, state, ended_at, until) on portal.mail to portal_gate;

-- The outbox. A mail names its kind and an account, or an agreement, whose signatory it is for; its words are the worker's, its
-- address is looked up when it is sent. A mail to an address that the account had until now is the one that holds an address.

create function gate.put_mail(kind text, account uuid, until timestamptz default now() + interval '2 days',
                              link uuid default null, session uuid default null, former_email text default null,
                              agreement uuid default null)
returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made uuid;
begin
    insert into portal.mail (kind, account_id, agreement_id, until, link_id, session_id, former_email)
    values (put_mail.kind, account, agreement, put_mail.until, put_mail.link, put_mail.session, put_mail.former_email)
    returning id into made;
    perform gate.put_job('mail', made);
    return made;
end
$$;

-- To one of a company's people, if they want to be told at once and none of the kind waits already.
create function gate.tell_at_once(kind text, whom uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    select gate.put_mail(tell_at_once.kind, account.id)
    from portal.account
    where account.id = whom and account.notices = 'at_once'
      and not exists (select from portal.mail where mail.account_id = whom and mail.kind = tell_at_once.kind and mail.state = 'waiting')
$$;

-- To a person about whom something was recorded, where an address of theirs is known.
create function gate.put_mail_to_person(kind text, person uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made uuid;
begin
    insert into portal.mail (kind, candidate_id, until)
    select put_mail_to_person.kind, items.candidate_id, now() + interval '2 days'
    from personal.candidate_items as items where items.candidate_id = person and items.email is not null
    returning id into made;
    if made is not null then
        perform gate.put_job('mail', made);
    end if;
end
$$;

-- The language in which a person was last shown a notice, as far as mail is written in it: Japanese, else English.
create function gate.language_of_person(person uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when coalesce((
        select notice.language from personal.consent join portal.notice on notice.id = consent.notice_id
        where consent.candidate_id = person order by consent.given_at desc, consent.id desc limit 1), 'ja') = 'ja' then 'ja' else 'en' end
$$;

-- One try begins: what the worker needs for it. No row when the mail is not to be sent any more, or was.
-- for: portal_worker
create function gate.mail_to_send(id uuid)
returns table (kind text, email text, locale text, written_at timestamptz, attempts integer, until timestamptz, carries text, about uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    wanted portal.mail;
    reader portal.account;
    person_email text;
    signatory text;
begin
    select mail.* into wanted from portal.mail where mail.id = mail_to_send.id and mail.state = 'waiting' for no key update;
    if wanted.id is null then
        return;
    end if;
    select account.* into reader from portal.account where account.id = wanted.account_id;
    select items.email into person_email from personal.candidate
    join personal.candidate_items as items on items.candidate_id = candidate.id
    where candidate.id = wanted.candidate_id and candidate.erased_at is null;
    select agreement.signatory_email into signatory from portal.agreement where agreement.id = wanted.agreement_id;
    if wanted.candidate_id is not null and person_email is null or wanted.agreement_id is not null and signatory is null
        or reader.status <> 'active' or gate.is_halted(reader.id) or gate.is_void(wanted) then
        perform gate.end_mail(wanted.id, 'dropped', null);
        return;
    elsif wanted.until <= now() then
        perform gate.end_mail(wanted.id, 'given_up', coalesce(wanted.failure, 'too_late'));
        return;
    end if;
    update portal.mail set attempts = wanted.attempts + 1, attempted_at = now() where portal.mail.id = wanted.id;
    return query select wanted.kind, coalesce(person_email, signatory, wanted.former_email, reader.email),
           case when wanted.account_id is not null then gate.language_of(reader) when wanted.agreement_id is not null then 'ja'
               else gate.language_of_person(wanted.candidate_id) end, wanted.written_at, wanted.attempts + 1, wanted.until,
           (select mail_kind.carries from portal.mail_kind where code = wanted.kind), wanted.session_id;
end
$$;

-- Whether what a mail is about is over, so that it would lead nowhere.
create function gate.is_void(mail portal.mail) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select mail.link_id is not null and not exists (select from gate.open_link where open_link.id = mail.link_id)
        or mail.session_id is not null and (
            not exists (select from portal.link_code where session_id = mail.session_id)
            or exists (select from portal.link_session_end as ended where ended.session_id = mail.session_id))
$$;

-- The secret that a mail carries, made by the worker while it writes: a link's, or the code for a sign-in by one. The digest is
-- all that is kept. A link's is another one with each try, and all of them open it; of codes the last one counts.
-- for: portal_worker
create function gate.put_mail_secret(id uuid, digest bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    wanted portal.mail;
begin
    select mail.* into wanted from portal.mail where mail.id = put_mail_secret.id and mail.state = 'waiting' for no key update;
    if wanted.link_id is not null then
        insert into portal.link_secret (secret_hash, link_id) values (digest, wanted.link_id);
    elsif wanted.session_id is not null then
        update portal.link_code set code_hash = digest where session_id = wanted.session_id;
    end if;
end
$$;

create function gate.end_mail(id uuid, state text, failure text) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    update portal.mail set state = end_mail.state, failure = end_mail.failure, ended_at = now()
    where portal.mail.id = end_mail.id and portal.mail.state = 'waiting'
$$;

-- for: portal_worker
create function gate.mail_sent(id uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$ select gate.end_mail(id, 'sent', null) $$;

-- A try failed. `for_good` when trying again would change nothing.
-- for: portal_worker
create function gate.mail_failed(id uuid, failure text, for_good boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if for_good then
        perform gate.end_mail(mail_failed.id, 'given_up', mail_failed.failure);
    else
        update portal.mail set failure = mail_failed.failure where portal.mail.id = mail_failed.id and state = 'waiting';
    end if;
end
$$;

-- Every minute: a waiting mail whose job was lost gets another, and what nobody asks about any more is forgotten.
-- for: portal_worker
create function gate.keep_outbox() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found integer := 0;
    lost uuid;
begin
    delete from portal.mail where ended_at < now() - interval '90 days';
    for lost in
        select mail.id from portal.mail
        where mail.state = 'waiting'
          and not exists (select from jobs.pgqueuer where dedupe_key = 'mail:' || mail.id and status in ('queued', 'picked'))
    loop
        perform gate.put_job('mail', lost);
        found := found + 1;
    end loop;
    return found;
end
$$;

-- The operator's own: mail that was given up is tried again, for as long as it was to be tried at first.
-- for: portal_owner
create function gate.send_mail_again(id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update portal.mail
    set state = 'waiting', ended_at = null, attempts = 0, until = greatest(until, now() + (until - written_at))
    where portal.mail.id = send_mail_again.id and state = 'given_up';
    if found then
        perform gate.put_job('mail', send_mail_again.id);
    end if;
    return found;
end
$$;
