alter table portal.notice
    drop constraint said_at_once, drop constraint policy_was_there, drop constraint abroad_is_told,
    drop constraint law_is_told, drop constraint explicit_is_told,
    drop column policy_version, drop column purposes, drop column items, drop column regimes, drop column explicit_items,
    drop column promises_expiry, drop column country, drop column passages, drop column valid_until, drop column original_digest;
alter table portal.regime drop column mask;
