SELECT ring_id, kind, scope, id, role, orders FROM ring_member ORDER BY ring_id, kind, scope, id
