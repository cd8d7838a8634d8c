-- The one place that writes what a password is checked against.

create function gate.put_credential(account uuid, salt bytea, proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer,
                                    temporary boolean)
returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.credential as kept (account_id, salt, proof_hash, time_cost, memory_kib, parallelism, temporary)
    values (account, salt, proof_hash, time_cost, memory_kib, parallelism, temporary)
    on conflict (account_id) do update
    set salt = excluded.salt, proof_hash = excluded.proof_hash, time_cost = excluded.time_cost, memory_kib = excluded.memory_kib,
        parallelism = excluded.parallelism, temporary = excluded.temporary, changed_at = now()
$$;
