-- What a rule found: whose account, of which company, on which day in Japanese time, when, and what was measured.
create type gate.found_alert as (account_id uuid, company_id uuid, day date, noticed_at timestamptz, measured integer);
create type gate.alert_row as (
    id uuid, kind text, threshold integer, account_id uuid, name text, role text, company_id uuid, company_name text, company_name_latin text,
    day date, noticed_at timestamptz, measured integer, raised_at timestamptz, owner_id uuid, owner text, decision text, note text, decided_by text,
    decided_at timestamptz, live bigint
);
