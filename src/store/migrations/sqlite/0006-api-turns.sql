-- When an operation of the partner API may next be called, for SQLite. Twin of postgres/0006-api-turns.sql.

create table api_turn (
  key text not null primary key,
  free_at_ms integer not null
) strict;
