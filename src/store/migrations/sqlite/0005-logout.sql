-- Single logout that is under way, for SQLite. Twin of postgres/0005-logout.sql.

create table logout (
  id text not null primary key,
  browser_hash text,
  issuer text,
  request_id text,
  relay_state text,
  expires_at_ms integer not null
) strict;

create index logout_by_end on logout (expires_at_ms);

-- A site that the session was used for, and what it said.
create table logout_step (
  logout_id text not null,
  issuer text not null,
  account_id text not null,
  name_id text not null,
  session_index text not null,
  outcome text not null,
  request_id text unique,
  expires_at_ms integer not null,
  primary key (logout_id, issuer)
) strict;

create index logout_step_by_end on logout_step (expires_at_ms);

create index answer_by_sign_in on answer (session_index);
