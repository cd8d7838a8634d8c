create type gate.log_filter as (
    recorded_from timestamptz, recorded_to timestamptz, company_id uuid, actor_id uuid, action text, decision text, introduction_code text,
    candidate_reference text,  -- looked for where no introduction has that code
    role text, purpose text, reason text, item text, session_id uuid,
    request_of uuid, address_of uuid,  -- of the same request, or from the same address, as this entry
    address text, document bytea, person_id uuid, hour integer
);
-- What a filter stands for, once what it names is found: see gate.looked_for.
create type gate.log_asked as (
    recorded_from timestamptz, recorded_to timestamptz, company_id uuid, actor_id uuid, action text, decision text, role text,
    purpose integer, reason text, item integer, session_id uuid, request_id uuid, address inet, document bytea, hour integer,
    one uuid, introduction uuid, person uuid, nothing boolean
);
-- An entry with the names of what it has the ids of.
create type gate.log_row as (
    id uuid, recorded_at timestamptz, action text, decision text, reasons text[], actor_id uuid, actor_name text, role text,
    company_id uuid, company_name text, company_name_latin text, introduction_id uuid, introduction_code text, candidate_reference text,
    purposes text[], items text[], consent_id uuid, agreement_id uuid, agreement_number text, agreement_digest bytea, document_digest bytea, commitment bytea,
    session_id uuid, request_id uuid, subject_id uuid, subject_kind text, subject_name text, facts jsonb, subject_kept boolean, ip text, agent text,
    candidate_id uuid
);
