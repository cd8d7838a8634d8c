-- By the item's code: "source" (person, platform, staff or employer), "at", when it was confirmed last, and "corrected" when staff corrected it
-- on the person's word. An item that is not named came from the platform, as all did before.
alter table personal.candidate_items add column sources jsonb not null default '{}' check (
    jsonb_typeof(sources) = 'object'
    and not jsonb_path_exists(sources, '$.* ? (!(@.source == "person" || @.source == "platform" || @.source == "staff" || @.source == "employer"))'));
