select gate.home();
commit;
