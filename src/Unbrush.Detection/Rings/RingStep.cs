using Unbrush.Detection.Store;

namespace Unbrush.Detection.Rings;

/// <summary>Who buys with whom beyond chance. Writes <c>ring</c>, <c>ring_member</c>, <c>ring_order</c> and <c>ring_buyer</c>.</summary>
internal static class RingStep
{
    public static void Find(IStore store)
    {
        store.Execute("""
            CREATE OR REPLACE TABLE ring (ring_id VARCHAR, buyers INTEGER, sellers INTEGER, orders INTEGER, amount DECIMAL(18, 2), density DOUBLE,
              q_value DOUBLE, first_at TIMESTAMP, last_at TIMESTAMP, verdict VARCHAR, reasons VARCHAR);
            CREATE OR REPLACE TABLE ring_member (ring_id VARCHAR, kind VARCHAR, scope VARCHAR, id VARCHAR, role VARCHAR, orders INTEGER);
            CREATE OR REPLACE TABLE ring_order (order_no INTEGER, ring_id VARCHAR, q_value DOUBLE);
            CREATE OR REPLACE TABLE ring_buyer (buyer_no INTEGER, ring_id VARCHAR);
            """);
    }
}
