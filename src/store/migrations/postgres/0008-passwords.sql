-- One-time links that set a password, and browsers in which somebody has shown theirs, for PostgreSQL. Twin of
-- sqlite/0008-passwords.sql.

-- One for each account: a new link takes the place of the old one.
create table password_link (
  account_id text not null primary key,
  token_hash text not null unique,
  expires_at_ms bigint not null
);

create index password_link_by_end on password_link (expires_at_ms);

-- One browser may be known to several people.
create table device_mark (
  token_hash text not null,
  role text not null,
  person_id text not null,
  expires_at_ms bigint not null,
  primary key (token_hash, role, person_id)
);

create index device_mark_by_person on device_mark (role, person_id);
create index device_mark_by_end on device_mark (expires_at_ms);
