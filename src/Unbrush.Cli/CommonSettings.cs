using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Detection.Store;
using Unbrush.Feeds.Loading;

namespace Unbrush.Cli;

/// <summary>What every verb understands.</summary>
internal class CommonSettings : CommandSettings
{
    [CommandOption("--language <LANGUAGE>")]
    [Description("Language of sentences: en or zh")]
    [DefaultValue("en")]
    public string LanguageWord { get; init; } = "en";

    [CommandOption("--debug")]
    [Description("Show the trace of an error")]
    public bool Debug { get; init; }

    public Language Language => LanguageWord == "zh" ? Language.Zh : Language.En;

    public override ValidationResult Validate() =>
        LanguageWord is "en" or "zh" ? ValidationResult.Success() : ValidationResult.Error("--language is en or zh");
}

/// <summary>What every verb understands that works on a feed.</summary>
internal class FeedSettings : CommonSettings
{
    [CommandArgument(0, "[FEED]")]
    [Description("Files or folders of a feed; table=path names a file's table")]
    public string[] Feeds { get; init; } = [];

    [CommandOption("--workspace <DIR>")]
    [Description("A folder in which imports accumulate; made where it is missing. Without it a temporary one is used")]
    public string? Workspace { get; init; }

    [CommandOption("--memory <SIZE>")]
    [Description("Most memory for buffers, such as 8GB; beyond it the work spills to disk. Default: half of the machine's")]
    public string? Memory { get; init; }

    [CommandOption("--threads <N>")]
    [Description("How many threads work. Default: all")]
    public int? Threads { get; init; }

    [CommandOption("--timezone <ZONE>")]
    [Description("Zone of times that carry no offset (IANA name)")]
    [DefaultValue(FeedSchema.DefaultTimeZone)]
    public string TimeZone { get; init; } = FeedSchema.DefaultTimeZone;

    [CommandOption("--max-bad <SHARE>")]
    [Description("Share of bad rows beyond which a file fails whole, such as 0.01 or 1%")]
    [DefaultValue("1%")]
    public string MaxBad { get; init; } = "1%";

    [CommandOption("--map <FILE>")]
    [Description("A mapping for files of no known format, as unbrush map proposes one")]
    public string? Map { get; init; }

    [CommandOption("--seller <NAME>")]
    [Description("The seller of files that name none")]
    public string? Seller { get; init; }

    [CommandOption("--carrier <NAME>")]
    [Description("The carrier of tracks that name none, such as zto")]
    public string? Carrier { get; init; }

    public StoreOptions Store => new() { MemoryBytes = Memory is null ? null : Bytes(Memory), Threads = Threads };

    public ImportOptions Import => new() { TimeZone = TimeZone, MaxBad = Share(MaxBad) ?? 0.01, Map = Map, Seller = Seller, Carrier = Carrier };

    public Workspace Open() => Workspace is null ? Detection.Store.Workspace.OpenTemporary(Store, FeedBytes()) : Detection.Store.Workspace.Open(Workspace, Store);

    /// <summary>About how many bytes of text the feed has; what is packed has some five times its size, packed columns ten times.</summary>
    private long FeedBytes()
    {
        var files = Feeds.Select(f => File.Exists(f) || Directory.Exists(f) ? f : f[(f.IndexOf('=', StringComparison.Ordinal) + 1)..])
            .SelectMany(f => Directory.Exists(f) ? new DirectoryInfo(f).EnumerateFiles() : File.Exists(f) ? [new FileInfo(f)] : []);
        return files.Sum(f => f.Extension switch { ".parquet" => 10, ".gz" or ".zip" or ".zst" or ".xlsx" => 5, _ => 1 } * f.Length);
    }

    public override ValidationResult Validate()
    {
        if (Memory is not null && Bytes(Memory) is null)
            return ValidationResult.Error("--memory is a size, such as 8GB or 512MB");
        if (Threads is < 1)
            return ValidationResult.Error("--threads is 1 or more");
        if (Share(MaxBad) is null)
            return ValidationResult.Error("--max-bad is a share from 0 to 1, or a percentage");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            return ValidationResult.Error($"--timezone: there is no zone '{TimeZone}'; use an IANA name such as Asia/Shanghai");
        return base.Validate();
    }

    internal static long? Bytes(string size)
    {
        var text = size.Trim().ToUpperInvariant().Replace("IB", "B", StringComparison.Ordinal);
        var (unit, digits) = text switch
        {
            _ when text.EndsWith("GB", StringComparison.Ordinal) => (1L << 30, text[..^2]),
            _ when text.EndsWith('G') => (1L << 30, text[..^1]),
            _ when text.EndsWith("MB", StringComparison.Ordinal) => (1L << 20, text[..^2]),
            _ when text.EndsWith('M') => (1L << 20, text[..^1]),
            _ => (1L, text),
        };
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n * unit >= 1 << 20 ? (long)(n * unit) : null;
    }

    internal static double? Share(string share)
    {
        var percent = share.EndsWith('%');
        return double.TryParse(percent ? share[..^1] : share, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && (percent ? n / 100 : n) is >= 0 and <= 1
            ? percent ? n / 100 : n
            : null;
    }
}
