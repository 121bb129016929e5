SELECT ring_id, buyers, sellers, orders, amount, density, q_value, first_at, last_at, verdict, reasons FROM ring ORDER BY ring_id
