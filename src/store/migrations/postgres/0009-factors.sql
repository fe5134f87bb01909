-- Second factors, passkeys, recovery codes, and sign-ins that wait for one, for PostgreSQL. Twin of sqlite/0009-factors.sql.

create table totp_factor (
  role text not null,
  owner text not null,
  sealed_secret text not null,
  last_step bigint not null,
  added_at_ms bigint not null,
  primary key (role, owner)
);

create table passkey (
  credential_id text not null primary key,
  role text not null,
  owner text not null,
  public_key text not null,
  counter bigint not null,
  transports text not null,
  name text not null,
  added_at_ms bigint not null,
  used_at_ms bigint
);

create index passkey_by_owner on passkey (role, owner);

create table recovery_code (
  role text not null,
  owner text not null,
  code_hash text not null,
  primary key (role, owner, code_hash)
);

-- A password was proven; the second factor is missing.
create table pending_sign_in (
  id_hash text not null primary key,
  browser_hash text not null,
  role text not null,
  owner text not null,
  method text not null,
  next text not null,
  expires_at_ms bigint not null
);

create index pending_sign_in_by_end on pending_sign_in (expires_at_ms);

create table passkey_challenge (
  challenge_hash text not null primary key,
  browser_hash text not null,
  purpose text not null,
  expires_at_ms bigint not null
);

create index passkey_challenge_by_end on passkey_challenge (expires_at_ms);
