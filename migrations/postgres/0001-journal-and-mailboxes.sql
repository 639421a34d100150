-- The first schema: messages, bodies, deliveries, journal, configuration. Runs with the store's schema as search_path.
-- Times are milliseconds since 1970. `month` is yyyymm, of the time inside a UUID v1 or of the leaf: a month that is over
-- can be detached whole. 0 holds what carries no month. Partitions are made by the driver before the first row needs them.

CREATE SEQUENCE message_id;
CREATE SEQUENCE delivery_id;
CREATE SEQUENCE leaf_id;

CREATE TABLE message (
  month         integer NOT NULL,  -- of message_id, so that one id always meets the same unique index
  id            bigint  NOT NULL,  -- acceptance order: the keyset cursor
  message_id    text    NOT NULL,
  exchange      text    NOT NULL,  -- MessageID of the request
  request       bigint  NOT NULL,  -- id of that request; its own for a request
  kind          text    NOT NULL,
  version       text    NOT NULL,
  sender        text    NOT NULL,
  recipient     text,
  format        text,
  accepted_at   bigint  NOT NULL,
  eol           bigint,
  test          boolean NOT NULL,
  body_id       text    NOT NULL,
  config        text    NOT NULL,
  road          text    NOT NULL,
  closes        text,              -- yes, no, part (one of several recipients answers)
  closed_by     text,
  digest        bytea   NOT NULL,
  meta          text    NOT NULL,  -- JSON object of strings
  receipt_token text    NOT NULL,
  leaf          bigint  NOT NULL,  -- leaf.id of its acceptance
  PRIMARY KEY (month, message_id)
) PARTITION BY LIST (month);
CREATE INDEX message_by_id ON message (id);
CREATE INDEX message_of_exchange ON message (request);
CREATE INDEX message_by_time ON message (accepted_at);
CREATE INDEX exchange_by_sender ON message (sender, id, format) WHERE kind = 'request';
CREATE INDEX exchange_by_recipient ON message (recipient, id, format) WHERE kind = 'request';
CREATE INDEX exchange_by_format ON message (format, id) WHERE kind = 'request';

CREATE TABLE body (
  month      integer NOT NULL,     -- of body_id
  body_id    text    NOT NULL,
  sha256     bytea   NOT NULL,
  keep_until bigint,
  container  bytea   NOT NULL,
  PRIMARY KEY (month, body_id)
) PARTITION BY LIST (month);
-- Sealed: compressing it again only costs.
ALTER TABLE body ALTER COLUMN container SET STORAGE EXTERNAL;
CREATE INDEX body_by_end ON body (keep_until) WHERE keep_until IS NOT NULL;
CREATE TABLE body_key (
  month   integer NOT NULL,
  body_id text    NOT NULL,
  slot    integer NOT NULL,
  epoch   integer NOT NULL,
  wrapped bytea   NOT NULL,
  PRIMARY KEY (month, body_id, slot)   -- no foreign key: attaching a partition would stop those who write
) PARTITION BY LIST (month);

CREATE TABLE person (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  label  bytea NOT NULL,
  sealed bytea NOT NULL
);
CREATE INDEX person_by_label ON person (label);

-- Not partitioned: it is found by id alone, and what is not final lies in partial indexes that stay small.
CREATE TABLE delivery (
  id             bigint  PRIMARY KEY,  -- its place in the mailbox, kept through leases
  message_id     text    NOT NULL,
  request        bigint  NOT NULL,     -- message.request and the month of that request, for lists of exchanges by state
  request_month  integer NOT NULL,
  recipient      text    NOT NULL,
  mailbox        text    NOT NULL,
  road           text    NOT NULL,
  state          text    NOT NULL,
  format         text    NOT NULL,     -- '' = none
  node_id        text    NOT NULL,     -- '' = none
  queued_at      bigint  NOT NULL,
  due_at         bigint,
  expires_at     bigint,
  attempts       integer NOT NULL DEFAULT 0,
  leased_until   bigint,
  poll_digest    bytea,
  cause          text,
  owner          uuid    NOT NULL      -- process that wrote it last: it makes the pushes, until it is gone
);
CREATE INDEX delivery_of_message ON delivery (message_id);
CREATE INDEX delivery_ready ON delivery (recipient, mailbox, node_id, id) WHERE road = 'pull' AND state = 'queued';
CREATE INDEX delivery_ready_format ON delivery (recipient, mailbox, node_id, format, id)
  WHERE road = 'pull' AND state = 'queued';
