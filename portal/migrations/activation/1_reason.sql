-- Since when a company is active, and why, as whoever activated or reactivated it said.
alter table portal.company add column activated_at timestamptz, add column activation_reason text check (length(activation_reason) <= 500);
