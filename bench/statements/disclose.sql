begin;
select set_config('portal.session', rpad('bench-' || :who || '-' || (:client_id % 16 + 1)::text || '-', 43, 'x'), true), set_config('portal.request', '{"id": "3f0ad4a8-6a3c-4d2e-8a0e-0d3f5f6f7a11", "ip": "127.0.0.1", "agent": "bench"}', true);
select count(*) from gate.disclose((:ids::uuid[])[1:25], null, 'listed', 6145);
commit;
