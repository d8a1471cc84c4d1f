/**
 * The steps that made the tables what they are, oldest first. A database counts the steps that it took (`user_version`), and
 * takes the rest when it is opened. A step that was published is never changed: a change of the tables is one more step.
 */
export const migrations: readonly string[] = [
  `
  -- Jids that were handed out, and versions of records.
  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- "head" is the same text for all segments of a submission. "open": chunks that are not finished.
  CREATE TABLE segments (
    first INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    open INTEGER NOT NULL,
    head TEXT NOT NULL,
    kills BLOB,
    tombs BLOB
  ) STRICT;

  -- Apart from the segments, as these rows go when the jobs are finished: their pages serve the next.
  CREATE TABLE arguments (segment INTEGER PRIMARY KEY, packed BLOB NOT NULL) STRICT;

  CREATE TABLE runs (
    first INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    submission INTEGER NOT NULL,
    version INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    losses INTEGER NOT NULL,
    phase INTEGER NOT NULL,
    lease REAL NOT NULL,
    not_before REAL NOT NULL,
    epoch REAL NOT NULL,
    unfinished INTEGER NOT NULL,
    rows BLOB NOT NULL
  ) STRICT;
  -- The few that a process held which died.
  CREATE INDEX runs_in_process ON runs (first) WHERE phase = 1;

  -- Results of some jobs of a run, by the first of them: each job has one.
  CREATE TABLE parts (jid INTEGER PRIMARY KEY, part BLOB NOT NULL) STRICT;

  CREATE TABLE gates (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, gate TEXT NOT NULL) STRICT;
  CREATE TABLE pointers (gate INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE watches (
    submission INTEGER NOT NULL, jid INTEGER NOT NULL, gate INTEGER NOT NULL,
    PRIMARY KEY (submission, jid, gate)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE edges (
    submission INTEGER NOT NULL, gate INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (submission, gate, first, count)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE schedules (gate INTEGER PRIMARY KEY, due REAL NOT NULL) STRICT;
  CREATE INDEX schedules_due ON schedules (due);

  CREATE TABLE submissions (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    created REAL NOT NULL,
    label TEXT,
    row TEXT NOT NULL
  ) STRICT;
  CREATE INDEX submissions_created ON submissions (created, id);
  CREATE INDEX submissions_label ON submissions (label, created, id) WHERE label IS NOT NULL;
  CREATE TABLE children (
    parent INTEGER NOT NULL, submission INTEGER NOT NULL,
    PRIMARY KEY (parent, submission)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE records (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, value TEXT NOT NULL,
    UNIQUE (kind, name)
  ) STRICT;

  -- In the order in which they are ready; what is in flight only the process knows.
  CREATE TABLE messages (
    queue TEXT NOT NULL, ready REAL NOT NULL, id INTEGER NOT NULL, sent REAL NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (queue, ready, id)
  ) STRICT, WITHOUT ROWID;
  `,
]
