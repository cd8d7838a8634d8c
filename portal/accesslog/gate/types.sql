create type gate.log_filter as (
    recorded_from timestamptz, recorded_to timestamptz, company_id uuid, actor_id uuid, action text, decision text, introduction_code text,
    candidate_reference text  -- looked for where no introduction has that code
);
