-- What became of messages that arrived, for PostgreSQL. Twin of sqlite/0003-trace.sql.

-- Verdicts and values of the checks; never a message, a token or a cookie.
create table trace (
  reference text collate "C" not null primary key,
  arrived_at_ms bigint not null,
  kind text not null,
  issuer text,
  request_id text,
  verdict text not null,
  is_refused integer not null,
  relay_state_bytes integer,
  checks text not null
);

create index trace_by_arrived on trace (is_refused, arrived_at_ms, reference);
