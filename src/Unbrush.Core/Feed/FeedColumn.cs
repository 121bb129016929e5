namespace Unbrush.Core.Feed;

/// <summary>The kinds of value a feed column may hold. Each maps to one storage type.</summary>
public enum FeedType
{
    /// <summary>Free text or an identifier, kept as it came.</summary>
    Text,

    /// <summary>A pseudonym of personal data (HMAC); masked values read as null.</summary>
    Key,

    /// <summary>A 32-bit whole number.</summary>
    Integer,

    /// <summary>An exact amount in the row's currency, four decimals.</summary>
    Money,

    /// <summary>Grams, two decimals.</summary>
    Grams,

    /// <summary>A rate, a rating or a coordinate.</summary>
    Real,

    /// <summary>An instant, stored in UTC with microseconds.</summary>
    Instant,

    /// <summary>Yes or no, stored as 1 or 0; read from 1/0, true/false, yes/no.</summary>
    Flag,

    /// <summary>One word out of <see cref="FeedColumn.Words"/>.</summary>
    Word,
}

/// <summary>One column of a feed table.</summary>
/// <param name="Name">The column's name, as in the file's header.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">A file without it cannot be read; a row without it is quarantined.</param>
/// <param name="Words">The words allowed, for <see cref="FeedType.Word"/>; otherwise empty.</param>
/// <param name="Default">The value a null reads as, or null.</param>
/// <param name="Minimum">The least legal number, or null.</param>
/// <param name="Maximum">The greatest legal number, or null.</param>
public sealed record FeedColumn(
    string Name,
    FeedType Type,
    bool IsRequired = false,
    IReadOnlyList<string>? Words = null,
    string? Default = null,
    decimal? Minimum = null,
    decimal? Maximum = null);

/// <summary>One table of the feed contract.</summary>
/// <param name="Name">The table's name, which is also the stem of its file.</param>
/// <param name="Key">The columns that identify a row.</param>
/// <param name="Columns">All columns in canonical order.</param>
public sealed record FeedTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<FeedColumn> Columns)
{
    /// <summary>The column of that name.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    public FeedColumn this[string name] =>
        Columns.FirstOrDefault(c => c.Name == name)
        ?? throw new KeyNotFoundException($"The feed table '{Name}' has no column '{name}'.");

    /// <summary>True where the table has a column of that name.</summary>
    public bool Has(string column) => Columns.Any(c => c.Name == column);
}
