-- How many files one person may save in a day, where the agreement or the company's administrators say a number. It is asked when a file is asked for and once more
-- when it leaves. It is a condition of saving and none of the rule: what is open stays open, and is read as before.

-- How many files an account saved today. The sheet of a ZIP tells of files that are counted already.
create function gate.saved_today(account uuid) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select count(*)::integer from personal.download as taken
    where taken.account_id = saved_today.account and taken.downloaded_at >= gate.day_begins(gate.day_of(now())) and taken.saved and taken.kind not in ('index', 'print')
$$;

-- How many files a day an account may save at that moment without a reason: what the agreement says, or fewer where an administrator of the company
-- said so, for everybody or for this account. Theirs only tightens: what the agreement says holds whatever they set before it. Null: no limit.
create function gate.daily_downloads(agreement uuid, company uuid, account uuid, moment timestamptz) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select least(
        (select bound.daily_downloads from portal.agreement as bound where bound.id = daily_downloads.agreement),
        (select own.daily from portal.download_limit as own
         where own.company_id = company and own.account_id is null and own.set_at <= moment order by own.set_at desc limit 1),
        (select own.daily from portal.download_limit as own
         where own.company_id = company and own.account_id = account and own.set_at <= moment order by own.set_at desc limit 1))
$$;

-- How many it may save today in all: that number, once more with a reason, and once more for each approval by an administrator of the
-- company. Null where nothing sets a limit.
create function gate.may_save_today(viewer gate.viewer_row) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select gate.daily_downloads(viewer.agreement_id, viewer.company_id, viewer.account_id, clock_timestamp()) * (1 + (
        select count(*)::integer from personal.download_leave as leave
        where leave.account_id = viewer.account_id and leave.day = gate.day_of(now())
          and (leave.granted or not leave.needs_approval)))
$$;

create function gate.is_over_limit(viewer gate.viewer_row) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when found.most is null then false else gate.saved_today(viewer.account_id) >= found.most end
    from (select gate.may_save_today(viewer) as most) as found
$$;
