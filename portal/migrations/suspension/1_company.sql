-- Since when a company is suspended, and why as far as anyone said: whoever looks after it has to know what would lift it.
alter table portal.company add column suspended_at timestamptz, add column suspension_reason text check (length(suspension_reason) <= 500);
