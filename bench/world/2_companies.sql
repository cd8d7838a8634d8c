-- Companies: the first is the largest by far, the second an ordinary one that is equally large in a world of any size.

insert into portal.account (id, email, display_name, role)
select bench.id(role, n), format('%s-%s@staff.example', role, n), format('%s %s', role, n), role
from unnest(array['account_manager', 'compliance', 'administrator']) as role, generate_series(1, 20) as n;

insert into portal.company (id, reference, name, country, status, account_manager_id)
select bench.id('company', n), 'C' || n, 'Example Company ' || n,
       case when n > 2 and n % 25 = 0 then 'SG' else 'JP' end,
       case when n > 2 and n % 33 = 0 then 'suspended' else 'active' end,
       bench.id('account_manager', 1 + n % 20)
from generate_series(1, current_setting('bench.companies')::integer) as n;

create unlogged table bench.company as
with weighed as (
    select n, 1 / sqrt(n) / sum(1 / sqrt(n)) filter (where n > 2) over () as weight
    from generate_series(1, current_setting('bench.companies')::integer) as n
), facts as (
    select current_setting('bench.consents')::integer as consents, current_setting('bench.candidates')::integer as candidates
)
select n, least(candidates, case n when 1 then ceil(consents * 0.0486) when 2 then 1000
                            else greatest(1, (consents * 0.9514 - 1000) * weight) end)::integer as size
from weighed, facts;
alter table bench.company add openings integer;
update bench.company set openings = greatest(2, least(30, size / 200));

insert into portal.opening (id, reference, company_id, title, description)
select bench.id('opening', n * 100 + place), format('O%s-%s', n, place), bench.id('company', n), 'Opening ' || place, 'An invented opening.'
from bench.company, generate_series(0, openings - 1) as place;

insert into portal.agreement (id, reference, company_id, number, items, purposes, text, passages,
                              company_name, company_address, company_representative, company_corporate_number, company_country,
                              operator_name, operator_address, operator_representative, signatory_name, signatory_title, signatory_authority,
                              evidence, company_signed_at, operator_signed_at, effective_at, expires_at)
select bench.id('agreement', n), 'A' || n, bench.id('company', n), 'AG-' || n, 16383, 3,
       repeat('The company promises. ', 200) || 'Contact for 30 days. All items consented to, and the resume.',
       '{"contact_days": "Contact for 30 days.", "items": "All items consented to, and the resume."}',
       'Company ' || n, 'Bench 1', 'A. Bench', 'B' || n, 'JP', 'Shokai', 'Bench 2', 'B. Bench', 'A. Bench', 'President', 'register', 'bench',
       now() - interval '500 days', now() - interval '500 days', now() - interval '500 days',
       case when n > 2 and n % 50 = 0 then now() - interval '10 days' else now() + interval '3000 days' end
from bench.company;

insert into portal.account (id, email, display_name, role, company_id)
select bench.id('recruiter', n * 100 + place), format('recruiter-%s@company-%s.example', place, n), format('Recruiter %s of %s', place, n),
       case place when 1 then 'employer_admin' else 'recruiter' end, bench.id('company', n)
from bench.company, generate_series(1, case when n < 3 then 16 else 3 end) as place;
insert into portal.undertaking (agreement_id, account_id, accepted_at)
select bench.id('agreement', n), account.id, now() - interval '450 days'
from bench.company join portal.account on account.company_id = bench.id('company', n);

insert into portal.session (account_id, secret_hash, expires_at, ip, agent)
select account_id, sha256(convert_to(secret, 'UTF8')), now() + interval '3650 days', '127.0.0.1', 'bench'
from (
    select bench.id('recruiter', 100 + n) as account_id, bench.secret('largest', n) as secret from generate_series(1, 16) as n
    union all
    select bench.id('recruiter', 200 + n), bench.secret('ordinary', n) from generate_series(1, 16) as n
    union all
    select bench.id('compliance', n), bench.secret('compliance', n) from generate_series(1, 16) as n
    union all
    select bench.id('account_manager', 2), bench.secret('manager', 1)
) as people;
insert into portal.notice (id, reference, version, language, text, published_at, policy_version, purposes, items, regimes, explicit_items,
                           promises_expiry, country, passages)
select bench.id('notice', n), 'N' || n, 1, 'ja', '提供する情報：氏名、メールアドレス、写真、国籍、住所、生年月日、年齢、性別、電話番号、経歴、資格、在留資格、日本語能力、'
       || '履歴書の写し。使う目的：採用選考と連絡。外国の制度と措置。EEAの方へ。カリフォルニアの方へ。氏名を選べば提供します。', now() - interval '600 days',
       '2024-02-13', 3, 16383, 7, case n when 2 then 1 else 0 end, false, case n when 3 then 'SG' end,
       '{"country": "外国の制度と措置", "system": "外国の制度と措置", "measures": "外国の制度と措置", "differences": "外国の制度と措置", "eea": "EEAの方へ",
         "california": "カリフォルニアの方へ", "explicit": "氏名を選べば提供します。"}'
from generate_series(1, 3) as n;
