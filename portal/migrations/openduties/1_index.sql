create index deletion_duty_open on personal.deletion_duty (company_id) where attested_at is null;
