drop index personal.consent_withdrawn;
