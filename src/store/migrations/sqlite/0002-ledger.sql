-- The ledger of issued assertions, for SQLite. Twin of postgres/0002-ledger.sql.

-- One row for each assertion that left this house, chained by hashes. No references: it stands alone.
-- The sequence is unique, and so is the row before: a chain with two ends cannot be written.
create table ledger (
  sequence integer not null primary key,
  assertion_id text not null unique,
  issuer text not null,
  request_id text not null,
  account_id text not null,
  session_index text not null,
  issued_at_ms integer not null,
  digest text not null,
  previous_hash text not null unique,
  hash text not null
) strict;

-- Its end. Whoever appends holds this row, so that all processes write one chain.
create table ledger_head (
  id integer not null primary key check (id = 1),
  sequence integer not null,
  hash text not null
) strict;

-- Where it begins: the last row that retention has removed, or nothing.
create table ledger_anchor (
  id integer not null primary key check (id = 1),
  sequence integer not null,
  hash text not null,
  issued_before_ms integer
) strict;

insert into ledger_head (id, sequence, hash)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
insert into ledger_anchor (id, sequence, hash)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Append-only. Rows up to the anchor may go, and the anchor only moves on to a row that is there.
create trigger ledger_stays before update on ledger
  begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_is_kept before delete on ledger
  when old.sequence > (select sequence from ledger_anchor)
  begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_anchor_moves_on before update on ledger_anchor
  when new.sequence <= old.sequence or not exists (
    select 1 from ledger where sequence = new.sequence and hash = new.hash
  )
  begin select raise(abort, 'the anchor of the ledger moves on to one of its rows'); end;
create trigger ledger_anchor_is_kept before delete on ledger_anchor
  begin select raise(abort, 'the anchor of the ledger is kept'); end;
create trigger ledger_head_moves_on before update on ledger_head
  when new.sequence < old.sequence
  begin select raise(abort, 'the head of the ledger moves on'); end;
create trigger ledger_head_is_kept before delete on ledger_head
  begin select raise(abort, 'the head of the ledger is kept'); end;
