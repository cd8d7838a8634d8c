-- The version before keeps whatever law stands: nothing is loosened by going back.
select 1;
