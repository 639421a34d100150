-- Polls that were answered, and by which process: a captured one sent to another gets nothing. Written without waiting for
-- the disk: what a crash of the server forgets is its last half second, and the process that answered remembers it still.
CREATE TABLE poll (
  digest  bytea PRIMARY KEY,           -- SHA-256 of the signature
  process uuid  NOT NULL,
  until   timestamptz NOT NULL         -- later its Timestamp refuses it
);
