-- What a search can look for in a person's background and qualifications: words folded for comparing, the languages by code, and from when on
-- they can work. One row for each person, looked at once the item is judged open. The gate's trigger keeps it.
create table personal.candidate_words (
    candidate_id uuid primary key references personal.candidate,
    background text not null,
    qualifications text not null,
    languages text[] not null,
    available_from text
);
alter table personal.candidate_words enable row level security, force row level security;
create policy owner_all on personal.candidate_words to portal_owner using (true) with check (true);
