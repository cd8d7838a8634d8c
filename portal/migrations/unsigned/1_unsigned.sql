-- What was asked without a live sign-in, and refused: counted here, and entered into the log as one entry with a number.
create table accesslog.unsigned_act (
    id bigint generated always as identity primary key,
    action text not null references accesslog.action,
    number integer not null,
    recorded_at timestamptz not null default now()
);
alter table accesslog.unsigned_act enable row level security, force row level security;
create policy owner_all on accesslog.unsigned_act to portal_owner using (true) with check (true);
