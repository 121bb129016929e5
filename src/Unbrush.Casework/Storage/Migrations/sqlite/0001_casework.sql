-- The case store. Instants are microseconds since 1970-01-01 UTC, amounts ten-thousandths of the currency unit.
-- Ids of occasions, proposals, decisions and measures are the numbers of the ledger entries that record them.

CREATE TABLE ledger (
  seq    BIGINT PRIMARY KEY,
  entry  BLOB NOT NULL,          -- the canonical bytes that are hashed
  hash   BLOB NOT NULL,          -- SHA-256 of entry
  opened BLOB                    -- salts and values behind the entry's commitments; null once erased
) WITHOUT ROWID;
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger
  WHEN NEW.seq <> OLD.seq OR NEW.entry <> OLD.entry OR NEW.hash <> OLD.hash
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE policies_seen (policy TEXT NOT NULL, sha256 TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (policy, sha256));
CREATE TABLE scans (scan BIGINT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, recorded_at BIGINT NOT NULL, findings BIGINT NOT NULL);

CREATE TABLE findings (
  kind       BIGINT NOT NULL,
  scope      TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  digest     TEXT NOT NULL,      -- of verdict and signals: new evidence is a new digest
  owner      TEXT,               -- the shop or the facility it belongs to
  verdict    TEXT NOT NULL,
  at         BIGINT,
  amount_e4  BIGINT,
  currency   TEXT,
  signals    TEXT NOT NULL,
  scan       BIGINT NOT NULL,    -- the newest scan that states it
  PRIMARY KEY (kind, scope, subject_id, digest)
) WITHOUT ROWID;
CREATE INDEX findings_by_owner ON findings (scope, owner, kind, subject_id);
CREATE INDEX findings_by_verdict ON findings (verdict, kind, scope, subject_id);

CREATE TABLE occasions (
  occasion   BIGINT PRIMARY KEY,
  policy     TEXT NOT NULL,
  version    TEXT NOT NULL,
  kind       BIGINT NOT NULL,
  scope      TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  basis      TEXT NOT NULL,      -- digest of the findings it rests on
  number     BIGINT NOT NULL,    -- 1st, 2nd … occurrence; 0 where none is counted
  serious    BIGINT NOT NULL,
  size       BIGINT NOT NULL,
  first_at   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL,
  scan       BIGINT NOT NULL,
  found_at   BIGINT,             -- when a person first found it; null while suspected, dismissed or lifted
  UNIQUE (policy, version, kind, scope, subject_id, basis)
);
CREATE INDEX occasions_by_subject ON occasions (kind, scope, subject_id, policy);

CREATE TABLE occasion_findings (
  occasion   BIGINT NOT NULL,
  kind       BIGINT NOT NULL,
  scope      TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  digest     TEXT NOT NULL,
  cleared_at BIGINT,             -- when a person cleared the subject of it
  PRIMARY KEY (occasion, kind, scope, subject_id)
) WITHOUT ROWID;
CREATE INDEX occasion_findings_by_subject ON occasion_findings (scope, subject_id, kind);

CREATE TABLE proposals (
  proposal      BIGINT PRIMARY KEY,
  occasion      BIGINT NOT NULL,
  policy        TEXT NOT NULL,
  version       TEXT NOT NULL,
  rule          TEXT NOT NULL,
  code          TEXT NOT NULL,
  kind          BIGINT NOT NULL,
  scope         TEXT NOT NULL,
  subject_id    TEXT NOT NULL,
  standing      TEXT NOT NULL,   -- suspected found dismissed withdrawn lifted
  terms         TEXT NOT NULL,
  people_needed BIGINT NOT NULL,
  people        BIGINT NOT NULL,
  targets       BIGINT NOT NULL,
  amount_e4     BIGINT,
  created_at    BIGINT NOT NULL,
  decided_at    BIGINT,
  applied_at    BIGINT,
  revision      BIGINT NOT NULL,
  UNIQUE (occasion, code)
);
CREATE INDEX proposals_by_standing ON proposals (standing, proposal);
CREATE INDEX proposals_by_code ON proposals (standing, code, proposal);
CREATE INDEX proposals_by_policy ON proposals (standing, policy, proposal);
CREATE INDEX proposals_by_scope ON proposals (standing, scope, proposal);
CREATE INDEX proposals_by_subject ON proposals (scope, subject_id, kind);
CREATE INDEX proposals_to_apply ON proposals (proposal) WHERE standing = 'found' AND applied_at IS NULL;

CREATE TABLE proposal_targets (
  proposal   BIGINT NOT NULL,
  kind       BIGINT NOT NULL,
  scope      TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  PRIMARY KEY (proposal, kind, scope, subject_id)
) WITHOUT ROWID;

CREATE TABLE decisions (
  decision BIGINT PRIMARY KEY,
  proposal BIGINT NOT NULL,
  outcome  TEXT NOT NULL,        -- adopt reject
  person   TEXT NOT NULL,
  reason   TEXT NOT NULL,
  at       BIGINT NOT NULL,
  UNIQUE (proposal, person)
);

CREATE TABLE circumstances (
  circumstance BIGINT PRIMARY KEY,
  kind         BIGINT NOT NULL,
  scope        TEXT NOT NULL,
  subject_id   TEXT NOT NULL,
  code         TEXT NOT NULL,
  person       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  at           BIGINT NOT NULL,
  withdrawn_at BIGINT
);

CREATE TABLE measures (
  measure    BIGINT PRIMARY KEY,
  proposal   BIGINT NOT NULL,
  code       TEXT NOT NULL,
  kind       BIGINT NOT NULL,
  scope      TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  policy     TEXT NOT NULL,
  version    TEXT NOT NULL,
  rule       TEXT NOT NULL,
  terms      TEXT NOT NULL,
  applied_at BIGINT NOT NULL,
  starts_at  BIGINT NOT NULL,
  ends_at    BIGINT,
  lifted_at  BIGINT,
  UNIQUE (proposal, kind, scope, subject_id)
);
CREATE INDEX measures_by_subject ON measures (scope, subject_id, kind);

CREATE TABLE endpoints (name TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, added_at BIGINT NOT NULL, removed_at BIGINT);
CREATE TABLE outbox (
  event      BIGINT NOT NULL,
  endpoint   TEXT NOT NULL,
  type       TEXT NOT NULL,
  payload    TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  state      TEXT NOT NULL,      -- waiting sent dead
  attempts   BIGINT NOT NULL,
  next_at    BIGINT NOT NULL,
  last_error TEXT,
  PRIMARY KEY (event, endpoint)
);
CREATE INDEX outbox_due ON outbox (state, next_at);

-- Exports under way; a finished one is in the ledger.
CREATE TABLE exports (export BIGINT PRIMARY KEY, folder TEXT NOT NULL, as_of BIGINT NOT NULL, digest TEXT NOT NULL, person TEXT NOT NULL, started_at BIGINT NOT NULL);
