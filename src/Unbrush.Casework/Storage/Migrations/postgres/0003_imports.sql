-- Files that scans have read, by content: each is in the ledger once, however many scans read it again.
CREATE TABLE imports (sha256 TEXT COLLATE "C" PRIMARY KEY, seq BIGINT NOT NULL);
