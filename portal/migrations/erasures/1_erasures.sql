-- That a person was erased: who decided it, on what ground, and how it was asked for. It names nobody but the officer.
create table personal.erasure (
    id uuid primary key default gen_random_uuid(),
    candidate_id uuid not null unique references personal.candidate,
    ground text not null check (ground in ('person_asked', 'purpose_over', 'consent_withdrawn', 'unlawful', 'legal_duty')),
    reason text not null check (length(reason) between 1 and 500),
    channel text not null check (channel in ('telephone', 'paper')),
    note text not null check (length(note) between 1 and 500),
    officer_id uuid not null references portal.account,
    erased_at timestamptz not null default now(),
    gone jsonb not null check (jsonb_typeof(gone) = 'object' and not jsonb_path_exists(gone, '$.* ? (@.type() != "number")'))
);
create index on personal.erasure (officer_id);
create index on personal.erasure (erased_at desc);
-- A text of staff or of a company's people in which the person's name stood then: blacked out, or left to be looked at.
create table personal.erasure_text (
    erasure_id uuid not null references personal.erasure,
    kind text not null check (kind in ('alert', 'review', 'review_note', 'leave', 'kept_search', 'view', 'note', 'outcome', 'question', 'scorecard',
                                       'company', 'account', 'agreement', 'screening', 'statement', 'law_change', 'opening', 'succession', 'consent')),
    record_id uuid not null,
    blacked boolean not null,
    primary key (erasure_id, kind, record_id)
);
do $$
declare
    made text;
begin
    foreach made in array array['erasure', 'erasure_text'] loop
        execute format('alter table personal.%I enable row level security, force row level security', made);
        execute format('create policy owner_all on personal.%I to portal_owner using (true) with check (true)', made);
    end loop;
end
$$;

-- From whom the items were that were provided (APPI 29, 30): a record says it after an erasure as before.
alter table personal.provision add column sources text[] not null default '{}' check (sources <@ array['person', 'platform', 'staff', 'employer']);
update personal.provision as record
set sources = coalesce((
    select array_agg(distinct told.value ->> 'source') from personal.candidate_items as items
    cross join lateral jsonb_each(items.sources) as told (key, value)
    where items.candidate_id = record.candidate_id and told.value ->> 'source' is not null), '{}');

insert into portal.mail_kind (code) values ('review_assigned'), ('certification_of_yours');
