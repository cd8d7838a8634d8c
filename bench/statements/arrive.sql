begin;
select * from gate.arrive(rpad('bench-' || :who || '-' || (:client_id % 16 + 1)::text || '-', 43, 'x'), '{"id": "3f0ad4a8-6a3c-4d2e-8a0e-0d3f5f6f7a11", "ip": "127.0.0.1", "agent": "bench"}');
