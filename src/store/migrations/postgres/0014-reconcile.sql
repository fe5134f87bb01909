-- How connections came about, and how they compare with Huawei's view, for PostgreSQL. Twin of
-- sqlite/0014-reconcile.sql.

-- What Huawei says of the account: frozen (is_frozen) and how it is associated (association_type).
alter table binding add column frozen text;
alter table binding add column association text;

-- Notices that wait for the partner API are found by their account.
create index notice_held on notice (x_user_id, received_at_ms) where outcome = 'held';
create index notice_held_by_age on notice (received_at_ms, id) where outcome = 'held';

-- Every change of a connection: who, why, and what proves it. Ids only, nothing personal.
create table binding_move (
  account_id text collate "C" not null references account (account_id),
  entry bigint not null,
  from_state text not null,
  to_state text not null,
  actor_kind text not null,
  actor_id text not null,
  reason text not null,
  note text,
  domain_id text,
  notice_id text,
  answer text,
  at_ms bigint not null,
  primary key (account_id, entry)
);

insert into binding_move (account_id, entry, from_state, to_state, actor_kind, actor_id, reason, domain_id, at_ms)
  select account_id, 1, 'none', state, 'job', 'upgrade', 'kept', domain_id,
    coalesce(bound_at_ms, asked_at_ms, 0) from binding where state <> 'none';

-- The function is one line, because a line that ends with a semicolon ends a statement here.
create function binding_move_refuses() returns trigger language plpgsql as
  $$ begin raise exception 'the history of connections is append-only'; end $$;

create trigger binding_move_stays before update or delete on binding_move
  for each row execute function binding_move_refuses();
create trigger binding_move_is_not_emptied before truncate on binding_move
  for each statement execute function binding_move_refuses();

-- Comparisons with Huawei's list of customers. position is how far one is; counts is JSON.
create table reconcile_run (
  id text collate "C" not null primary key,
  state text not null,
  is_dry_run bigint not null,
  position bigint not null,
  total bigint,
  counts text not null,
  started_at_ms bigint not null,
  moved_at_ms bigint not null,
  finished_at_ms bigint
);

create index reconcile_run_by_start on reconcile_run (started_at_ms);

-- Which customers of Huawei and which accounts of ours an unfinished comparison has met.
create table reconcile_seen (
  run_id text collate "C" not null,
  seen text collate "C" not null,
  primary key (run_id, seen)
);

-- Differences that an operator decides about. ours and theirs are JSON.
create table reconcile_finding (
  id text collate "C" not null primary key,
  state text not null,
  kind text not null,
  proposal text not null,
  account_id text collate "C" not null,
  domain_id text collate "C" not null,
  ours text not null,
  theirs text not null,
  run_id text collate "C" not null,
  found_at_ms bigint not null,
  seen_at_ms bigint not null,
  decided_by text,
  decided_at_ms bigint,
  note text
);

create index reconcile_finding_by_state on reconcile_finding (state, id);
