-- In which form an account read a resume last; the tab opens in it.
alter table portal.account add column resume_tab text check (resume_tab in ('ja-era', 'ja-western', 'en-western', 'original'));
