using Unbrush.Core.Feed;

namespace Unbrush.Feeds.Loading;

/// <summary>The feed's tables as DuckDB holds them.</summary>
public static class FeedTables
{
    /// <summary>Statements that make every table of the contract that is not there yet.</summary>
    public static string CreateAll => string.Join(";\n", FeedSchema.Tables.Select(t =>
        $"CREATE TABLE IF NOT EXISTS {t.Name} ({string.Join(", ", t.Columns.Select(c => $"{c.Name} {SqlType(c.Type)}"))})"));

    /// <summary>DuckDB's type of a feed type.</summary>
    public static string SqlType(FeedType type) => type switch
    {
        FeedType.Text or FeedType.Key or FeedType.Word => "VARCHAR",
        FeedType.Integer or FeedType.Flag => "INTEGER",
        FeedType.Money => "DECIMAL(18, 4)",
        FeedType.Grams => "DECIMAL(12, 2)",
        FeedType.Real => "DOUBLE",
        FeedType.Instant => "TIMESTAMP",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a feed type."),
    };
}
