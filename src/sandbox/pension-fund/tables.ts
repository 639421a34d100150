/** `inquiries` is who was asked about, under which message: rows are added, never changed. */
export const TABLES = `
  CREATE TABLE accounts (snils TEXT PRIMARY KEY, names TEXT NOT NULL, sex TEXT NOT NULL, born TEXT NOT NULL, account TEXT NOT NULL,
    papers TEXT NOT NULL) STRICT;
  CREATE INDEX accounts_by_names ON accounts (names, born);
  CREATE TABLE work (snils TEXT NOT NULL REFERENCES accounts, begin_day TEXT NOT NULL, end_day TEXT, employer TEXT NOT NULL,
    position TEXT NOT NULL, PRIMARY KEY (snils, begin_day)) STRICT;
  CREATE TABLE entitlements (snils TEXT NOT NULL REFERENCES accounts, kind TEXT NOT NULL, begin_day TEXT NOT NULL, end_day TEXT,
    kopeks INTEGER NOT NULL, PRIMARY KEY (snils, kind)) STRICT;
  CREATE TABLE messages (message_id TEXT PRIMARY KEY, path TEXT NOT NULL, answer TEXT NOT NULL) STRICT;
  CREATE TABLE inquiries (seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL REFERENCES messages, snils TEXT NOT NULL, asked_at INTEGER NOT NULL) STRICT;
  CREATE INDEX inquiries_by_snils ON inquiries (snils);
  CREATE TRIGGER inquiries_are_not_changed BEFORE UPDATE ON inquiries BEGIN SELECT RAISE(ABORT, 'inquiries are append-only'); END;
  CREATE TRIGGER inquiries_are_not_removed BEFORE DELETE ON inquiries BEGIN SELECT RAISE(ABORT, 'inquiries are append-only'); END;
`;
