-- What was in the database of a home of the version before outbox and links (up to the migration "told"): every kind of row that it had.
-- References are those of tests/intake/folders.py, so that the evidence can be given by the same import. Passwords are in
-- tests/operate/test_an_older_home_goes_on.py. Nobody recorded then what a notice says, who signed by what authority, or what a file shows.

insert into portal.company (id, reference, name, corporate_number, country, status) values
    ('00000000-0000-4000-8000-000000000c01', 'ACME', '株式会社試験所', '7123456789012', 'JP', 'active');
insert into portal.opening (id, reference, company_id, title, status) values
    ('00000000-0000-4000-8000-000000000e01', 'OP-1', '00000000-0000-4000-8000-000000000c01', '介護職員', 'open'),
    ('00000000-0000-4000-8000-000000000e02', 'OP-2', '00000000-0000-4000-8000-000000000c01', '調理員', 'closed');
insert into portal.account (id, email, display_name, role, company_id, locale, last_signed_in_at) values
    ('00000000-0000-4000-8000-000000000a01', 'alice@acme.example.jp', 'Alice', 'recruiter', '00000000-0000-4000-8000-000000000c01', 'en', now() - interval '1 hour'),
    ('00000000-0000-4000-8000-000000000a02', 'bob@acme.example.jp', 'Bob', 'recruiter', '00000000-0000-4000-8000-000000000c01', 'en', null),
    ('00000000-0000-4000-8000-000000000a03', 'sato@shokai.example', 'Sato', 'compliance', null, 'en', null);
insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash, told) values
    ('00000000-0000-4000-8000-000000000a01', '\x000102030405060708090a0b0c0d0e0f', 2, 19456, 1,
     '\x21af6b2dc88eec6f2c9983c999e4ed75caa43b95e714b563fe290c34218917b7', false),
    ('00000000-0000-4000-8000-000000000a02', '\x202122232425262728292a2b2c2d2e2f', 2, 19456, 1,
     '\xdfd22b96acd89af6d7778ab3b4241be6ed0f61ed7a0b85fd6f1faa1361044a16', true),
    ('00000000-0000-4000-8000-000000000a03', '\x101112131415161718191a1b1c1d1e1f', 2, 19456, 1,
     '\x499828e1437d0681d62cac956724c7da163f0821356a88b93bd464a1d96f26df', false);
insert into portal.session (id, account_id, secret_hash, started_at, last_seen_at, expires_at, ended_at, ip) values
    ('00000000-0000-4000-8000-000000000b01', '00000000-0000-4000-8000-000000000a01', sha256(rpad('live-cookie-of-alice', 43, '-')::bytea),
     now() - interval '1 hour', now() - interval '1 minute', now() + interval '11 hours', null, '127.0.0.1'),
    ('00000000-0000-4000-8000-000000000b02', '00000000-0000-4000-8000-000000000a01', sha256(rpad('ended-cookie-of-alice', 43, '-')::bytea),
     now() - interval '2 hours', now() - interval '1 minute', now() + interval '10 hours', now() - interval '1 minute', '127.0.0.1'),
    ('00000000-0000-4000-8000-000000000b03', '00000000-0000-4000-8000-000000000a01', sha256(rpad('stale-cookie-of-alice', 43, '-')::bytea),
     now() - interval '9 hours', now() - interval '8 hours', now() + interval '3 hours', null, '127.0.0.1');
insert into portal.agreement (id, reference, company_id, number, items, purposes, contact_days, text, signatory_name,
                              company_signed_at, operator_signed_at, effective_at, grace_days) values
    ('00000000-0000-4000-8000-000000000d01', 'AG-1', '00000000-0000-4000-8000-000000000c01', 'SK-1', 16383, 3, 30, '契約の本文。', '試験 太郎',
     '2026-01-08T15:00Z', '2026-01-08T15:00Z', '2026-01-09T15:00Z', 14);
insert into portal.undertaking (agreement_id, account_id, accepted_at) values
    ('00000000-0000-4000-8000-000000000d01', '00000000-0000-4000-8000-000000000a01', '2026-01-20T15:00Z');
insert into portal.notice (id, reference, version, language, text, published_at) values
    ('00000000-0000-4000-8000-000000000f01', 'sharing', 1, 'ja', :notice, '2025-12-31T15:00Z');
insert into personal.candidate (id, reference, regime) values
    ('00000000-0000-4000-8000-000000000901', 'P1', 'general'),
    ('00000000-0000-4000-8000-000000000902', 'P2', 'general'),
    ('00000000-0000-4000-8000-000000000903', 'P3', 'general'),
    ('00000000-0000-4000-8000-000000000904', 'P4', 'general');
insert into personal.candidate_items (candidate_id, name, email, nationality, date_of_birth, age, gender, address) values
    ('00000000-0000-4000-8000-000000000901', '{"display": "သီရိအောင်", "latin": "THIRI AUNG"}', 'thiri@example.jp', 'MM', '1997-10-04', 29, 'female', null),
    ('00000000-0000-4000-8000-000000000902', '{"display": "Minh", "latin": "MINH"}', null, 'VN', null, null, null, '{"country": "JP"}'),
    ('00000000-0000-4000-8000-000000000903', '{"display": "Hoa", "latin": "HOA"}', 'hoa@example.jp', 'VN', null, null, null, '{"country": "FR"}'),
    ('00000000-0000-4000-8000-000000000904', '{"display": "Hoa", "latin": "HOA"}', 'HOA@example.jp', 'VN', null, null, null, '{"country": "JP"}');
