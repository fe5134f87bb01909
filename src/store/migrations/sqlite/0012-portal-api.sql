-- The portal API: its keys, what was answered once, and webhooks with what waits for them, for SQLite. Twin of postgres/0012-portal-api.sql.

create table api_key (
  id text not null primary key,
  name text not null unique,
  secret_hash text not null,
  scopes text not null,
  created_at_ms integer not null,
  expires_at_ms integer,
  used_at_ms integer,
  revoked_at_ms integer
) strict;

-- The answer is sealed with the caller's own key: it may hold a link, a secret or a person's data.
create table idempotency (
  key_id text not null,
  idempotency_key text not null,
  request_hash text not null,
  holder text not null,
  held_until_ms integer not null,
  started_at_ms integer not null,
  answer text,
  expires_at_ms integer not null,
  primary key (key_id, idempotency_key)
) strict;

create index idempotency_by_end on idempotency (expires_at_ms);

create table webhook (
  name text not null primary key,
  id text not null,
  url text not null,
  kinds text not null,
  generation integer not null,
  previous_until_ms integer,
  created_at_ms integer not null,
  delivered_at_ms integer,
  failing_since_ms integer,
  problem text,
  ended_at_ms integer
) strict;

create table webhook_delivery (
  id text not null primary key,
  webhook text not null,
  event_id text not null,
  kind text not null,
  body text not null,
  state text not null,
  attempts integer not null,
  next_at_ms integer not null,
  holder text,
  held_until_ms integer not null,
  created_at_ms integer not null,
  problem text,
  expires_at_ms integer not null,
  unique (webhook, event_id)
) strict;

create index webhook_delivery_by_turn on webhook_delivery (state, next_at_ms);
create index webhook_delivery_by_end on webhook_delivery (expires_at_ms);
