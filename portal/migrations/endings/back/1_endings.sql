alter table accesslog.unsigned_act drop column reason;
drop index portal.link_session_end_session_id_idx;
delete from portal.link_session_end as later
using portal.link_session_end as former
where former.session_id = later.session_id and (former.ended_at, former.id) < (later.ended_at, later.id);
alter table portal.link_session_end
    drop column id, add primary key (session_id), alter column ended_at set default now();
