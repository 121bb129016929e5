using Unbrush.Core;
using Unbrush.Core.Feed;

namespace Unbrush.Detection.Report;

/// <summary>What the report is to look like, and what it says about the run.</summary>
public sealed record ReportOptions
{
    /// <summary>The language of everything but the reasons, which are in the scan's.</summary>
    public Language Language { get; init; }

    /// <summary>The title; a plain one where null.</summary>
    public string? Title { get; init; }

    /// <summary>The zone of the times shown (IANA name).</summary>
    public string TimeZone { get; init; } = FeedSchema.DefaultTimeZone;

    /// <summary>The program's version.</summary>
    public string Version { get; init; } = typeof(ReportOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>A hash over everything but the feed that the findings depend on, or null.</summary>
    public string? Configuration { get; init; }

    /// <summary>A hash over all findings tables, or null.</summary>
    public string? Findings { get; init; }

    /// <summary>How many rows the tables of sellers, facilities and senders show; the rest is counted.</summary>
    public int Rows { get; init; } = 20;

    /// <summary>How many orders are told in full.</summary>
    public int Cases { get; init; } = 12;
}
