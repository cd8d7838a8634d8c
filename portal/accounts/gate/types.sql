-- Who is asking, as gate.viewer finds them.

create type gate.viewer_row as (
    session_id uuid, account_id uuid, role text, company_id uuid,
    agreement_id uuid,  -- the newest agreement in force under which this account accepted the undertaking
    country text,       -- where the session's network is; null when unknown
    ip inet, agent text,
    capacity integer, holder integer,  -- those of the account as whoever asks began
    within boolean      -- whether they come from a network of their company, if it named any; null when unknown
);

-- Who is asking by a personal link, as gate.link_visitor finds them.
create type gate.link_row as (session_id uuid, link_id uuid, kind text, account_id uuid, ip inet, agent text, holder integer,
                              agreement_id uuid);  -- of a signatory, who has no account

-- By which name and origin a try to sign in is counted.
create type gate.trier as (digest bytea, origin inet);

-- What an administrator can change of an account.
create type gate.account_details as (display_name text, email text, role text, company_id uuid);

-- An account in an act on it, and whoever acts.
create type gate.held_account as (viewer gate.viewer_row, whose portal.account);
