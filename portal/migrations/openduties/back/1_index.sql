drop index personal.deletion_duty_open;
