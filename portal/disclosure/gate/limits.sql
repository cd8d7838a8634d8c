-- How many files one person may save in a day, where the agreement says a number. It is asked when a file is asked for and once more
-- when it leaves. It is a condition of saving and none of the rule: what is open stays open, and is read as before.

-- How many files an account saved today. The sheet of a ZIP tells of files that are counted already.
create function gate.saved_today(account uuid) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select count(*)::integer from personal.download as taken
    where taken.account_id = saved_today.account and taken.downloaded_at >= gate.day_begins(gate.day_of(now())) and taken.saved and taken.kind not in ('index', 'print')
$$;

-- How many it may save today in all: the agreement's number, once more with a reason, and once more for each approval by an
-- administrator of the company. Null where the agreement sets no limit.
create function gate.may_save_today(viewer gate.viewer_row) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select agreement.daily_downloads * (1 + (
        select count(*)::integer from personal.download_leave as leave
        where leave.account_id = viewer.account_id and leave.day = gate.day_of(now())
          and (leave.granted or not leave.needs_approval)))
    from portal.agreement where agreement.id = viewer.agreement_id
$$;

create function gate.is_over_limit(viewer gate.viewer_row) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when found.most is null then false else gate.saved_today(viewer.account_id) >= found.most end
    from (select gate.may_save_today(viewer) as most) as found
$$;
