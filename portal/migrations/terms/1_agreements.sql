-- The parties as they were then, who signed and by what authority, and what an imported text says in its own words. Then where
-- the signed paper is kept, and the states from draft to signature. What an agreement lacks is reckoned by the database
-- (portal/agreements/gate/terms.sql): a row from before this has none of it.
alter table portal.agreement
    add column company_name text,
    add column company_name_latin text,
    add column company_address text,
    add column company_representative text,
    add column company_corporate_number text,
    add column company_country text,
    add column operator_name text,
    add column operator_address text,
    add column operator_representative text,
    add column signatory_title text,
    add column signatory_email text,
    add column signatory_authority text,
    add column template_version integer,
    add column territory text[] check (cardinality(territory) > 0),
    add column passages jsonb not null default '{}' check (jsonb_typeof(passages) = 'object'),
    add column evidence text,
    add column drafted_at timestamptz not null default now(),
    add column drafted_by uuid references portal.account,
    add column sent_at timestamptz,
    add column declined_at timestamptz,
    add column declined_reason text,
    add column withdrawn_at timestamptz,
    add column operator_signed_by uuid references portal.account,
    add column terms_digest bytea,
    add column lacks text[] default
        '{company_particulars_missing,operator_particulars_missing,authority_missing,evidence_missing,days_not_in_text,items_not_in_text}',
    add constraint declined_with_reason check (declined_at is null or declined_reason is not null);
alter table portal.agreement alter column lacks drop default, alter column grace_days set default 0;
update portal.agreement set drafted_at = created_at;
create index on portal.agreement (drafted_by);
create index on portal.agreement (operator_signed_by);
