-- A provision record with what it names. "sources" are from whom the provided items were.
create type gate.provision_row as (
    id uuid, introduction_id uuid, candidate_id uuid, code text, person_reference text, person_name text, company_id uuid,
    name text, name_latin text, corporate_number text, country text, address text, representative text,
    items text[], purposes text[], first_at timestamptz, last_at timestamptz, consent_given_at timestamptz,
    notice text, notice_version integer, agreement_number text, agreement_version integer,
    operator_name text, operator_address text, operator_representative text, contract text, kept_until timestamptz, sources text[]
);
