drop table portal.saved_view;
