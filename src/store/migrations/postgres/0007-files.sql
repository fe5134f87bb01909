-- Huawei Cloud's subscribed files, for PostgreSQL. Twin of sqlite/0007-files.sql.
-- Amounts are whole numbers of 10^-10 of the currency: their sums are exact.

create table file_import (
  id bigint generated always as identity primary key,
  subscription text not null,
  month text not null,
  file text not null,
  made_on text not null,
  sha256 text,
  row_count bigint,
  touched_at_ms bigint not null,
  finished_at_ms bigint
);

-- Which import counts for a month. What no month points to is removed.
create table file_month (
  subscription text not null,
  month text collate "C" not null,
  made_on text collate "C" not null,
  import_id bigint not null,
  primary key (subscription, month)
);

create table file_row (
  import_id bigint not null,
  row_number bigint not null,
  customer_id text not null,
  service_type text not null,
  region text not null,
  bill_type text not null,
  occurred_at_ms bigint,
  amount bigint not null,
  list_amount bigint not null,
  tax_amount bigint not null,
  details text not null,
  primary key (import_id, row_number)
);

create table file_total (
  import_id bigint not null,
  customer_id text collate "C" not null,
  service_type text collate "C" not null,
  region text collate "C" not null,
  bill_type text collate "C" not null,
  row_count bigint not null,
  amount bigint not null,
  list_amount bigint not null,
  tax_amount bigint not null,
  primary key (import_id, customer_id, service_type, region, bill_type)
);
