using DuckDB.NET.Data;
using Unbrush.Core.Feed;

namespace Unbrush.Simulation;

/// <summary>Turns a folder of feed CSV files into Parquet, with the types of the contract.</summary>
public static class ParquetFolder
{
    /// <summary>Replaces every feed table's CSV file in the folder by a Parquet file of the same stem.</summary>
    /// <param name="folder">The feed's folder.</param>
    public static void Convert(string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        foreach (var table in FeedSchema.Tables)
        {
            var csv = Path.Combine(folder, table.Name + ".csv");
            if (!File.Exists(csv))
                continue;
            string header;
            using (var reader = new StreamReader(csv))
                header = reader.ReadLine() ?? "";
            var columns = string.Join(", ", header.Split(',').Select(c => $"'{c}': '{Type(table[c].Type)}'"));
            using var command = connection.CreateCommand();
            command.CommandText =
                $"COPY (SELECT * FROM read_csv({Quoted(csv)}, header = true, delim = ',', quote = '\"', columns = {{{columns}}})) TO {Quoted(Path.ChangeExtension(csv, ".parquet"))} (FORMAT parquet)";
            command.ExecuteNonQuery();
            File.Delete(csv);
        }
    }

    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Type(FeedType type) => type switch
    {
        FeedType.Integer => "INTEGER",
        FeedType.Money => "DECIMAL(18,4)",
        FeedType.Grams => "DECIMAL(12,2)",
        FeedType.Real => "DOUBLE",
        FeedType.Instant => "TIMESTAMP",
        _ => "VARCHAR",
    };
}
