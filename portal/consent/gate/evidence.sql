-- What a notice says, and what a statement opens because of it. Both are reckoned here, whoever writes the row: an import, a
-- command, a page or a program. A word that stands in the columns reckoned here is written over.

-- The day on which the policy first allowed sharing with companies (S63).
create function gate.sharing_since() returns date
language sql immutable parallel safe as $$ select date '2024-02-13' $$;

-- A translation says what its Japanese original says, and carries its digest. What is quoted stands in the text, and each item and
-- purpose that is covered is named in it. Of a notice that was published nothing is altered: what it says can be added once, and
-- its end can be brought forward.
create function gate.keep_notice() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    original portal.notice;
    passage text;
begin
    if tg_op = 'UPDATE' and (
        (new.reference, new.version, new.language, new.text, new.published_at)
            is distinct from (old.reference, old.version, old.language, old.text, old.published_at)
        or old.items is not null
            and (new.policy_version, new.purposes, new.items, new.regimes, new.explicit_items, new.promises_expiry, new.most_days, new.country, new.passages)
                is distinct from (old.policy_version, old.purposes, old.items, old.regimes, old.explicit_items, old.promises_expiry, old.most_days, old.country, old.passages)
        or old.valid_until is not null and (new.valid_until is null or new.valid_until > old.valid_until)
    ) then
        raise exception 'a notice that was published is not altered' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if new.language <> 'ja' then
        select * into original from portal.notice
        where notice.reference = new.reference and notice.version = new.version and notice.language = 'ja';
        if original.id is null then
            raise exception 'a translation needs its Japanese original' using errcode = 'foreign_key_violation';
        end if;
        new.policy_version := original.policy_version; new.purposes := original.purposes; new.items := original.items;
        new.regimes := original.regimes; new.explicit_items := original.explicit_items; new.promises_expiry := original.promises_expiry;
        new.most_days := original.most_days; new.country := original.country; new.passages := original.passages; new.original_digest := original.text_digest;
        new.valid_until := original.valid_until; new.leaves_out := original.leaves_out;
        return new;
    end if;
    new.original_digest := null;
    for passage in select value from jsonb_each_text(new.passages) loop
        if length(passage) < 4 or strpos(gate.unspaced(new.text), gate.unspaced(passage)) = 0 then
            raise exception 'what is quoted from a notice stands in its text' using errcode = 'check_violation';
        end if;
    end loop;
    if new.most_days is not null and not gate.number_named(coalesce(new.passages ->> 'expiry', ''), new.most_days) then
        raise exception 'the days after which a consent ends are named in the text' using errcode = 'check_violation';
    end if;
    if new.country is not null and not new.passages ? 'differences' and (tg_op = 'INSERT' or old.items is null) then
        raise exception 'a notice of another country says what differs from Japan''s law' using errcode = 'check_violation';
    end if;
    new.leaves_out := gate.leaves_out(new);
    if new.leaves_out <> '{}' and (tg_op = 'INSERT' or old.items is null) then
        raise exception 'what a notice covers is named in its text: % is not', array_to_string(new.leaves_out, ', ')
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger kept before insert or update on portal.notice for each row execute function gate.keep_notice();

-- What was added to an original holds for its translations, and for every statement made under it.
create function gate.spread_notice() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.language = 'ja' then
        update portal.notice set original_digest = null
        where notice.reference = new.reference and notice.version = new.version and notice.language <> 'ja';
    end if;
    update personal.consent set lacks = null where consent.notice_id = new.id;
    return null;
end
$$;
create trigger spread after update on portal.notice for each row execute function gate.spread_notice();

-- What a statement lacks before anything of it can be believed; null when nothing. The words are in portal/consent/lacks.py.
create function gate.lacks(consent personal.consent, notice portal.notice) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select nullif(array_remove(array[
        case when notice.items is null then 'notice_not_described' end,
        case when notice.leaves_out <> '{}' then 'notice_names_less' end,
        case when notice.policy_version < gate.sharing_since() then 'policy_before_sharing' end,
        case when consent.given_at < notice.published_at or consent.given_at >= notice.valid_until then 'given_outside_notice' end,
        case when consent.given_at > consent.created_at then 'given_in_future' end,
        case when notice.promises_expiry and consent.expires_at is null then 'expiry_missing' end,
        case when consent.expires_at > consent.given_at + make_interval(hours => 24 * (notice.most_days + 1)) then 'expiry_beyond_promise' end,
        case when consent.channel is null or consent.channel <> 'page' and gate.is_blank(consent.evidence) then 'evidence_missing' end
    ], null), '{}')
$$;

create function gate.keep_consent() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    notice portal.notice;
begin
    select * into notice from portal.notice as shown where shown.id = new.notice_id;
    new.open_items := coalesce(new.items & notice.items, 0);
    new.open_purposes := coalesce(new.purposes & notice.purposes, 0);
    new.explicit_items := coalesce(new.items & notice.explicit_items, 0);
    new.regimes := coalesce(notice.regimes, 0);
    new.told_country := notice.country;
    new.lacks := gate.lacks(new, notice);
    return new;
end
$$;
create trigger kept before insert or update on personal.consent for each row execute function gate.keep_consent();

-- The statements that count and open nothing, with what each lacks: its evidence is imported, or the person is asked anew. What was withdrawn, has
-- ended or was replaced needs no proof.
-- for: portal_owner
create function gate.consents_to_mend() returns table (consent text, candidate text, company text, lacks text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select newest.reference, candidate.reference, company.reference, newest.lacks
    from (select distinct on (company_id, candidate_id) * from personal.consent
          order by company_id, candidate_id, given_at desc, id desc) as newest
    join personal.candidate on candidate.id = newest.candidate_id
    join portal.company on company.id = newest.company_id
    where newest.lacks is not null and (newest.expires_at is null or newest.expires_at > now())
      and not exists (select from personal.consent as said
                      where said.company_id = newest.company_id and said.candidate_id = newest.candidate_id
                        and (said.id = newest.id and said.withdrawn_at is not null or said.withdrawn_at >= newest.given_at))
    order by newest.reference
$$;

-- What is lacking, how often, and of which first, for `portal doctor`.
-- for: portal_owner
create function gate.unproved_consents() returns table (lack text, many bigint, first text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select lack, count(*), (array_agg(consent order by consent))[1:5]
    from gate.consents_to_mend() cross join lateral unnest(lacks) as lack
    group by lack order by lack
$$;
