using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Unbrush.Core;
using Unbrush.Detection.Findings;
using Unbrush.Detection.Report;
using Unbrush.Detection.Store;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Writing;

namespace Unbrush.Detection.Pipeline;

/// <summary>What a scan is to do.</summary>
public sealed record ScanOptions
{
    /// <summary>Files, folders, or <c>table=path</c>; may be empty where the workspace holds a feed.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>Where the findings go.</summary>
    public required string Out { get; init; }

    /// <summary>How files are read.</summary>
    public ImportOptions Import { get; init; } = new();

    /// <summary>How the feed is judged.</summary>
    public DetectorOptions Detector { get; init; } = new();
}

/// <summary>What a scan found, in figures.</summary>
/// <param name="Orders">Orders by verdict.</param>
/// <param name="Parcels">Parcels by verdict.</param>
/// <param name="Hash">A SHA-256 over all tables.</param>
public sealed record ScanSummary(IReadOnlyDictionary<string, long> Orders, IReadOnlyDictionary<string, long> Parcels, string Hash);

/// <summary>From files to findings: import, detect, write.</summary>
public static class Scan
{
    private const string RunFile = "run.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs a scan in a workspace.</summary>
    /// <exception cref="UnbrushException">An input cannot be read, or the findings cannot be written.</exception>
    public static ScanSummary Run(Workspace workspace, ScanOptions options, CancellationToken cancel = default)
    {
        using var output = OutputFolder.Open(options.Out);
        var detector = new Detector(workspace.Store, options.Detector with { ForgetsFeed = workspace.IsTemporary });
        if (options.Feeds.Count > 0 || options.Import.Map is not null)
            detector.Log.Run("import", () => workspace.Import(options.Feeds, options.Import, cancel));
        if (options.Detector.OwnSignals is not null)
            workspace.Store.ShutOff(output.Staging);
        Detect(detector, cancel);
        var configuration = ConfigurationHash(options);
        var findings = output.Write(staging =>
        {
            var hash = detector.Log.Run("files", () => new FindingFiles(workspace.Store).Write(staging, (file, write) => detector.Log.Part("files", file, write), cancel));
            detector.Log.Run("report", () => ReportWriter.Write(
                workspace.Store,
                new() { Language = options.Detector.Language, TimeZone = options.Import.TimeZone, Configuration = configuration, Findings = hash },
                Path.Combine(staging, "report.html")));
            File.WriteAllText(Path.Combine(staging, RunFile), JsonSerializer.Serialize(Manifest(workspace.Store, detector, configuration, hash), Json) + "\n");
            return hash;
        });
        output.Publish(seal: RunFile);
        return new(ByVerdict(workspace.Store, "finding_orders"), ByVerdict(workspace.Store, "finding_parcels"), findings);
    }

    private static void Detect(Detector detector, CancellationToken cancel)
    {
        try
        {
            detector.Run(cancel);
        }
        catch (Exception e) when (ImportContext.IsDiskFull(e))
        {
            throw new UnbrushException(ExitCode.Workspace, new(
                "The disk is full: the workspace has no room for the scan's own tables; the feed in it is whole. Free some space, or put the workspace or TMPDIR elsewhere, and scan again.",
                "磁盘已满：工作区没有空间存放检测所需的中间表，其中的数据完好。请腾出空间，或把工作区或 TMPDIR 放到别处，然后重新检测。"), e);
        }
    }

    private static object Manifest(DuckDbStore store, Detector detector, string configuration, string hash)
    {
        var inputs = new List<object>();
        using (var reader = store.Query("SELECT name, format, \"table\", sha256, read, kept, superseded, quarantined FROM import_file"))
        {
            while (reader.Read())
                inputs.Add(new { name = reader.GetString(0), format = reader.GetString(1), table = reader.GetString(2), sha256 = reader.GetString(3), read = reader.GetInt64(4), kept = reader.GetInt64(5), superseded = reader.GetInt64(6), quarantined = reader.GetInt64(7) });
        }

        return new
        {
            version = typeof(Scan).Assembly.GetName().Version!.ToString(3),
            configuration,
            inputs,
            steps = detector.Steps.Select(s => new
            {
                s.Name,
                s.Rows,
                seconds = Math.Round(s.Seconds, 3),
                processor_seconds = Math.Round(s.ProcessorSeconds, 3),
                peak_bytes = s.PeakBytes,
                parts = s.Parts.Count == 0 ? null : s.Parts.ToDictionary(p => p.Name, p => Math.Round(p.Seconds, 3)),
            }),
            base_rate = detector.Base.ToDictionary(b => b.Key.ToString().ToLowerInvariant(), b => Math.Round(new Core.Evidence.Decibans(b.Value).ToProbability(), 6)),
            hash,
        };
    }

    /// <summary>A hash over everything but the feed that the findings depend on: signals, facts, model, language, zone.</summary>
    private static string ConfigurationHash(ScanOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var root in (string?[])[options.Detector.Signals, options.Detector.Facts, options.Detector.OwnSignals])
        {
            if (root is null)
                continue;
            foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(root, path)));
                hash.AppendData(File.ReadAllBytes(path));
            }
        }

        hash.AppendData(Encoding.UTF8.GetBytes($"{options.Detector.Language} {options.Import.TimeZone}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Dictionary<string, long> ByVerdict(DuckDbStore store, string table)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var reader = store.Query($"SELECT verdict, count(*) FROM {table} GROUP BY verdict ORDER BY verdict");
        while (reader.Read())
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }
}
