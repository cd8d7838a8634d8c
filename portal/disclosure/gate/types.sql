create type gate.search_filter as (
    name text, opening_id uuid, stage text, japanese_rank smallint, work_permission text, decided boolean, code text,
    japanese_own_rank smallint,  -- japanese_rank is of what a test certified, this one of what people say of themselves
    outcome text, unread boolean,
    assigned text,  -- "me" or "nobody"
    keywords text, qualification text,  -- words of background and qualifications, and of qualifications alone
    language text, available_months smallint  -- a code of gate.language_names; can begin within so many months
);
-- How far a search has looked: in a list by stage a stage's place, and an hour.
create type gate.place as (stage_place smallint, at timestamptz);
-- What was judged of one introduction, for one purpose.
create type gate.judged_row as (
    introduction_id uuid, candidate_id uuid, consent_id uuid, agreement_id uuid, purpose integer, open_items integer, reasons bigint
);
-- An introduction that a search found.
create type gate.found_row as (
    introduction_id uuid, candidate_id uuid, consent_id uuid, agreement_id uuid, opening_id uuid, code text, stage text,
    introduced_at timestamptz, selection_items integer, contact_items integer, decided_at timestamptz, contact_until timestamptz,
    inactive_at timestamptz, changed_at timestamptz, stage_place smallint
);
create type gate.disclosed_row as (
    introduction_id uuid, entry_id uuid, recorded_at timestamptz, purpose text, items integer, open_items integer,
    name jsonb, email text, photo uuid, nationality text, address jsonb, date_of_birth date, age integer, gender text, telephone text,
    background jsonb, qualifications jsonb, residence_status jsonb, japanese_level jsonb
);
-- What stands beside the items on a candidate's page: the introduction itself and the basis it rests on.
create type gate.basis_row as (
    introduction_id uuid, code text, stage text, introduced_at timestamptz,
    opening_title text, opening_title_latin text, opening_description text,
    selection_items integer, contact_items integer, decided_at timestamptz, contact_until timestamptz,
    consent_given_at timestamptz, consent_until timestamptz, consent_items integer, notice_version integer, notice_published_at timestamptz,
    agreement_number text, agreement_version integer, agreement_until timestamptz, contact_days integer, opening_closed boolean, selection_held integer, inactive_at timestamptz, sources jsonb, documents jsonb, outcomes jsonb,
    assigned_to uuid, colleagues jsonb, notes jsonb, scorecards jsonb, changed_at timestamptz, stage_place smallint
);
