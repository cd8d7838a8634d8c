-- What few entries have is found by an index of these alone, in the order of time: contact, contact details, the uploaded original, and reasons. Other items and
-- purposes are so frequent that they are found by walking through the log.
create index entry_contact on accesslog.entry (recorded_at desc, id desc) where purpose & 2 <> 0;
create index entry_contact_items on accesslog.entry (recorded_at desc, id desc) where items & 274 <> 0;
create index entry_original on accesslog.entry (recorded_at desc, id desc) where items & 8192 <> 0;
create index entry_reasoned on accesslog.entry (recorded_at desc, id desc) where reasons is not null;
