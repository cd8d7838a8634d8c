grant usage on type gate.search_filter to portal_web;
