create type gate.search_filter as (
    name text, opening_id uuid, stage text, japanese_rank smallint, work_permission text, decided boolean, code text
);
