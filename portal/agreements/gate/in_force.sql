-- What lacks anything that makes it an agreement is in force at no time.
--
-- Stable and not immutable, although nothing in it changes: adding days to a timestamptz is only stable. PostgreSQL puts a
-- function's body into the query it is used in only when the body keeps what the function promises.
-- for: portal_web
create function gate.in_force(agreement portal.agreement, t timestamptz) returns boolean
language sql stable parallel safe as $$
    select gate.in_force_otherwise(agreement, t)
        and (agreement.campaign_ends_at is null or agreement.campaign_ends_at > t)
        and (agreement.left_at is null or agreement.left_at > t)
$$;

-- The same, but for two ends that have reasons of their own: a newer version was not signed (campaigns.sql), and the company left the group
-- whose agreement it had joined (group_agreements.sql).
-- for: portal_web
create function gate.in_force_otherwise(agreement portal.agreement, t timestamptz) returns boolean
language sql stable parallel safe as $$
    select agreement.lacks is null
        and agreement.company_signed_at <= t and agreement.operator_signed_at <= t
        and agreement.effective_at <= t
        and (agreement.expires_at is null or agreement.expires_at > t)
        and (agreement.terminated_at is null or agreement.terminated_at > t)
        and (agreement.group_ends_at is null or agreement.group_ends_at > t)
        and (agreement.superseded_at is null or agreement.superseded_at + make_interval(hours => 24 * agreement.grace_days) > t)
$$;

-- When an agreement that is in force ends by itself; null when nothing ends it.
-- for: portal_web
create function gate.end_of(agreement portal.agreement) returns timestamptz
language sql stable parallel safe as $$
    select least(agreement.expires_at, agreement.terminated_at, agreement.campaign_ends_at, agreement.group_ends_at, agreement.left_at,
                 agreement.superseded_at + make_interval(hours => 24 * agreement.grace_days))
$$;
