-- Huawei Cloud's subscribed files, for SQLite. Twin of postgres/0007-files.sql.
-- Amounts are whole numbers of 10^-10 of the currency: their sums are exact.

create table file_import (
  id integer not null primary key,
  subscription text not null,
  month text not null,
  file text not null,
  made_on text not null,
  sha256 text,
  row_count integer,
  touched_at_ms integer not null,
  finished_at_ms integer
) strict;

-- Which import counts for a month. What no month points to is removed.
create table file_month (
  subscription text not null,
  month text not null,
  made_on text not null,
  import_id integer not null,
  primary key (subscription, month)
) strict;

create table file_row (
  import_id integer not null,
  row_number integer not null,
  customer_id text not null,
  service_type text not null,
  region text not null,
  bill_type text not null,
  occurred_at_ms integer,
  amount integer not null,
  list_amount integer not null,
  tax_amount integer not null,
  details text not null,
  primary key (import_id, row_number)
) strict, without rowid;

create table file_total (
  import_id integer not null,
  customer_id text not null,
  service_type text not null,
  region text not null,
  bill_type text not null,
  row_count integer not null,
  amount integer not null,
  list_amount integer not null,
  tax_amount integer not null,
  primary key (import_id, customer_id, service_type, region, bill_type)
) strict, without rowid;
