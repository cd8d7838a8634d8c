drop index personal.candidate_items_lower_idx;
drop index personal.candidate_items_telephone_idx;
alter table personal.candidate drop column least_regime;
