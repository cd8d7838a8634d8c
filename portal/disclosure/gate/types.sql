create type gate.search_filter as (
    name text, opening_id uuid, stage text, japanese_rank smallint, work_permission text, decided boolean, code text,
    japanese_own_rank smallint  -- japanese_rank is of what a test certified, this one of what people say of themselves
);
