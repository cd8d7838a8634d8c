-- Which acts of the log are about a file.

-- Whether an act shows somebody a resume or an original, on the page or to keep.
create function gate.reads_or_saves(act text) returns boolean
language sql immutable as $$ select act in (@'resume_read', @'resume_downloaded', @'document_opened', @'document_downloaded') $$;

-- Whether it is to be kept: what the day's limit counts.
create function gate.saves(act text) returns boolean
language sql immutable as $$ select act in (@'resume_downloaded', @'document_downloaded') $$;
