alter table personal.candidate_items drop column sources;
