-- The version before keeps whatever law stands: nothing is loosened by going back.
create index on personal.candidate_items using hash (telephone);
drop index personal.candidate_items_split_part_idx;
drop index personal.candidate_erased_at_idx;
alter table personal.candidate drop column former_digest;
