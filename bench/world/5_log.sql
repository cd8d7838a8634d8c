-- A year of entries, as the gate writes them, in the order of time.

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

create unlogged table bench.entry as
select accesslog.entry_id(made.recorded_at) as id, made.*
from (
    select entry.n, now() - interval '390 days' * (1 - entry.n::float / facts.entries) - interval '1 second' as recorded_at,
           uuid_send(gen_random_uuid()) as salt, random() as kind, random() as verdict, introduction.*
    from (select current_setting('bench.entries')::bigint as entries, (select count(*) from bench.introduction) as introductions) as facts
    cross join lateral generate_series(1, facts.entries) as entry(n)
    join (select n as introduction, company, candidate, consent from bench.introduction) as introduction
      on introduction.introduction = 1 + entry.n * 1000003 % facts.introductions
) as made;

insert into accesslog.entry (id, recorded_at, action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items,
                             decision, reasons, consent_id, agreement_id, commitment)
select id, recorded_at, action,
       case when staff then bench.id('compliance', 1 + n % 20) else bench.id('recruiter', company * 100 + 1 + n % 3) end,
       case when staff then 'compliance' when n % 3 = 0 then 'employer_admin' else 'recruiter' end,
       case when not staff then bench.id('company', company) end, bench.id('session', n / 100), bench.id('request', n / 25),
       case when action in ('listed', 'page_shown', 'resume_downloaded', 'contact_revealed') then bench.id('introduction', introduction) end,
       1, 6145, case when verdict < 0.985 then 'permitted' when verdict < 0.999 then 'refused' else 'undetermined' end,
       case when verdict >= 0.999 then '{regime_unknown}'::text[] when verdict >= 0.985 then '{consent_withdrawn}' end,
       bench.id('consent', consent), bench.id('agreement', company),
       accesslog.commitment(salt, bench.id('candidate', candidate), '127.0.0.1', 'bench')
from (
    select *, case when kind < 0.8 then 'listed' when kind < 0.88 then 'page_shown' when kind < 0.95 then 'searched' when kind < 0.98 then 'sign_in'
              when kind < 0.985 then 'resume_downloaded' when kind < 0.99 then 'contact_revealed' when kind < 0.999 then 'log_read'
              when kind < 0.99999 then 'explained' else 'password_changed' end as action,
           kind >= 0.99 as staff
    from bench.entry
) as entry
order by n;

insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
select id, recorded_at, salt, bench.id('candidate', candidate), '127.0.0.1', 'bench' from bench.entry order by n;
