alter table personal.candidate_items drop constraint born;
