-- When and why a company was sent to screening. Until now compliance saw each one whose record was whole.
alter table portal.company
    add column screening_asked_at timestamptz,
    add column screening_reason text check (length(screening_reason) <= 500);
update portal.company set screening_asked_at = changed_at
where status = 'pending' and country is not null and (country <> 'JP' or corporate_number is not null)
  and address is not null and representative is not null;
