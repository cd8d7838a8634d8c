begin;
with made as (
    select accesslog.entry_id(now()) as entry, uuid_send(gen_random_uuid()) as salt, asked
    from unnest((:ids::uuid[])[1:25]) as asked
), entries as (
    insert into accesslog.entry (id, action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items,
                                 decision, reasons, consent_id, agreement_id, commitment)
    select entry, 'listed', :one::uuid, 'recruiter', :one::uuid, :one::uuid, :one::uuid, asked, 1, 6145, 'permitted', null, :one::uuid, :one::uuid, salt || salt from made
)
insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
select entry, now(), salt, asked, '127.0.0.1', 'bench' from made;
commit;
