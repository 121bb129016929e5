using System.Security.Cryptography;
using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Canonical;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Olist;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Shopee;

namespace Unbrush.Feeds;

/// <summary>A file, the format that takes it, and why.</summary>
public sealed record IdentifiedFile(FileSample File, string? Table, IFeedFormat Format, Recognition Recognition);

/// <summary>Reads files of any known format into the contract's tables of a database, all or nothing.</summary>
public static class FeedImporter
{
    /// <summary>The formats, in the order in which ties are decided.</summary>
    public static IReadOnlyList<IFeedFormat> Formats { get; } = [new CanonicalFormat(), new ShopeeFormat(), new OlistFormat()];

    /// <summary>Finds the files behind what the user named (files, folders, <c>table=path</c>) and what each is.</summary>
    /// <exception cref="UnbrushException">A path does not exist, or a file that was named is of no known format.</exception>
    public static IReadOnlyList<IdentifiedFile> Identify(IReadOnlyList<string> feeds, List<ImportNote>? notes = null)
    {
        var identified = new List<IdentifiedFile>();
        foreach (var (path, table, isNamed) in Expand(feeds))
        {
            var sample = FileSample.Of(path);
            if (sample.Content == Content.Empty)
            {
                notes?.Add(new("warning", table ?? sample.Stem, sample.Name, new("The file is empty.", "文件是空的。")));
                continue;
            }

            var best = Formats.Select(f => (Format: f, Recognition: f.Recognise(sample, table))).Where(p => p.Recognition is not null).MaxBy(p => p.Recognition!.Certainty);
            if (best.Recognition is not null)
                identified.Add(new(sample, table, best.Format, best.Recognition));
            else if (isNamed)
                throw Unknown(path);
            else
                notes?.Add(new("info", "", sample.Name, new("The file is of no known table or format and was left out.", "该文件不属于任何已知的表或格式，未读取。")));
        }

        if (identified.Count == 0)
        {
            throw new UnbrushException(ExitCode.Unreadable, new(
                $"There is nothing to read in {string.Join(", ", feeds)}: no file there is a table of the feed or of a known format, or all are empty.",
                $"{string.Join("、", feeds)} 中没有可读的内容：没有任何文件是数据表或已知格式，或者文件全是空的。"));
        }

        return identified;
    }

    /// <summary>
    /// Imports feeds into a database. Files are read into tables of their own first, and brought in by one transaction at the
    /// end: a stopped import leaves nothing that counts.
    /// </summary>
    /// <param name="connection">The database; the contract's tables are made where they are missing.</param>
    /// <param name="feeds">Files, folders, or <c>table=path</c>.</param>
    /// <param name="secret">The workspace's secret, for pseudonyms.</param>
    /// <param name="options">Zone, tolerance, progress.</param>
    /// <param name="cancel">Stops between files.</param>
    /// <exception cref="UnbrushException">An input cannot be read, or too much of it is bad.</exception>
    public static ImportReport Import(DuckDBConnection connection, IReadOnlyList<string> feeds, byte[] secret, ImportOptions options, CancellationToken cancel = default)
    {
        using var context = new ImportContext(connection, options, new(secret));
        var identified = Identify(feeds, context.Notes);
        var hashes = identified.Select(f => f.File.Path).Distinct(StringComparer.Ordinal).ToDictionary(p => p, p => Task.Run(() => Hash(p), cancel), StringComparer.Ordinal);
        context.Execute($"SET TimeZone = {ImportContext.Quote(options.TimeZone)}");
        context.Execute(FeedTables.CreateAll);
        DropStages(context);
        try
        {
            var staged = new List<(StagedRelation Relation, string Format)>();
            foreach (var group in identified.GroupBy(f => f.Format))
                staged.AddRange(group.Key.Stage([.. group.Select(f => (f.File, f.Table))], context).Select(r => (r, group.Key.Name)));

            var files = new List<FileReport>();
            var quarantine = new List<QuarantinedCell>();
            var loaders = new List<TableLoader>();
            foreach (var table in FeedSchema.Tables)
            {
                cancel.ThrowIfCancellationRequested();
                var own = staged.Where(s => s.Relation.Table.Name == table.Name).ToList();
                if (own.Count == 0)
                    continue;
                var loader = new TableLoader(context, table);
                loaders.Add(loader);
                foreach (var (relation, read, kept, superseded, quarantined) in loader.Stage([.. own.Select(s => s.Relation)]))
                    files.Add(new(relation.File.Name, own.First(s => s.Relation == relation).Format, table.Name, hashes[relation.File.Path].GetAwaiter().GetResult(), read, kept, superseded, quarantined));
                quarantine.AddRange(loader.Quarantine);
            }

            context.Execute("BEGIN TRANSACTION");
            try
            {
                loaders.ForEach(l => l.MoveIn());
                context.Execute("COMMIT");
            }
            catch
            {
                context.Execute("ROLLBACK");
                throw;
            }

            return new(files, context.Notes, quarantine);
        }
        finally
        {
            DropStages(context);
            context.Execute("SET TimeZone = 'UTC'");
        }
    }

    private static void DropStages(ImportContext context)
    {
        var left = new List<string>();
        context.Query($"SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, '{TableLoader.StagePrefix}')", r => left.Add(r.GetString(0)));
        foreach (var table in left)
            context.Execute($"DROP TABLE {table}");
    }

    private static IEnumerable<(string Path, string? Table, bool IsNamed)> Expand(IReadOnlyList<string> feeds)
    {
        foreach (var feed in feeds)
        {
            var equals = feed.IndexOf('=', StringComparison.Ordinal);
            var table = equals > 0 && FeedSchema.Find(feed[..equals]) is not null ? feed[..equals] : null;
            var path = table is null ? feed : feed[(equals + 1)..];
            if (Directory.Exists(path))
            {
                foreach (var file in Directory.EnumerateFiles(path).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal))
                    yield return (file, table, false);
            }
            else if (File.Exists(path))
            {
                yield return (path, table, true);
            }
            else
            {
                throw new UnbrushException(ExitCode.Unreadable, new($"There is no file or folder '{path}'.", $"没有文件或目录“{path}”。"));
            }
        }
    }

    private static string Hash(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static UnbrushException Unknown(string path) => new(ExitCode.Unreadable, new(
        $"{path} is of no known format. Name its table with table=path (tables: {string.Join(", ", FeedSchema.Tables.Select(t => t.Name))}).",
        $"{path} 不是已知的格式。请用 表名=路径 指定它的表（表：{string.Join("、", FeedSchema.Tables.Select(t => t.Name))}）。"));
}
