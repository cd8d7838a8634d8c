drop table personal.provision_mark, personal.provision, portal.company_particulars;
