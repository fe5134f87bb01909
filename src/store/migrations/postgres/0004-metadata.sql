-- Fetched SP metadata, for PostgreSQL. Twin of sqlite/0004-metadata.sql.

-- The last good copy of each site that has a URL, word for word, and a changed one that waits.
create table metadata_copy (
  name text collate "C" not null primary key,
  url text not null,
  xml text,
  etag text,
  last_modified text,
  taken_at_ms bigint,
  checked_at_ms bigint,
  tried_at_ms bigint not null,
  next_at_ms bigint not null,
  problem text,
  pending_xml text,
  pending_changes text,
  pending_at_ms bigint
);
