-- The statements of one list page, as portal.selection.handlers.candidates sends them.
select pg_advisory_unlock_all(); close all; unlisten *; reset all; begin;
