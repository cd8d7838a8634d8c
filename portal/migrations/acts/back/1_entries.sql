alter table accesslog.entry
    drop column facts,
    drop column subject_kind,
    alter column schema_version set default 1;

create table portal.reason (
    mask integer primary key,
    code text not null unique,
    missing_fact boolean not null default false
);
insert into portal.reason (mask, code, missing_fact)
select 1 << (place - 1)::integer, code, code like '%\_unknown'
from unnest(array[
    'no_live_session', 'not_for_this_role', 'other_company', 'undertaking_not_accepted',
    'company_not_active', 'agreement_not_in_force', 'purpose_not_in_agreement',
    'consent_not_given', 'consent_withdrawn', 'consent_expired', 'purpose_not_in_consent',
    'candidate_restricted', 'candidate_objecting', 'candidate_erased',
    'company_outside_japan', 'network_outside_japan', 'foreign_transfer_notice_missing',
    'window_closed', 'item_not_open', 'no_such_record',
    'regime_unknown', 'company_country_unknown', 'network_country_unknown',
    'password_wrong', 'too_many_tries', 'account_not_active', 'nothing_to_correct'
]) with ordinality as listed(code, place);

-- A reason that came later has no bit to go back to; the entry stays refused.
create function accesslog.bits_of(reasons text[]) returns integer
language sql stable as $$ select coalesce(sum(mask), 0)::integer from portal.reason where code = any (reasons) $$;

alter table accesslog.entry
    alter column reasons type integer using case when reasons is null then 0 else accesslog.bits_of(reasons) end,
    alter column reasons set default 0,
    alter column reasons set not null;

drop function accesslog.bits_of(text[]);
drop table accesslog.action, accesslog.fact, accesslog.reason;
