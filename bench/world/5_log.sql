-- A year of entries, as the gate writes them, in the order of time: sittings of a hundred entries, of one account of one company each, mostly
-- by day in Japan.

do $$
declare
    first timestamptz;
    parent text;
    partition text;
begin
    for first in select generate_series(date_trunc('month', now() - interval '400 days'), date_trunc('month', now()) - interval '1 month', '1 month') loop
        foreach parent in array array['entry', 'entry_subject'] loop
            partition := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
            execute format('create table accesslog.%I partition of accesslog.%I for values from (%L) to (%L)',
                           partition, parent, first, first + interval '1 month');
            execute format('alter table accesslog.%I owner to portal_owner', partition);
            execute format('alter table accesslog.%I enable row level security', partition);
            execute format('alter table accesslog.%I force row level security', partition);
        end loop;
    end loop;
end
$$;

-- The hours of a day as they are worked: of 3% each the night before eight and the evening after eight, the rest between. Today and yesterday stay
-- as they are, so that nothing is of the future.
create function bench.worked(moment timestamptz) returns timestamptz
language sql stable parallel safe as $$
    select case when local >= date_trunc('day', now() at time zone 'Asia/Tokyo') - interval '1 day' then moment
                else (day + case when share < 0.03 then share / 0.03 * interval '8 hours'
                                 when share < 0.97 then interval '8 hours' + (share - 0.03) / 0.94 * interval '12 hours'
                                 else interval '20 hours' + (share - 0.97) / 0.03 * interval '4 hours' end) at time zone 'Asia/Tokyo' end
    from (select moment at time zone 'Asia/Tokyo' as local) as there,
         lateral (select date_trunc('day', local) as day, extract(epoch from local - date_trunc('day', local)) / 86400 as share) as parts
$$;

create unlogged table bench.introduced as
select company, row_number() over (partition by company order by n) - 1 as place, count(*) over (partition by company) as many,
       n as introduction, candidate, consent from bench.introduction;
create unlogged table bench.sitting as
select made.number, of_company.company, of_company.many, 1 + made.number % 3 as account
from (select number, 1 + number * 1000003 % (select count(*) from bench.introduction) as n
      from generate_series(0, current_setting('bench.entries')::bigint / 100) as number) as made
join bench.introduction using (n)
join (select distinct company, many from bench.introduced) as of_company using (company);
analyze bench.introduced, bench.sitting;

create unlogged table bench.entry as
select accesslog.entry_id(made.recorded_at) as id, made.*, kind >= 0.99 as staff,
       case when kind < 0.8 then 'listed' when kind < 0.88 then 'page_shown' when kind < 0.95 then 'searched' when kind < 0.97 then 'sign_in'
            when kind < 0.98 then 'handed_over' when kind < 0.985 then 'resume_downloaded' when kind < 0.99 then 'contact_revealed'
            when kind < 0.999 then 'log_read' when kind < 0.99999 then 'explained' else 'password_changed' end as action,
       format(case when kind >= 0.99 then '10.255.0.%3$s' else '10.%1$s.%2$s.%3$s' end, made.company / 250, made.company % 250, made.account)::inet as ip
from (
    select entry.n, bench.worked(now() - interval '390 days' * (1 - entry.n::float / facts.entries) - interval '1 second') as recorded_at,
           uuid_send(gen_random_uuid()) as salt, random() as kind, random() as verdict, sitting.number as sitting, sitting.account, introduced.*
    from (select current_setting('bench.entries')::bigint as entries) as facts
    cross join lateral generate_series(1, facts.entries) as entry(n)
    join bench.sitting as sitting on sitting.number = entry.n / 100
    join bench.introduced as introduced on introduced.company = sitting.company and introduced.place = entry.n * 7919 % sitting.many
) as made;

insert into portal.session (id, account_id, secret_hash, started_at, last_seen_at, expires_at, ip, agent)
select bench.id('session', sitting), bench.id('recruiter', company * 100 + account), sha256(convert_to('past' || sitting, 'UTF8')),
       began, ended, began + interval '12 hours', ip, 'past'
from (select sitting, company, account, min(recorded_at) as began, max(recorded_at) as ended, min(ip) as ip from bench.entry where not staff
      group by sitting, company, account) as sat;
insert into portal.session (id, account_id, secret_hash, started_at, last_seen_at, expires_at, ip, agent)
select bench.id('staff', shift), bench.id('compliance', 1 + shift % 20), sha256(convert_to('staff' || shift, 'UTF8')),
       began, ended, began + interval '12 hours', '10.255.0.1', 'past'
from (select sitting / 50 as shift, min(recorded_at) as began, max(recorded_at) as ended from bench.entry where staff group by 1) as sat;

insert into accesslog.entry (id, recorded_at, action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items,
                             decision, reasons, consent_id, agreement_id, agreement_digest, document_digest, subject_id, subject_kind, facts, commitment)
select id, recorded_at, action,
       case when staff then bench.id('compliance', 1 + sitting / 50 % 20) else bench.id('recruiter', company * 100 + account) end,
       case when staff then 'compliance' when account = 1 then 'employer_admin' else 'recruiter' end,
       case when not staff then bench.id('company', company) end,
       case when staff then bench.id('staff', sitting / 50) else bench.id('session', sitting) end, bench.id('request', n / 25),
       case when about then bench.id('introduction', introduction) end,
       case when action = 'contact_revealed' then 2 when about then 1 else 0 end,
       case when not about or verdict >= 0.985 then 0 when action = 'contact_revealed' then 274 when action = 'listed' then 6145
            when action = 'page_shown' then case when candidate % 10 = 0 then 7913 else 7917 end else 8191 end,
       case when not about or verdict < 0.985 then 'permitted' when verdict < 0.999 then 'refused' else 'undetermined' end,
       case when not about or verdict < 0.985 then null when verdict >= 0.999 then '{regime_unknown}'::text[]
            when verdict >= 0.9985 then '{window_closed}' else '{consent_withdrawn}' end,
       case when about then bench.id('consent', consent) end, case when about then bench.id('agreement', company) end,
       case when about then sha256(int8send(company)) end,
       case when action in ('handed_over', 'resume_downloaded') then sha256(int8send(candidate)) end,
       case when action = 'sign_in' then bench.id('recruiter', company * 100 + account) end, case when action = 'sign_in' then 'account' end,
       case when action = 'log_read' then jsonb_build_object('decision', 'refused', 'company', bench.id('company', company))
            when action = 'page_shown' and n % 4 = 0 then '{"again": true}' end,
       accesslog.commitment(salt, case when about then bench.id('candidate', candidate) end, ip, 'bench')
from (select *, action in ('listed', 'page_shown', 'handed_over', 'resume_downloaded', 'contact_revealed') as about from bench.entry) as entry
order by n;

insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
select id, recorded_at, salt, case when action in ('listed', 'page_shown', 'handed_over', 'resume_downloaded', 'contact_revealed') then bench.id('candidate', candidate) end,
       ip, 'bench' from bench.entry order by n;
