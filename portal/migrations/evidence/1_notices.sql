-- A notice says what can be consented to under it. What it says to people of a certain law, or of a country abroad, is quoted
-- from its text. A row from before this has none of it, and opens nothing until somebody says it.

alter table portal.regime add column mask integer;
update portal.regime set mask = case code when 'general' then 1 when 'eea' then 2 when 'california' then 4 end;
alter table portal.regime alter column mask set not null, add unique (mask);

alter table portal.notice
    add column policy_version date,
    add column purposes integer check (purposes between 1 and 3),
    add column items integer check (items between 1 and 16383),
    add column regimes integer check (regimes between 1 and 7),
    add column explicit_items integer check (explicit_items & items = explicit_items),
    add column promises_expiry boolean,
    add column country text check (country ~ '^[A-Z]{2}$'),
    add column passages jsonb not null default '{}' check (jsonb_typeof(passages) = 'object'),
    add column valid_until timestamptz check (valid_until > published_at),
    add column original_digest bytea,
    add constraint said_at_once check (
        num_nulls(policy_version, purposes, items, regimes, explicit_items, promises_expiry) in (0, 6)),
    add constraint policy_was_there check (policy_version <= (published_at at time zone 'Asia/Tokyo')::date),
    add constraint abroad_is_told check (country is null or passages ?& array['country', 'system', 'measures']),
    add constraint law_is_told check (
        (regimes & 2 = 0 or passages ? 'eea') and (regimes & 4 = 0 or passages ? 'california')),
    add constraint explicit_is_told check (explicit_items = 0 or passages ? 'explicit');
update portal.notice set original_digest = original.text_digest
from portal.notice as original
where notice.language <> 'ja' and original.language = 'ja'
  and (original.reference, original.version) = (notice.reference, notice.version);
