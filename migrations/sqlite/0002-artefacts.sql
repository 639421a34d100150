-- What snapshots name by hash instead of holding it: published format packages.
CREATE TABLE artefact (
  hash  TEXT PRIMARY KEY,  -- lower-case hex SHA-256 of the bytes
  bytes BLOB NOT NULL
) STRICT;
