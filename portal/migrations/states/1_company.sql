-- When a company or a position was changed last, so that nobody overwrites what they have not seen; and since when and why a company is over.
alter table portal.company
    add column changed_at timestamptz not null default now(),
    add column terminated_at timestamptz,
    add column termination_reason text check (length(termination_reason) <= 500);
alter table portal.opening add column changed_at timestamptz not null default now();
