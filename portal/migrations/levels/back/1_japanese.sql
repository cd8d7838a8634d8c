alter table personal.candidate_items drop column japanese_certified;
create index candidate_items_candidate_id_japanese_rank_work_permission_idx
    on personal.candidate_items (candidate_id, japanese_rank, work_permission);
update personal.candidate_items set japanese_level = japanese_level || '{"cefr": "A2", "rank": 2}'::jsonb
where japanese_level ->> 'cefr' in ('A2.1', 'A2.2');
