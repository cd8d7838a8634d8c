grant delete on personal.name_token to portal_gate;

grant select on portal.item, portal.purpose, portal.regime to portal_web;
create policy web_reads on portal.item for select to portal_web using (true);
create policy web_reads on portal.purpose for select to portal_web using (true);
create policy web_reads on portal.regime for select to portal_web using (true);
grant update (regime, least_regime, restricted_at, objected_at, updated_at) on personal.candidate to portal_gate;