insert into personal.document_key (candidate_id, master_key_id, wrapped_key) values
    ('00000000-0000-4000-8000-000000000902', 'of-then', '\x00');
insert into personal.document (candidate_id, kind, title, media_type, bytes, object_key, content_digest, received_digest) values
    ('00000000-0000-4000-8000-000000000902', 'resume_original', 'resume.pdf', 'application/pdf', 10, 'of-then', sha256('1'), sha256('2'));
insert into personal.consent (reference, candidate_id, company_id, notice_id, items, purposes, given_at, expires_at) values
    ('CS-1', '00000000-0000-4000-8000-000000000901', '00000000-0000-4000-8000-000000000c01', '00000000-0000-4000-8000-000000000f01', 16383, 3,
     '2026-01-31T15:00Z', null),
    ('CS-2', '00000000-0000-4000-8000-000000000902', '00000000-0000-4000-8000-000000000c01', '00000000-0000-4000-8000-000000000f01', 8193, 3,
     '2026-01-31T15:00Z', null),
    ('CS-3', '00000000-0000-4000-8000-000000000903', '00000000-0000-4000-8000-000000000c01', '00000000-0000-4000-8000-000000000f01', 1, 3,
     '2026-01-31T15:00Z', null);
insert into personal.introduction (id, reference, code, candidate_id, company_id, opening_id, stage, introduced_at) values
    ('00000000-0000-4000-8000-000000000701', 'IN-1', 'SK-P1P1P1', '00000000-0000-4000-8000-000000000901', '00000000-0000-4000-8000-000000000c01',
     '00000000-0000-4000-8000-000000000e01', 'interview', '2026-02-02T15:00Z'),
    ('00000000-0000-4000-8000-000000000702', 'IN-2', 'SK-P2P2P2', '00000000-0000-4000-8000-000000000902', '00000000-0000-4000-8000-000000000c01',
     '00000000-0000-4000-8000-000000000e01', 'introduced', '2026-02-02T15:00Z'),
    ('00000000-0000-4000-8000-000000000703', 'IN-3', 'SK-P3P3P3', '00000000-0000-4000-8000-000000000903', '00000000-0000-4000-8000-000000000c01',
     '00000000-0000-4000-8000-000000000e02', 'decided', '2026-02-02T15:00Z');
insert into personal.outcome (id, introduction_id, result, reason, recorded_at, recorded_by) values
    ('00000000-0000-4000-8000-000000000801', '00000000-0000-4000-8000-000000000703', 'not_hired', 'position_filled', now() - interval '3 days',
     '00000000-0000-4000-8000-000000000a01');

-- The log: the first entries had random ids, the later ones ids in the order of time; reasons were bits.
insert into accesslog.entry (id, recorded_at, action, decision, actor_id, role, company_id, session_id, introduction_id, purpose, items, reasons, consent_id,
                             agreement_id, subject_id, commitment)
select case when given.place > 2 then accesslog.entry_id(at) else ('00000000-0000-4000-8000-00000000000' || given.place)::uuid end, at, action, decision,
       actor_id, case when actor_id is not null then 'recruiter' end, case when actor_id is not null then '00000000-0000-4000-8000-000000000c01'::uuid end,
       case when actor_id is not null then '00000000-0000-4000-8000-000000000b01'::uuid end, introduction_id, purpose, items, reasons, consent_id,
       case when items > 0 then '00000000-0000-4000-8000-000000000d01'::uuid end, subject_id,
       accesslog.commitment(sha256(given.place::text::bytea), candidate_id, '192.168.7.7', 'Firefox')
from (values
    (1, 'sign_in', 'refused', null::uuid, null::uuid, 0, 0, 1 << 23, null::uuid, '00000000-0000-4000-8000-000000000a01'::uuid, null::uuid),
    (2, 'sign_in', 'permitted', '00000000-0000-4000-8000-000000000a01', null, 0, 0, 0, null, '00000000-0000-4000-8000-000000000a01', null),
    (3, 'page_shown', 'permitted', '00000000-0000-4000-8000-000000000a01', '00000000-0000-4000-8000-000000000701', 1, 9, 0,
     (select id from personal.consent where reference = 'CS-1'), null, '00000000-0000-4000-8000-000000000901'),
    (4, 'page_shown', 'refused', '00000000-0000-4000-8000-000000000a01', '00000000-0000-4000-8000-000000000703', 1, 0, (1 << 8) | (1 << 17), null, null,
     '00000000-0000-4000-8000-000000000903'),
    (5, 'outcome_recorded', 'permitted', '00000000-0000-4000-8000-000000000a01', '00000000-0000-4000-8000-000000000703', 0, 0, 0, null,
     '00000000-0000-4000-8000-000000000801', '00000000-0000-4000-8000-000000000903')
) as given (place, action, decision, actor_id, introduction_id, purpose, items, reasons, consent_id, subject_id, candidate_id),
    lateral (select greatest(date_trunc('month', now(), 'UTC'), now() - interval '1 hour') + given.place * interval '1 millisecond' as at) as moment;
insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
select entry.id, entry.recorded_at, sha256(place::text::bytea), candidate.id, '192.168.7.7', 'Firefox'
from (select *, row_number() over (order by recorded_at) as place from accesslog.entry) as entry
left join personal.introduction on introduction.id = entry.introduction_id
left join personal.candidate on candidate.id = introduction.candidate_id;
