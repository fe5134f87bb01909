-- When an operation of the partner API may next be called, for PostgreSQL. Twin of sqlite/0006-api-turns.sql.

create table api_turn (
  key text not null primary key,
  free_at_ms bigint not null
);
