using System.Data.Common;
using System.Globalization;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Explain;

/// <summary>Reads a result's rows by the names of its columns, nulls as nulls.</summary>
internal sealed class Row(DbDataReader reader)
{
    public string? Text(string column) => Value(column) as string;

    public string Word(string column) => Text(column) ?? "";

    public DateTime? Time(string column) => Value(column) is DateTime t ? DateTime.SpecifyKind(t, DateTimeKind.Utc) : null;

    public double? Real(string column) => Value(column) is { } v ? Convert.ToDouble(v, CultureInfo.InvariantCulture) : null;

    public decimal? Money(string column) => Value(column) is { } v ? Convert.ToDecimal(v, CultureInfo.InvariantCulture) : null;

    public long? Whole(string column) => Value(column) is { } v ? Convert.ToInt64(v, CultureInfo.InvariantCulture) : null;

    public int Number(string column) => (int)(Whole(column) ?? 0);

    public bool Is(string column) => Value(column) is true;

    /// <summary>Every row of a SELECT.</summary>
    public static IEnumerable<Row> Of(IStore store, string sql)
    {
        using var reader = store.Query(sql);
        var row = new Row(reader);
        while (reader.Read())
            yield return row;
    }

    /// <summary>A text as an SQL literal.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private object? Value(string column)
    {
        var i = reader.GetOrdinal(column);
        return reader.IsDBNull(i) ? null : reader.GetValue(i);
    }
}
