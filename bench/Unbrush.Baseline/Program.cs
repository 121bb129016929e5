using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Unbrush.Baseline;

if (args is ["read", var files])
{
    Reading.Time(files);
    return 0;
}

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: unbrush-baseline FEED OUT. Reads a feed's CSV files and writes OUT/orders.csv, for 'unbrush evaluate'.");
    Console.Error.WriteLine("       unbrush-baseline read FEED. Reads a feed's CSV files into tables, does nothing with them, and prints the seconds that took.");
    return 2;
}

Rules.Apply(args[0], args[1]);
return 0;

namespace Unbrush.Baseline
{
    /// <summary>Runs the naive rules on a feed.</summary>
    public static class Rules
    {
        /// <summary>What the rules read; a table that the feed lacks is empty.</summary>
        private static readonly (string Table, string Columns)[] s_tables =
        [
            ("orders", "platform VARCHAR, order_id VARCHAR, buyer_id VARCHAR, created_at TIMESTAMP, status VARCHAR, fulfilment VARCHAR, payer_key VARCHAR"),
            ("order_items", "platform VARCHAR, order_id VARCHAR, listing_id VARCHAR, quantity BIGINT"),
            ("listings", "platform VARCHAR, listing_id VARCHAR, weight_g DOUBLE"),
            ("parcels", "carrier VARCHAR, waybill_no VARCHAR, weight_g DOUBLE"),
            ("parcel_orders", "carrier VARCHAR, waybill_no VARCHAR, platform VARCHAR, order_id VARCHAR"),
            ("scans", "carrier VARCHAR, waybill_no VARCHAR"),
        ];

        /// <summary>Reads a feed's CSV files and writes <c>orders.csv</c>, as findings have it.</summary>
        public static void Apply(string feed, string output)
        {
            Directory.CreateDirectory(output);
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            foreach (var (table, columns) in s_tables)
            {
                var file = Path.Combine(feed, table + ".csv");
                var names = string.Join(", ", columns.Split(", ").Select(c => $"CAST({c.Split(' ')[0]} AS {c.Split(' ')[1]}) AS {c.Split(' ')[0]}"));
                Run(connection, File.Exists(file)
                    ? $"CREATE TABLE {table} AS SELECT {names} FROM read_csv({Quoted(file)}, header = true, delim = ',', quote = '\"', all_varchar = true)"
                    : $"CREATE TABLE {table} ({columns})");
            }

            Run(connection, "CREATE TABLE scanned AS SELECT DISTINCT carrier, waybill_no FROM scans");
            if (!File.Exists(Path.Combine(feed, "scans.csv")))
                Run(connection, "UPDATE orders SET fulfilment = 'unknown'");
            using (var reader = new StreamReader(typeof(Rules).Assembly.GetManifestResourceStream("rules.sql")!))
                Run(connection, reader.ReadToEnd());
            Run(connection, $"""
                COPY (
                  SELECT o.platform, o.order_id, coalesce(h.hits, 0) / 5.0 AS score, CASE WHEN h.hits > 0 THEN 'confirmed' ELSE 'clean' END AS verdict
                  FROM orders o LEFT JOIN hits h USING (platform, order_id) ORDER BY ALL
                ) TO {Quoted(Path.Combine(output, "orders.csv"))} (HEADER)
                """);
        }

        internal static void Run(DuckDBConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        internal static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>What the speed of a scan is measured against: the database merely reading the same files.</summary>
    public static class Reading
    {
        /// <summary>Reads every CSV file of a folder into a table of its own, in memory, and prints the seconds: by the clock, and of all processors.</summary>
        public static void Time(string feed)
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            foreach (var file in Directory.EnumerateFiles(feed, "*.csv").Order(StringComparer.Ordinal))
                Rules.Run(connection, $"CREATE TABLE {Path.GetFileNameWithoutExtension(file)} AS SELECT * FROM read_csv({Rules.Quoted(file)}, header = true)");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F2} {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F2}"));
        }
    }
}
