-- A correction that says what stands already. It is refused, and recorded: it told whoever sent it that their guess was right.

insert into portal.reason (mask, code) values (1 << 26, 'nothing_to_correct');
