-- A replay makes a new delivery that points to the old one; once at most.
ALTER TABLE delivery ADD COLUMN replays INTEGER;
CREATE UNIQUE INDEX delivery_replays ON delivery (replays) WHERE replays IS NOT NULL;
-- Lists of deliveries by state, newest first; 'delivered' is nearly every row and is never listed so.
CREATE INDEX delivery_by_state ON delivery (state, id) WHERE state <> 'delivered';
-- Plans of replays: small, changed by compare-and-set on the revision. What they froze lies among the artefacts.
CREATE TABLE plan (
  seq      INTEGER PRIMARY KEY,
  id       TEXT    NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  json     TEXT    NOT NULL
) STRICT;
-- Refusals by time.
CREATE INDEX leaf_refused ON leaf (id) WHERE kind = 'refused';
