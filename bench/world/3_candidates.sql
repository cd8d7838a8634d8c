-- Candidates, their items, the pieces of their names, their documents.

insert into personal.candidate (id, reference, regime, account_manager_id, restricted_at, objected_at)
select bench.id('candidate', n), 'P' || n,
       case when n % 16 = 5 then 'eea' when n % 50 = 7 then 'california' else 'general' end, bench.id('account_manager', 1 + n % 20),
       case when n % 200 = 3 then now() - interval '5 days' end, case when n % 300 = 4 then now() - interval '5 days' end
from generate_series(0, current_setting('bench.candidates')::integer - 1) as n;

insert into personal.candidate_items (candidate_id, name, email, photo, nationality, address, date_of_birth, gender, telephone, background,
                                      qualifications, residence_status, japanese_level)
select bench.id('candidate', n), name.name, format('person-%s@people.example', n), case when n % 5 < 3 then bench.id('photo', n) end,
       (array['VN', 'MM', 'CN', 'NP', 'ID', 'KR'])[1 + n % 6],
       jsonb_build_object('country', 'JP', 'postal_code', '100-0001', 'region', '東京都', 'city', '例示市', 'line', n || '番地'),
       date '1980-01-01' + (n % 9000)::integer, case when n % 2 = 0 then 'female' else 'male' end, '+8190' || lpad(n::text, 8, '0'), career.career,
       '[{"name": "Forklift", "issuer": "Example Authority", "date": "2022-05"}, {"name": "普通自動車免許", "issuer": null, "date": "2021-01"}]',
       case n % 4
           when 0 then '{"code": "student", "detail": null, "expires": "2028-03-31", "work": "with_permission"}'
           when 1 then '{"code": "engineer_specialist_humanities_international", "detail": null, "expires": "2029-03-31", "work": "within_scope"}'
           when 2 then '{"code": "permanent_resident", "detail": null, "expires": null, "work": "unrestricted"}'
           else '{"code": "designated_activities", "detail": null, "expires": "2027-09-30", "work": "designated"}'
       end::jsonb,
       case when rank = 0 then '{"test": "self", "level": null, "score": null, "date": null, "rank": 0, "cefr": null}'
            else jsonb_build_object('test', 'JLPT', 'level', 'N' || (6 - rank), 'score', 120, 'date', '2025-12', 'rank', rank, 'cefr', null) end
from (
    select n, (array[0, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5])[1 + n * 7919 % 11] as rank
    from generate_series(0, current_setting('bench.candidates')::bigint - 1) as n
) as person
join bench.name on name.number = person.n * 7919 % (select count(*) from bench.name)
join bench.career on career.number = person.n % 200;

insert into personal.name_token (candidate_id, token)
select distinct bench.id('candidate', n), token.token
from generate_series(0, current_setting('bench.candidates')::bigint - 1) as person(n)
join bench.name on name.number = person.n * 7919 % (select count(*) from bench.name)
cross join lateral unnest(array[name.family, name.middle, name.given]) as part(piece)
join bench.token on token.piece = part.piece;

insert into personal.candidate_words
select bench.id('candidate', n), said.background_words, said.qualification_words, said.languages, said.available_from
from generate_series(0, current_setting('bench.candidates')::bigint - 1) as person(n)
join (select career.number, made.* from bench.career
      cross join lateral gate.words_of(career.career, '[{"name": "Forklift"}, {"name": "普通自動車免許"}]') as made) as said
    on said.number = person.n % 200;

insert into personal.document (id, candidate_id, kind, title, media_type, pages, bytes, object_key, content_digest, received_digest, holds)
select bench.id(kind, n), bench.id('candidate', n), kind, kind, case kind when 'photo' then 'image/jpeg' else 'application/pdf' end, 1, 100000,
       format('%s/%s', n, kind), sha256(int4send(n)), sha256(int4send(n)), case kind when 'photo' then 4 else 8191 end
from generate_series(0, current_setting('bench.candidates')::integer - 1) as n
join unnest(array['photo', 'resume_original']) as kind on kind <> 'photo' or n % 5 < 3;
