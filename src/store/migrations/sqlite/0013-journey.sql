-- The opening of accounts as a journey: every step in a journal, and who does the work, for SQLite. Twin
-- of postgres/0013-journey.sql.

-- The number of the last entry in the journal; whoever moves an activation must have read it.
alter table activation add column entry integer not null default 0;
alter table activation add column attempt integer not null default 1;

-- Set while it is not known what became of a request to create.
alter table activation add column create_asked_at_ms integer;

-- When the service looks again by itself; null is never.
alter table activation add column resume_at_ms integer;

create index activation_by_resume on activation (resume_at_ms);

update activation set create_asked_at_ms = changed_at_ms, resume_at_ms = changed_at_ms
  where step in ('create-asked', 'unknown');

-- Until now "created" was the last step: it meant that the connection was made, or contradicted.
update activation set step = 'associated', problem = 'BIND_CONFLICT'
  where step = 'created' and domain_id not in
    (select domain_id from binding where binding.account_id = activation.account_id and domain_id is not null);
update activation set step = 'bound' where step = 'created';

create table activation_journal (
  account_id text not null references account (account_id),
  entry integer not null,
  attempt integer not null,
  step text not null,
  outcome text not null,
  problem text,
  request_id text,
  at_ms integer not null,
  primary key (account_id, entry)
) strict;

-- Append-only; it holds nothing personal.
create trigger activation_journal_stays before update on activation_journal
  begin select raise(abort, 'the journal of activations is append-only'); end;
create trigger activation_journal_is_kept before delete on activation_journal
  begin select raise(abort, 'the journal of activations is append-only'); end;

-- Which process does a job that only one may do.
create table lease (
  name text not null primary key,
  holder text not null,
  held_until_ms integer not null
) strict;
