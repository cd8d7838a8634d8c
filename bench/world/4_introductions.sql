-- Consents in every state, the introductions that stand on them, outcomes of a tenth of these.

create unlogged table bench.pair as
select row_number() over () as n, company.n as company, (company.n * 7919 + place::bigint * 179424673) % current_setting('bench.candidates')::bigint as candidate,
       place % openings as opening, (place + 1) % openings as next_opening,
       now() - random() * interval '390 days' - interval '1 hour' as introduced_at, place % 20 = 7 as twice
from bench.company, generate_series(0, size - 1) as place;

-- What the trigger would have reckoned from the notice is written here, for no trigger runs while the world is made.
insert into personal.consent (id, reference, candidate_id, company_id, notice_id, items, purposes, given_at, expires_at, withdrawn_at, channel, evidence,
                              open_items, open_purposes, explicit_items, regimes, told_country)
select bench.id('consent', n), 'K' || n, bench.id('candidate', candidate), bench.id('company', company), bench.id('notice', shown.notice),
       said.items, said.purposes, introduced_at - interval '3 days',
       case when n % 25 = 3 then now() - interval '1 minute' when n % 2 = 0 then now() + interval '2 years' end,
       case when n % 20 = 4 then now() - interval '1 minute' end, 'platform', 'record ' || n,
       said.items, said.purposes, case shown.notice when 2 then said.items & 1 else 0 end, 7, case shown.notice when 3 then 'SG' end
from bench.pair
cross join lateral (select case when n % 3 = 0 then 3 when n % 40 = 1 then 2 else 1 end as notice) as shown
cross join lateral (select case when n % 10 = 0 then 16383 & ~4 & ~8192 else 16383 end as items, case when n % 30 = 2 then 1 else 3 end as purposes) as said;

create unlogged table bench.introduction as
select row_number() over (order by introduced_at) as n, *, random() as chance, random() as share
from (select n as consent, company, candidate, opening, introduced_at from bench.pair
      union all
      select n, company, candidate, next_opening, least(introduced_at + interval '20 days', now()) from bench.pair where twice) as each;
alter table bench.introduction add primary key (n);

insert into personal.introduction (id, reference, code, candidate_id, company_id, opening_id, stage, introduced_at, decided_at)
select bench.id('introduction', n), 'I' || n, bench.code(n), bench.id('candidate', candidate), bench.id('company', company),
       bench.id('opening', company * 100 + opening),
       case when chance < 0.6 then 'introduced' when chance < 0.75 then 'screening' when chance < 0.85 then 'interview'
            when chance < 0.9 then 'offer' else 'decided' end,
       introduced_at, case when chance >= 0.9 then introduced_at + (now() - introduced_at) * share end
from bench.introduction order by n;

insert into personal.outcome (introduction_id, result, reason, recorded_at, recorded_by)
select bench.id('introduction', n), (array['hired', 'not_hired', 'withdrawn'])[1 + n % 3],
       (array['offer_accepted', 'position_filled', 'candidate_declined'])[1 + n % 3],
       introduced_at + (now() - introduced_at) * share, bench.id('recruiter', company * 100 + 1)
from bench.introduction where chance >= 0.9;
