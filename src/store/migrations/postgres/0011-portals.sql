-- Which portal a hand-off came from, for PostgreSQL. Twin of sqlite/0011-portals.sql.

alter table handoff_ticket add column issuer text;
alter table handoff_ticket add column portal_session text;
alter table handoff_ticket add column target text;
