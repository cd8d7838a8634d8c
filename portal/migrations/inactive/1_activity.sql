-- An agreement of before sets no such time, and nothing that was signed changes. When something was last done in the older
-- introductions nobody noted: as of now.
alter table portal.agreement add column inactive_days integer check (inactive_days between 1 and 365);
alter table personal.introduction
    add column last_activity_at timestamptz not null default now(),
    add column end_reminded_at timestamptz,
    add column end_told_at timestamptz;
insert into portal.mail_kind (code) values ('selection_ends_soon'), ('selection_ended'), ('position_closed');
