-- Whether somebody has opened a candidate's page is asked for each row of a list. The log knows it; most of its entries are of lists.
create index entry_read_by on accesslog.entry (introduction_id, actor_id) where action = 'page_shown' and decision = 'permitted';
