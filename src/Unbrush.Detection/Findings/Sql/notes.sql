SELECT n, level, "table", file, text FROM run_notes ORDER BY n
