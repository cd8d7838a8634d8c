alter table portal.agreement_paper add column time_stamped boolean;
update portal.agreement_paper set time_stamped = level <> 'B-B';
alter table portal.agreement_paper alter column time_stamped set not null, drop column level;
