-- Fetched SP metadata, for SQLite. Twin of postgres/0004-metadata.sql.

-- The last good copy of each site that has a URL, word for word, and a changed one that waits.
create table metadata_copy (
  name text not null primary key,
  url text not null,
  xml text,
  etag text,
  last_modified text,
  taken_at_ms integer,
  checked_at_ms integer,
  tried_at_ms integer not null,
  next_at_ms integer not null,
  problem text,
  pending_xml text,
  pending_changes text,
  pending_at_ms integer
) strict;
