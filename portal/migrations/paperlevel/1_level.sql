-- Which level the electronic signature of a paper has: without a time-stamp, with one, or with all that is needed to judge it when
-- certificates have ended, and an archive time-stamp over it.
alter table portal.agreement_paper add column level text check (level in ('B-B', 'B-T', 'B-LTA'));
update portal.agreement_paper set level = case when time_stamped then 'B-T' else 'B-B' end;
alter table portal.agreement_paper alter column level set not null, drop column time_stamped;
