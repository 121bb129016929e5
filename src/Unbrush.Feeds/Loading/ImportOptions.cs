using Unbrush.Core;
using Unbrush.Core.Feed;

namespace Unbrush.Feeds.Loading;

/// <summary>What is being imported, for people who wait.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Table">The table.</param>
public readonly record struct ImportProgress(string File, string Table);

/// <summary>What an import is to do.</summary>
public sealed record ImportOptions
{
    /// <summary>The zone of times without an offset (IANA name).</summary>
    public string TimeZone { get; init; } = FeedSchema.DefaultTimeZone;

    /// <summary>The share of bad rows beyond which a file fails whole.</summary>
    public double MaxBad { get; init; } = 0.01;

    /// <summary>The seller of files that name none; where null, the file's name up to its first <c>-</c> or <c>.</c>.</summary>
    public string? Seller { get; init; }

    /// <summary>A mapping file for what is of no known format; null where there is none.</summary>
    public string? Map { get; init; }

    /// <summary>The carrier of tracks that name none.</summary>
    public string? Carrier { get; init; }

    /// <summary>Where decoded copies go; the system's temporary folder where null.</summary>
    public string? ScratchDirectory { get; init; }

    /// <summary>Told what is being read.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }
}

/// <summary>What became of one file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Format">The format it was read as.</param>
/// <param name="Table">The table its rows went to.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
/// <param name="Read">Rows read; always kept + quarantined + superseded.</param>
/// <param name="Kept">Rows that stand in the table.</param>
/// <param name="Superseded">Rows that another row of the same key made needless.</param>
/// <param name="Quarantined">Rows that could not be read.</param>
public sealed record FileReport(string Name, string Format, string Table, string Sha256, long Read, long Kept, long Superseded, long Quarantined);

/// <summary>One cell, or one line, that could not be read.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Row">The row in the file, the header being row 1.</param>
/// <param name="Column">The column as the file names it, and in brackets as the contract does, where that is another name.</param>
/// <param name="Value">What stood there, cut to 100 characters; personal data are left out.</param>
/// <param name="Reason">Why it cannot be read, and what would do.</param>
public sealed record QuarantinedCell(string File, long Row, string Column, string Value, Sentence Reason)
{
    /// <summary>The row, the column, the value and the reason in one sentence, without the file.</summary>
    public Sentence Said => new(
        $"row {Row}{(Column.Length == 0 ? "" : $", column '{Column}'")}: {(Value.Length == 0 ? "" : $"'{Value}' is ")}{Reason.En}",
        $"第 {Row} 行{(Column.Length == 0 ? "" : $"，列“{Column}”")}：{(Value.Length == 0 ? "" : $"“{Value}”")}{Reason.Zh}");
}

/// <summary>What became of an import.</summary>
/// <param name="Files">Each file and table.</param>
/// <param name="Notes">What a reader of the findings should know.</param>
/// <param name="Quarantine">Every cell that could not be read.</param>
public sealed record ImportReport(IReadOnlyList<FileReport> Files, IReadOnlyList<ImportNote> Notes, IReadOnlyList<QuarantinedCell> Quarantine);
