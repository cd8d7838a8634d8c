-- A list that will be published is none yet, whoever writes it. What stands already is not judged anew.
alter table portal.group_list add constraint published check (published_on <= (added_at at time zone 'Asia/Tokyo')::date) not valid;
