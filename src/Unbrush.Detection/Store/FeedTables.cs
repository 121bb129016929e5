using Unbrush.Core.Feed;

namespace Unbrush.Detection.Store;

/// <summary>The feed's tables as the store holds them.</summary>
public static class FeedTables
{
    /// <summary>Makes every table of the contract that is not there yet.</summary>
    public static void Create(IStore store)
    {
        foreach (var table in FeedSchema.Tables)
            store.Execute($"CREATE TABLE IF NOT EXISTS {table.Name} ({string.Join(", ", table.Columns.Select(c => $"{c.Name} {SqlType(c.Type)}"))})");
    }

    /// <summary>The store's type of a feed type.</summary>
    public static string SqlType(FeedType type) => type switch
    {
        FeedType.Text or FeedType.Key or FeedType.Word => "VARCHAR",
        FeedType.Integer => "INTEGER",
        FeedType.Money => "DECIMAL(18, 4)",
        FeedType.Grams => "DECIMAL(12, 2)",
        FeedType.Real => "DOUBLE",
        FeedType.Instant => "TIMESTAMP",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a feed type."),
    };
}
