-- Many companies, all but a few looked after by one account manager: each with an agreement that ends soon, and two campaigns that ask all of
-- them, of which every third has signed the newer version. Said anew at each run, so that a world that was kept still ends soon.

update portal.company set account_manager_id = bench.id('account_manager', case when n % 50 = 0 then 3 else 2 end)
from bench.company as made where portal.company.id = bench.id('company', n);

insert into portal.agreement_template (version, title_ja, title_en, clauses, words, most_items, most_contact_days, most_grace_days,
                                       most_term_days, within, digest, drafted_by, approved_by, approved_at)
select version, 'Bench', 'Bench', '[{}]', '{"ja": {}, "en": {}}', 16383, 365, 90, 3660, '{JP}', sha256('bench'),
       bench.id('compliance', 1), bench.id('compliance', 2), now()
from generate_series(1, 2) as version
on conflict do nothing;

delete from portal.campaign where reason = 'bench';
insert into portal.campaign (template_version, reason, started_at, started_by, ends_at)
select version, 'bench', now() - interval '1 day', bench.id('compliance', 1), now() + interval '40 days' + version * interval '1 day'
from generate_series(1, 2) as version;

update portal.agreement set expires_at = now() + interval '30 days', campaign_ends_at = now() + interval '41 days'
from bench.company where agreement.id = bench.id('agreement', n) and agreement.expires_at > now();

insert into portal.agreement (id, reference, company_id, number, items, purposes, text, passages, template_version,
                              company_name, company_address, company_representative, company_corporate_number, company_country,
                              operator_name, operator_address, operator_representative, signatory_name, signatory_title, signatory_authority,
                              evidence, company_signed_at, operator_signed_at, effective_at, expires_at)
select bench.id('newer', n), 'N' || n, company_id, 'AN-' || n, items, purposes, text, passages, 2,
       company_name, company_address, company_representative, company_corporate_number, company_country,
       operator_name, operator_address, operator_representative, signatory_name, signatory_title, signatory_authority,
       evidence, now(), now(), now() + interval '20 days', now() + interval '3000 days'
from bench.company join portal.agreement on agreement.id = bench.id('agreement', n)
where n % 3 = 0
on conflict do nothing;

analyze portal.company, portal.agreement, portal.campaign;
