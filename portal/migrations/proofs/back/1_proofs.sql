alter table personal.document drop column shows_former;
alter table personal.candidate_items drop constraint sources_proved;
