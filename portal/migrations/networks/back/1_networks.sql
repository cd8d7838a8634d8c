drop table portal.company_network;
