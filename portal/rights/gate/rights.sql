grant insert on portal.company_particulars to portal_gate;
grant insert, update (items, purposes, first_at, last_at, person_name, contract), delete on personal.provision to portal_gate;
grant update (until) on personal.provision_mark to portal_gate;
grant delete on personal.note, personal.evidence, personal.statement, personal.law_change, personal.document, personal.document_key,
    personal.name_token, personal.candidate_items, accesslog.entry_subject, portal.mail to portal_gate;
grant update (note) on personal.outcome to portal_gate;
grant update (reference, erased_at, account_manager_id, source_digest, confirmed_at) on personal.candidate to portal_gate;
