-- The first tables, for SQLite. Twin of postgres/0001-first.sql: same tables, same columns.
-- Columns named _at_ms are milliseconds since 1970, columns named is_ are 0 or 1.

-- Customers. The keys hold the folded names: a name is unique whatever its case.
create table account (
  account_id text not null primary key,
  login text not null,
  login_key text not null unique,
  email text,
  email_key text unique,
  name text,
  mobile text,
  password_hash text,
  is_enabled integer not null,
  created_at_ms integer not null
) strict;

-- Staff who may use the console.
create table operator (
  login text not null,
  login_key text not null primary key,
  password_hash text not null,
  is_enabled integer not null,
  created_at_ms integer not null
) strict;

-- Browser sessions, by the fingerprint of their id.
create table session (
  id_hash text not null primary key,
  body text not null,
  expires_at_ms integer not null
) strict;

-- Accepted AuthnRequests; (issuer, request_id) is also the memory that stops a replay.
create table parked_request (
  id text not null primary key,
  browser_hash text,
  issuer text not null,
  request_id text not null,
  acs_url text not null,
  relay_state text,
  wants_fresh_sign_in integer not null,
  is_passive integer not null,
  name_id_format text,
  wanted_context text,
  arrived_at_ms integer not null,
  expires_at_ms integer not null,
  answered_at_ms integer,
  unique (issuer, request_id)
) strict;

-- Signed answers. No reference to the request, which is forgotten first.
create table answer (
  assertion_id text not null primary key,
  issuer text not null,
  request_id text not null,
  account_id text not null references account (account_id),
  name_id text not null,
  session_index text not null,
  session_hash text not null,
  answered_at_ms integer not null
) strict;

-- People on their way to the portal.
create table trip (
  state_hash text not null primary key,
  browser_hash text not null,
  next text not null,
  expires_at_ms integer not null
) strict;

-- Verified hand-offs that wait for the browser.
create table handoff_ticket (
  ticket_hash text not null primary key,
  account_id text not null,
  state_hash text,
  expires_at_ms integer not null
) strict;

-- Hand-off tokens that have been used.
create table used_token (
  token_hash text not null primary key,
  expires_at_ms integer not null
) strict;

-- Counts of attempts.
create table counter (
  key text not null primary key,
  points integer not null,
  expires_at_ms integer not null
) strict;

-- Accounts and their Huawei Cloud domains.
create table binding (
  account_id text not null primary key references account (account_id),
  state text not null,
  domain_id text unique,
  domain_name text,
  asked_at_ms integer,
  bound_at_ms integer,
  source text,
  confirmed_at_ms integer,
  conflict_domain_id text,
  conflict_domain_name text
) strict;

-- Who has a domain: written first, so that one of two accounts wins without an error.
create table domain_holder (
  domain_id text not null primary key,
  account_id text not null references binding (account_id)
) strict;

-- Bind notifications, word for word. They may name an account that is not known.
create table notice (
  id text not null primary key,
  digest text not null unique,
  bind_request text not null,
  sig_alg text not null,
  signature text not null,
  x_user_id text not null,
  domain_id text not null,
  domain_name text,
  bind_action text not null,
  outcome text not null,
  received_at_ms integer not null,
  times integer not null,
  last_received_at_ms integer not null
) strict;

-- Where the opening of an account stands.
create table activation (
  account_id text not null primary key references account (account_id),
  step text not null,
  domain_name text not null,
  email text not null,
  area text not null,
  domain_id text,
  problem text,
  started_at_ms integer not null,
  changed_at_ms integer not null
) strict;

-- Values drawn once.
create table setting (
  name text not null primary key,
  value text not null
) strict;

-- SP metadata of the sandbox.
create table party (
  entity_id text not null primary key,
  xml text not null,
  saved_at_ms integer not null
) strict;

create index session_by_expires on session (expires_at_ms);
create index parked_request_by_expires on parked_request (expires_at_ms);
create index answer_by_name_id on answer (issuer, name_id);
create index answer_by_account on answer (account_id, answered_at_ms);
create index trip_by_expires on trip (expires_at_ms);
create index handoff_ticket_by_expires on handoff_ticket (expires_at_ms);
create index used_token_by_expires on used_token (expires_at_ms);
create index counter_by_expires on counter (expires_at_ms);
create index notice_by_received on notice (received_at_ms, id);
create index activation_by_changed on activation (changed_at_ms);
