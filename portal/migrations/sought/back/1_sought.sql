drop index accesslog.entry_contact;
drop index accesslog.entry_contact_items;
drop index accesslog.entry_original;
drop index accesslog.entry_reasoned;
