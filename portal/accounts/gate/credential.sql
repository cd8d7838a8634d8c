grant insert, update (salt, proof_hash, time_cost, memory_kib, parallelism, changed_at, temporary, holder) on portal.credential to portal_gate;

-- The one place that writes what a password is checked against: the password of a holder, who may be the former one by now.

create function gate.put_credential(account uuid, salt bytea, proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer,
                                    temporary boolean, holder integer)
returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.credential as kept (account_id, salt, proof_hash, time_cost, memory_kib, parallelism, temporary, holder)
    values (account, salt, proof_hash, time_cost, memory_kib, parallelism, temporary, holder)
    on conflict (account_id) do update
    set salt = excluded.salt, proof_hash = excluded.proof_hash, time_cost = excluded.time_cost, memory_kib = excluded.memory_kib,
        parallelism = excluded.parallelism, temporary = excluded.temporary, holder = excluded.holder,
        changed_at = now()
    where kept.holder <= excluded.holder
$$;

-- The passwords that count: what another holder of the account chose, before its e-mail changed, does not.
create view gate.live_credential as
    select credential.* from portal.credential join portal.account on account.id = credential.account_id and account.holder = credential.holder;
