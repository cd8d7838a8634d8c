-- What a company's people are told by mail without anybody waiting for it. No mail says of whom, or how many: it leads to the home page.

-- Whether something happened to what is open to somebody's company since then that they did not do themselves: introduced, moved, decided on,
-- assigned to them, a note that mentions them, a reminder of what nobody decides, or an answer to a question. What is open is the rule's to say, as for every recruiter with a sign-in of the company.
create function gate.has_news(whom portal.account, since timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from personal.introduction as own
        join gate.standing on standing.introduction_id = own.id and standing.selection_items | standing.contact_items <> 0
        where own.company_id = whom.company_id and own.changed_at > since
          and (own.introduced_at > since
               or own.moved_at > since and own.moved_by is distinct from whom.id
               or own.decided_at > since and (select outcome.recorded_by from gate.outcome_of(own.id) as outcome) is distinct from whom.id))
    or exists (
        select from personal.note join personal.note_mention as mention on mention.note_id = note.id
        join gate.standing on standing.introduction_id = note.introduction_id and standing.selection_items <> 0
        where mention.account_id = whom.id and note.written_at > since)
    or exists (
        select from personal.introduction as own
        join gate.standing on standing.introduction_id = own.id and standing.selection_items <> 0
        where own.company_id = whom.company_id and own.reminded_at > since and own.reminded_at >= own.last_activity_at
          and coalesce((select whose from gate.assignees(own.id) as whose) = whom.id, true))
    or exists (
        select from personal.question
        where question.asked_by = whom.id and question.answered_at > since and question.seen_at is null and question.asked_holder = whom.holder
          and question.company_id = whom.company_id
          and (question.introduction_id is null
               or exists (select from gate.standing where standing.introduction_id = question.introduction_id
                          and standing.selection_items | standing.contact_items <> 0)))
$$;

-- On the mornings of Japan's working days: one mail to each who wants them together and has accepted an undertaking that counts. It is put only where there is something
-- new since they were last here or were last written to, a week at the most. How many were put.
-- for: portal_worker
create function gate.send_digests(holidays date[], at timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    japan timestamp := at at time zone 'Asia/Tokyo';
    reader portal.account;
    put integer := 0;
begin
    if not gate.is_working_day(japan::date, holidays) or extract(hour from japan) not between 8 and 9 then
        return 0;
    end if;
    for reader in
        select account.* from portal.account
        join portal.company on company.id = account.company_id and company.status = 'active'
        where account.notices = 'daily' and account.status = 'active' and account.role in ('recruiter', 'employer_admin')
          and coalesce(gate.day_of(account.digest_at) < japan::date, true)
          and not gate.is_halted(account.id)
          and exists (select from portal.undertaking as given join portal.agreement on agreement.id = given.agreement_id
                      where given.account_id = account.id and gate.in_force(agreement, now()))
        for no key update of account skip locked
    loop
        continue when not gate.has_news(reader, greatest(
            reader.digest_at, (select max(session.last_seen_at) from portal.session where session.account_id = reader.id), at - interval '7 days'));
        update portal.account set digest_at = at where account.id = reader.id;
        perform gate.put_mail('daily_digest', reader.id, at + interval '12 hours');
        put := put + 1;
    end loop;
    return put;
end
$$;
