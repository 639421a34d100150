-- The first schema: messages, bodies, deliveries, journal, configuration.
-- Times are milliseconds since 1970. Integers stand where an index has to stay small and in insertion order.

CREATE TABLE message (
  id            INTEGER PRIMARY KEY,  -- acceptance order: the keyset cursor
  message_id    TEXT    NOT NULL UNIQUE,
  exchange      TEXT    NOT NULL,     -- MessageID of the request
  request       INTEGER NOT NULL,     -- id of that request; its own for a request
  kind          TEXT    NOT NULL,
  version       TEXT    NOT NULL,
  sender        TEXT    NOT NULL,
  recipient     TEXT,
  format        TEXT,
  accepted_at   INTEGER NOT NULL,
  eol           INTEGER,
  test          INTEGER NOT NULL,
  body_id       TEXT    NOT NULL,
  config        TEXT    NOT NULL,
  road          TEXT    NOT NULL,
  closes        INTEGER,
  closed_by     TEXT,
  digest        BLOB    NOT NULL,
  meta          TEXT    NOT NULL,     -- JSON object of strings
  receipt_token TEXT    NOT NULL,
  leaf          INTEGER NOT NULL
) STRICT;
CREATE INDEX message_of_exchange ON message (request);
CREATE INDEX message_by_time ON message (accepted_at);
-- With the format, so that a participant's exchanges of one format are sifted without reading the messages.
CREATE INDEX exchange_by_sender ON message (sender, id, format) WHERE kind = 'request';
CREATE INDEX exchange_by_recipient ON message (recipient, id, format) WHERE kind = 'request';
CREATE INDEX exchange_by_format ON message (format) WHERE kind = 'request';

CREATE TABLE body (
  id         INTEGER PRIMARY KEY,
  body_id    TEXT NOT NULL UNIQUE,
  sha256     BLOB NOT NULL,
  keep_until INTEGER,
  container  BLOB NOT NULL            -- last: long, and not read when only the rest is asked for
) STRICT;
CREATE INDEX body_by_end ON body (keep_until) WHERE keep_until IS NOT NULL;
CREATE TABLE body_key (
  body    INTEGER NOT NULL REFERENCES body (id) ON DELETE CASCADE,
  slot    INTEGER NOT NULL,
  epoch   INTEGER NOT NULL,
  wrapped BLOB    NOT NULL,
  PRIMARY KEY (body, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id     INTEGER PRIMARY KEY,
  label  BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX person_by_label ON person (label);

CREATE TABLE delivery (
  id           INTEGER PRIMARY KEY,   -- its place in the mailbox, kept through leases
  message      INTEGER NOT NULL REFERENCES message (id),
  request      INTEGER NOT NULL,      -- message.request, for lists of exchanges by state
  recipient    TEXT    NOT NULL,
  mailbox      TEXT    NOT NULL,
  road         TEXT    NOT NULL,
  state        TEXT    NOT NULL,
  format       TEXT    NOT NULL,      -- '' = none, so that equality finds it in an index
  node_id      TEXT    NOT NULL,      -- '' = none
  queued_at    INTEGER NOT NULL,
  due_at       INTEGER,
  expires_at   INTEGER,
  attempts     INTEGER NOT NULL DEFAULT 0,
  leased_until INTEGER,
  poll_digest  BLOB,
  cause        TEXT
) STRICT;
CREATE INDEX delivery_of_message ON delivery (message);
CREATE INDEX delivery_ready ON delivery (recipient, mailbox, node_id, id, expires_at)
  WHERE road = 'pull' AND state = 'queued';
CREATE INDEX delivery_ready_format ON delivery (recipient, mailbox, node_id, format, id, expires_at)
  WHERE road = 'pull' AND state = 'queued';
CREATE INDEX delivery_lease ON delivery (recipient, mailbox, node_id, leased_until, format, expires_at)
  WHERE state = 'leased';
CREATE INDEX delivery_lease_end ON delivery (leased_until) WHERE state = 'leased';
CREATE INDEX delivery_eol ON delivery (expires_at)
  WHERE road = 'pull' AND state = 'queued' AND expires_at IS NOT NULL;
CREATE INDEX delivery_due ON delivery (due_at) WHERE road = 'push' AND state IN ('queued', 'in-doubt');
CREATE INDEX delivery_checking ON delivery (id) WHERE state = 'checking';
CREATE INDEX delivery_of_poll ON delivery (poll_digest) WHERE poll_digest IS NOT NULL;
-- 'delivered' is nearly every row: a list of those walks the messages instead.
CREATE INDEX exchange_by_state ON delivery (state, request) WHERE state <> 'delivered';

-- Counters kept in the transaction that changes a delivery: capacity costs the number of selectors, not of messages.
CREATE TABLE selector (
  recipient TEXT    NOT NULL,
  mailbox   TEXT    NOT NULL,
  node_id   TEXT    NOT NULL,
  format    TEXT    NOT NULL,
  unsettled INTEGER NOT NULL,         -- deliveries not yet final
  pending   INTEGER NOT NULL,         -- those of them a poll may take or has taken unconfirmed
  PRIMARY KEY (recipient, mailbox, node_id, format)
) STRICT, WITHOUT ROWID;

CREATE TABLE leaf (
  id         INTEGER PRIMARY KEY,     -- index in the log, from 0, no gaps
  kind       TEXT    NOT NULL,
  time       INTEGER NOT NULL,
  message_id TEXT,
  exchange   TEXT,
  bytes      BLOB    NOT NULL,
  opening    BLOB    NOT NULL
) STRICT;
CREATE INDEX leaf_of_exchange ON leaf (exchange) WHERE exchange IS NOT NULL;
CREATE INDEX leaf_of_message ON leaf (message_id, kind) WHERE message_id IS NOT NULL;

CREATE TABLE hash (
  level    INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash     BLOB    NOT NULL,
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tree (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL,
  edge BLOB    NOT NULL,              -- hashes of the perfect subtrees on the right edge, as the sequencer gave them
  root BLOB    NOT NULL,
  note TEXT    NOT NULL
) STRICT;

CREATE TABLE snapshot (
  seq     INTEGER PRIMARY KEY,        -- the highest is in force
  hash    TEXT    NOT NULL UNIQUE,
  json    TEXT    NOT NULL,
  revoked INTEGER NOT NULL
) STRICT;
