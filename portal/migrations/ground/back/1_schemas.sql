drop schema accesslog, personal, portal cascade;
