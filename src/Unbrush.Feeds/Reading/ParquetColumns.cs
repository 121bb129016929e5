using DuckDB.NET.Data;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Reading;

/// <summary>What a Parquet file's columns are called.</summary>
internal static class ParquetColumns
{
    /// <summary>The names in the file's order; null where it is damaged.</summary>
    public static List<string>? Of(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet({ImportContext.Quote(path)}))";
        try
        {
            using var reader = command.ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
                names.Add(reader.GetString(0));
            return names;
        }
        catch (DuckDBException)
        {
            return null;
        }
    }
}
