using System.Globalization;
using DuckDB.NET.Data;

namespace Unbrush.Casework.Bench;

/// <summary>Writes a findings folder of any size, the same one for the same size.</summary>
internal static class FindingsGenerator
{
    /// <summary>Shops of ten confirmed orders each, as Parquet.</summary>
    public static string Write(string folder, long orders, long ordersAShop)
    {
        Directory.CreateDirectory(folder);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            SET TimeZone='UTC'; SET memory_limit='2GB';
            COPY (
              SELECT 'taobao' AS platform, 'o' || lpad(n::VARCHAR, 9, '0') AS order_id, 's' || lpad((n // {{ordersAShop}})::VARCHAR, 7, '0') AS seller_id,
                'b' || (n % 99991) AS buyer_id, TIMESTAMPTZ '2026-01-01 00:00:00Z' + INTERVAL (n % 5000000) SECOND AS created_at,
                CAST(10 + n % 9000 / 100.0 AS DECIMAL(18,4)) AS amount, 'CNY' AS currency, 'confirmed' AS verdict, 0.98 AS score, false AS counted,
                '[{"signal":"signed_too_soon","family":"logistics","value":4,"db":21},{"signal":"buyer_ring","family":"buyers","value":9,"db":12}]' AS reasons
              FROM range({{orders}}) t(n)
            ) TO '{{folder}}/orders.parquet' (FORMAT parquet);
            """);
        command.ExecuteNonQuery();
        return folder;
    }
}
