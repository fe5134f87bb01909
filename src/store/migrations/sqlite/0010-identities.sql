-- Who vouches for which account, and sign-ins at an OpenID provider that are under way, for SQLite. Twin of postgres/0010-identities.sql.

-- One identity, one account; one account, one identity of each issuer.
create table identity (
  issuer text not null,
  subject text not null,
  account_id text not null,
  linked_at_ms integer not null,
  primary key (issuer, subject)
) strict;

create unique index identity_by_account on identity (account_id, issuer);

create table oidc_trip (
  state_hash text not null primary key,
  browser_hash text not null,
  nonce text not null,
  code_verifier text not null,
  next text not null,
  wants_fresh_sign_in integer not null,
  started_at_ms integer not null,
  expires_at_ms integer not null
) strict;

create index oidc_trip_by_end on oidc_trip (expires_at_ms);
