grant select on portal.notice to portal_web;
create policy web_reads on portal.notice for select to portal_web using ((select gate.viewer_account()) is not null);
