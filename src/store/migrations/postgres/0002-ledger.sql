-- The ledger of issued assertions, for PostgreSQL. Twin of sqlite/0002-ledger.sql.

-- One row for each assertion that left this house, chained by hashes. No references: it stands alone.
-- The sequence is unique, and so is the row before: a chain with two ends cannot be written.
create table ledger (
  sequence bigint not null primary key,
  assertion_id text collate "C" not null unique,
  issuer text not null,
  request_id text not null,
  account_id text not null,
  session_index text not null,
  issued_at_ms bigint not null,
  digest text not null,
  previous_hash text not null unique,
  hash text not null
);

-- Its end. Whoever appends holds this row, so that all processes write one chain.
create table ledger_head (
  id integer not null primary key check (id = 1),
  sequence bigint not null,
  hash text not null
);

-- Where it begins: the last row that retention has removed, or nothing.
create table ledger_anchor (
  id integer not null primary key check (id = 1),
  sequence bigint not null,
  hash text not null,
  issued_before_ms bigint
);

insert into ledger_head (id, sequence, hash)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
insert into ledger_anchor (id, sequence, hash)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Append-only. Rows up to the anchor may go, and the anchor only moves on to a row that is there.
-- Each function is one line, because a line that ends with a semicolon ends a statement here.
create function ledger_refuses() returns trigger language plpgsql as
  $$ begin raise exception 'the ledger is append-only'; end $$;
create function ledger_keeps() returns trigger language plpgsql as
  $$ begin if old.sequence > (select sequence from ledger_anchor) then raise exception 'the ledger is append-only'; end if; return old; end $$;
create function ledger_anchor_moves_on() returns trigger language plpgsql as
  $$ begin if new.sequence <= old.sequence or not exists (select 1 from ledger where sequence = new.sequence and hash = new.hash) then raise exception 'the anchor of the ledger moves on to one of its rows'; end if; return new; end $$;
create function ledger_head_moves_on() returns trigger language plpgsql as
  $$ begin if new.sequence < old.sequence then raise exception 'the head of the ledger moves on'; end if; return new; end $$;

create trigger ledger_stays before update on ledger
  for each row execute function ledger_refuses();
create trigger ledger_is_kept before delete on ledger
  for each row execute function ledger_keeps();
create trigger ledger_is_not_emptied before truncate on ledger
  for each statement execute function ledger_refuses();
create trigger ledger_anchor_moves_on before update on ledger_anchor
  for each row execute function ledger_anchor_moves_on();
create trigger ledger_anchor_is_kept before delete on ledger_anchor
  for each row execute function ledger_refuses();
create trigger ledger_head_moves_on before update on ledger_head
  for each row execute function ledger_head_moves_on();
create trigger ledger_head_is_kept before delete on ledger_head
  for each row execute function ledger_refuses();
