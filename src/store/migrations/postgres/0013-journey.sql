-- The opening of accounts as a journey: every step in a journal, and who does the work, for PostgreSQL.
-- Twin of sqlite/0013-journey.sql.

-- The number of the last entry in the journal; whoever moves an activation must have read it.
alter table activation add column entry bigint not null default 0;
alter table activation add column attempt bigint not null default 1;

-- Set while it is not known what became of a request to create.
alter table activation add column create_asked_at_ms bigint;

-- When the service looks again by itself; null is never.
alter table activation add column resume_at_ms bigint;

create index activation_by_resume on activation (resume_at_ms);

update activation set create_asked_at_ms = changed_at_ms, resume_at_ms = changed_at_ms
  where step in ('create-asked', 'unknown');

-- Until now "created" was the last step: it meant that the connection was made, or contradicted.
update activation set step = 'associated', problem = 'BIND_CONFLICT'
  where step = 'created' and domain_id not in
    (select domain_id from binding where binding.account_id = activation.account_id and domain_id is not null);
update activation set step = 'bound' where step = 'created';

create table activation_journal (
  account_id text collate "C" not null references account (account_id),
  entry bigint not null,
  attempt bigint not null,
  step text not null,
  outcome text not null,
  problem text,
  request_id text,
  at_ms bigint not null,
  primary key (account_id, entry)
);

-- Append-only; it holds nothing personal.
-- The function is one line, because a line that ends with a semicolon ends a statement here.
create function activation_journal_refuses() returns trigger language plpgsql as
  $$ begin raise exception 'the journal of activations is append-only'; end $$;

create trigger activation_journal_stays before update or delete on activation_journal
  for each row execute function activation_journal_refuses();
create trigger activation_journal_is_not_emptied before truncate on activation_journal
  for each statement execute function activation_journal_refuses();

-- Which process does a job that only one may do.
create table lease (
  name text not null primary key,
  holder text not null,
  held_until_ms bigint not null
);
