-- JFT-Basic from August 2026: 145 A1, 175 A2.1, 200 A2.2 (S3). A2.1 is not A2, and ranks below N4.
update personal.candidate_items set japanese_level = japanese_level || case
    when (japanese_level ->> 'score')::numeric >= 200 then '{"cefr": "A2.2", "rank": 2}'::jsonb else '{"cefr": "A2.1", "rank": 1}'::jsonb end
where japanese_level ->> 'test' = 'JFT-Basic' and japanese_level ->> 'date' >= '2026-08'
  and case when jsonb_typeof(japanese_level -> 'score') = 'number' then (japanese_level ->> 'score')::numeric >= 175 end;

-- The level filter counts what a test certified apart from what people say of themselves. No test: neither.
alter table personal.candidate_items
    add column japanese_certified boolean generated always as (japanese_level ->> 'test' <> 'self') stored;
create index on personal.candidate_items (candidate_id, japanese_rank, japanese_certified, work_permission);  -- so that filters leave the wide rows alone
drop index personal.candidate_items_candidate_id_japanese_rank_work_permission_idx;