CREATE INDEX delivery_lease ON delivery (recipient, mailbox, node_id, leased_until) WHERE state = 'leased';
CREATE INDEX delivery_lease_end ON delivery (leased_until) WHERE state = 'leased';
CREATE INDEX delivery_eol ON delivery (expires_at)
  WHERE road = 'pull' AND state = 'queued' AND expires_at IS NOT NULL;
CREATE INDEX delivery_due ON delivery (due_at, id) WHERE road = 'push' AND state IN ('queued', 'in-doubt');
CREATE INDEX delivery_checking ON delivery (id) WHERE state = 'checking';
CREATE INDEX delivery_of_poll ON delivery (poll_digest, id) WHERE poll_digest IS NOT NULL;
CREATE INDEX exchange_by_state ON delivery (state, request) WHERE state <> 'delivered';

-- A candidate is shown to one process at a time: between its look and its lease lies a signature. Runs out by itself.
CREATE UNLOGGED TABLE claim (
  delivery bigint PRIMARY KEY,
  process  uuid   NOT NULL,
  until    timestamptz NOT NULL
);

-- Processes that are alive, and since when without a break.
CREATE TABLE process (
  id    uuid PRIMARY KEY,
  since timestamptz NOT NULL,
  beat  timestamptz NOT NULL
) WITH (fillfactor = 10);

-- Counters kept in the transaction that changes a delivery. `depth` is what capacity is held against.
CREATE TABLE depth (
  recipient text   NOT NULL,
  mailbox   text   NOT NULL,
  format    text   NOT NULL,
  unsettled bigint NOT NULL,           -- deliveries not yet final
  PRIMARY KEY (recipient, mailbox, format)
) WITH (fillfactor = 50);
CREATE TABLE selector (
  recipient text   NOT NULL,
  mailbox   text   NOT NULL,
  node_id   text   NOT NULL,
  format    text   NOT NULL,
  pending   bigint NOT NULL,           -- those a poll may take or has taken unconfirmed
  PRIMARY KEY (recipient, mailbox, node_id, format)
) WITH (fillfactor = 50);

CREATE TABLE leaf (
  month      integer NOT NULL,         -- of its time
  id         bigint  NOT NULL,         -- not its place in the log: see log
  kind       text    NOT NULL,
  time       bigint  NOT NULL,
  message_id text,
  exchange   text,
  bytes      bytea   NOT NULL,
  opening    bytea   NOT NULL,
  PRIMARY KEY (month, id)
) PARTITION BY LIST (month);
CREATE INDEX leaf_of_exchange ON leaf (exchange) WHERE exchange IS NOT NULL;
CREATE INDEX leaf_of_message ON leaf (message_id, kind) WHERE message_id IS NOT NULL;

-- Written by commits, emptied by the elected sequencer: what has no place in the log yet.
CREATE TABLE unnumbered (
  leaf  bigint  PRIMARY KEY,
  month integer NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
-- The log: index from 0, no gaps. Written by the elected sequencer alone.
CREATE TABLE log (
  idx   bigint  PRIMARY KEY,
  leaf  bigint  NOT NULL UNIQUE,
  month integer NOT NULL
);
CREATE TABLE hash (
  level    integer NOT NULL,
  position bigint  NOT NULL,
  hash     bytea   NOT NULL,
  PRIMARY KEY (level, position)
);
-- One row. (size, root, epoch) are compared and set with every growth: whoever was deposed changes nothing.
CREATE TABLE tree (
  one    integer PRIMARY KEY CHECK (one = 1),
  size   bigint  NOT NULL,
  edge   bytea   NOT NULL,             -- hashes of the perfect subtrees on the right edge, as the sequencer gave them
  root   bytea   NOT NULL,
  note   text    NOT NULL,
  epoch  bigint  NOT NULL,             -- counts the sequencers
  beat   timestamptz NOT NULL          -- when the present one was last alive
) WITH (fillfactor = 10);
INSERT INTO tree VALUES (1, 0, '', '', '', 0, '-infinity');

-- One row a batch of commits: what a process that lost its connection at COMMIT asks for.
CREATE TABLE batch (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX batch_by_time ON batch (at);

CREATE TABLE snapshot (
  seq     bigint  GENERATED ALWAYS AS IDENTITY UNIQUE,  -- the highest is in force
  hash    text    PRIMARY KEY,
  json    text    NOT NULL,
  revoked boolean NOT NULL
);
-- What snapshots name by hash instead of holding it: published format packages.
CREATE TABLE artefact (
  hash  text  PRIMARY KEY,             -- lower-case hex SHA-256 of the bytes
  bytes bytea NOT NULL
);
