-- Who is signed in, who tried, and the record of what was done, for SQLite. Twin of
-- postgres/0015-people.sql.

alter table session add column seen_at_ms integer;

-- Who is signed in with a session. It goes with the session, in the same statement.
create table session_person (
  id_hash text not null references session (id_hash) on delete cascade,
  role text not null,
  person_id text not null,
  method text not null,
  started_at_ms integer not null,
  network text,
  agent text,
  upstream text,
  upstream_session text,
  primary key (id_hash, role)
) strict;

create index session_person_by_person on session_person (role, person_id);

-- The newest attempts to sign in of each person.
create table sign_in (
  id integer not null primary key,
  role text not null,
  person_id text not null,
  at_ms integer not null,
  method text not null,
  refusal text,
  network text,
  agent text
) strict;

create index sign_in_by_person on sign_in (role, person_id, id);

-- An account whose person was erased keeps its id, so that nobody else is given it.
alter table account add column erased_at_ms integer;

-- A viewer looks and changes nothing.
alter table operator add column role text not null default 'editor';

-- The record of what was done. Facts are objects as JSON.
create table audit (
  sequence integer not null primary key,
  at_ms integer not null,
  action text not null,
  actor_kind text not null,
  actor_id text not null,
  subject text,
  address text,
  reference text,
  before_facts text,
  after_facts text
) strict;

create index audit_by_subject on audit (subject, sequence);
create index audit_by_actor on audit (actor_id, sequence);
create index audit_by_action on audit (action, sequence);
create index audit_by_at on audit (at_ms);

-- Its end, and how far retention has removed it. Whoever appends holds this row: the order of the
-- sequence is the order in which events became durable, and a reader that follows misses none.
create table audit_head (
  id integer not null primary key check (id = 1),
  sequence integer not null,
  removed_to integer not null
) strict;

insert into audit_head (id, sequence, removed_to) values (1, 0, 0);

-- Append-only: rows are never changed, and only those go that retention has given up.
create trigger audit_stays before update on audit
  begin select raise(abort, 'the audit record is append-only'); end;
create trigger audit_is_kept before delete on audit
  when old.sequence > (select removed_to from audit_head)
  begin select raise(abort, 'the audit record is append-only'); end;
create trigger audit_head_moves_on before update on audit_head
  when new.sequence < old.sequence or new.removed_to < old.removed_to
  begin select raise(abort, 'the head of the audit record moves on'); end;
create trigger audit_head_is_kept before delete on audit_head
  begin select raise(abort, 'the head of the audit record is kept'); end;

-- How far those have got who take the events elsewhere, and which process does it.
create table audit_reader (
  name text not null primary key,
  sequence integer not null,
  holder text,
  held_until_ms integer not null
) strict;
