-- An item that staff established or an employer certified names its evidence. What was called so without one came with the platform's file, so it is
-- the platform's again.
update personal.candidate_items as items
set sources = (select coalesce(jsonb_object_agg(one.key, one.value), '{}') from jsonb_each(items.sources) as one
               where one.value ->> 'source' not in ('staff', 'employer') or coalesce(one.value ->> 'evidence', '') <> '')
where jsonb_path_exists(items.sources, '$.* ? (@.source == "staff" || @.source == "employer")');

alter table personal.candidate_items add constraint sources_proved check (
    not jsonb_path_exists(sources, '$.* ? ((@.source == "staff" || @.source == "employer") && !(@.evidence like_regex "[^ ]"))'));

-- A file shows what was corrected since: it is taken out of use, and the same file does not come back by an import.
alter table personal.document add column shows_former boolean not null default false check (not shows_former or replaced_at is not null);
