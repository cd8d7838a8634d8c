-- When a company was last reminded of a selection in which nothing is done. Those that are still to be decided are found by how long that is.
alter table personal.introduction add column reminded_at timestamptz;
create index introduction_reminded on personal.introduction (company_id, reminded_at) where reminded_at is not null;
create index introduction_quiet on personal.introduction (company_id, last_activity_at) where decided_at is null or undone_at is not null;
insert into portal.mail_kind (code) values ('decision_overdue'), ('undecided_told');
