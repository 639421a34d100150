/** `fact_versions` is the history: rows are added, never changed; the row with the highest version is in force. */
export const TABLES = `
  CREATE TABLE bodies (code TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
  CREATE TABLE measures (lmsz_id TEXT PRIMARY KEY, title TEXT NOT NULL, kmsz_code TEXT NOT NULL, valid_from TEXT NOT NULL,
    valid_to TEXT, form TEXT NOT NULL, periodicity TEXT NOT NULL) STRICT;
  CREATE TABLE categories (lmsz_id TEXT NOT NULL REFERENCES measures, category_id TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (lmsz_id, category_id)) STRICT;
  CREATE TABLE npas (lmsz_id TEXT NOT NULL REFERENCES measures, position INTEGER NOT NULL, date TEXT NOT NULL,
    number TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (lmsz_id, position)) STRICT;
  CREATE TABLE criteria (code TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
  CREATE TABLE measure_criteria (lmsz_id TEXT NOT NULL REFERENCES measures, code TEXT NOT NULL REFERENCES criteria,
    PRIMARY KEY (lmsz_id, code)) STRICT;

  CREATE TABLE messages (message_id TEXT PRIMARY KEY, answer TEXT NOT NULL) STRICT;
  CREATE TABLE packages (package_id TEXT PRIMARY KEY, message_id TEXT NOT NULL, records INTEGER NOT NULL,
    successes INTEGER NOT NULL, recorded_at INTEGER NOT NULL) STRICT;
  CREATE TABLE fact_versions (seq INTEGER PRIMARY KEY, fact_uuid TEXT NOT NULL, version INTEGER NOT NULL,
    event TEXT NOT NULL, event_uuid TEXT NOT NULL UNIQUE, state TEXT NOT NULL, package_id TEXT NOT NULL,
    recorded_at INTEGER NOT NULL, fact TEXT NOT NULL, UNIQUE (fact_uuid, version)) STRICT;
  CREATE TABLE fact_persons (snils TEXT NOT NULL, fact_uuid TEXT NOT NULL, PRIMARY KEY (snils, fact_uuid)) STRICT, WITHOUT ROWID;
  CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON fact_versions BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
  CREATE TRIGGER history_is_not_removed BEFORE DELETE ON fact_versions BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
`;
