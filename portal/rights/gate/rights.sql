grant delete on personal.name_token to portal_gate;
grant delete on portal.mail to portal_gate;
grant update (reference, erased_at, account_manager_id, source_digest, confirmed_at, former_digest, former_regime, loosened_at, lifted_at) on personal.candidate to portal_gate;
