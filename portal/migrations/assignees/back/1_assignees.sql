alter table personal.introduction drop column assigned_to, drop column assigned_capacity;
