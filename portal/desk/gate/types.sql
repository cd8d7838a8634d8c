-- An introduction that stands on a home page of the operator's people, and when something happens or happened to it.
create type gate.at_home as (introduction_id uuid, at timestamptz);
