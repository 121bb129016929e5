using System.Security.Cryptography;
using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.AfterShip;
using Unbrush.Feeds.Alipay;
using Unbrush.Feeds.BrushingPlatforms;
using Unbrush.Feeds.Cainiao;
using Unbrush.Feeds.Amazon;
using Unbrush.Feeds.Canonical;
using Unbrush.Feeds.CarrierFeeds;
using Unbrush.Feeds.Epcis;
using Unbrush.Feeds.KdNiao;
using Unbrush.Feeds.Kuaidi100;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Mapping;
using Unbrush.Feeds.Olist;
using Unbrush.Feeds.Pinduoduo;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.SellerLedger;
using Unbrush.Feeds.SeventeenTrack;
using Unbrush.Feeds.Shopee;
using Unbrush.Feeds.Shopify;
using Unbrush.Feeds.Taobao;
using Unbrush.Feeds.Top;
using Unbrush.Feeds.Upu;
using Unbrush.Feeds.WeChat;
using Unbrush.Feeds.WooCommerce;

namespace Unbrush.Feeds;

/// <summary>A file, the format that takes it, and why.</summary>
public sealed record IdentifiedFile(FileSample File, string? Table, IFeedFormat Format, Recognition Recognition);

/// <summary>Reads files of any known format into the contract's tables of a database, all or nothing.</summary>
public static class FeedImporter
{
    /// <summary>The formats, in the order in which ties are decided.</summary>
    public static IReadOnlyList<IFeedFormat> Formats { get; } =
    [
        new CanonicalFormat(), new ShopeeFormat(), new OlistFormat(), new TaobaoOrderExport(), new TaobaoItemExport(), new PinduoduoExport(), new AlipayBill(), new BrushLedger(), new BrushingSheet(), new BrushingJson(),
        new Kuaidi100Format(), new KdNiaoFormat(), new CainiaoPushFormat(), new CainiaoGlobalFormat(), new SfRouteFormat(), new ScanSheet(), new WeChatExpressFormat(), new AfterShipFormat(),
        new SeventeenTrackFormat(), new EmsevtFormat(), new EpcisFormat(), new TopFormat(), new ShopifyOrders(), new WooCommerceOrders(), new AmazonAllOrders(),
    ];

    /// <summary>Finds the files behind what the user named (files, folders, <c>table=path</c>) and what each is.</summary>
    /// <param name="feeds">Files, folders, or <c>table=path</c>.</param>
    /// <param name="notes">Takes notes on what was left out.</param>
    /// <param name="unpacking">Opens archives and workbooks; they live as long as it does. Where null, archives are not opened.</param>
    /// <param name="map">A mapping file, or null.</param>
    /// <exception cref="UnbrushException">A path does not exist, or a file that was named is of no known format.</exception>
    public static IReadOnlyList<IdentifiedFile> Identify(IReadOnlyList<string> feeds, List<ImportNote>? notes = null, Unpacking? unpacking = null, string? map = null)
    {
        var identified = new List<IdentifiedFile>();
        var mapping = map is null ? null : MapFile.Read(map);
        IReadOnlyList<IFeedFormat> formats = mapping is null ? Formats : [.. Formats, new MappedFormat(mapping)];
        if (mapping?.Source is not null)
            identified.Add(DatabaseFormat.Identify(mapping));
        foreach (var (path, table, isNamed) in Expand(feeds, unpacking))
        {
            FileSample sample;
            try
            {
                sample = FileSample.Of(path);
            }
            catch (UnbrushException e) when (!isNamed && table is null && FeedSchema.Find(FileSample.StemOf(path)) is null)
            {
                // A stranger in a folder is no fault of the feed's.
                notes?.Add(new("info", "", Path.GetFileName(path), e.Sentence));
                continue;
            }

            if (sample.Content == Content.Empty)
            {
                notes?.Add(new("warning", table ?? sample.Stem, sample.Name, new("The file is empty.", "文件是空的。")));
                continue;
            }

            var best = formats.Select(f => (Format: f, Recognition: f.Recognise(sample, table))).Where(p => p.Recognition is not null).OrderByDescending(p => p.Recognition!.Certainty).FirstOrDefault();
            if (best.Recognition is not null)
                identified.Add(new(sample, table, best.Format, best.Recognition));
            else if (isNamed)
                throw mapping is null ? Unknown(path) : NotMapped(path, mapping);
            else
                notes?.Add(new("info", "", sample.Name, new("The file is of no known table or format and was left out.", "该文件不属于任何已知的表或格式，未读取。")));
        }

        if (identified.Count == 0)
        {
            var hasFolders = feeds.Any(f => Directory.Exists(f) && Directory.EnumerateDirectories(f).Any());
            throw new UnbrushException(ExitCode.Unreadable, new(
                $"There is nothing to read in {string.Join(", ", feeds)}: no file there is a table of the feed or of a known format, or all are empty.{(hasFolders ? " Folders within folders are not searched: name them." : "")}",
                $"{string.Join("、", feeds)} 中没有可读的内容：没有任何文件是数据表或已知格式，或者文件全是空的。{(hasFolders ? "不会进入子目录，请直接指定子目录。" : "")}"));
        }

        return identified;
    }

    /// <summary>
    /// Imports feeds into a database. Files are read into tables of their own first, and brought in by one transaction at the
    /// end: a stopped import leaves nothing that counts. Formats whose later files lean on the orders of earlier ones read
    /// <c>import_orders</c>: those already known and those just staged.
    /// </summary>
    /// <param name="connection">The database; the contract's tables are made where they are missing.</param>
    /// <param name="feeds">Files, folders, or <c>table=path</c>.</param>
    /// <param name="secret">
    /// The workspace's secret, for pseudonyms. Empty where nobody keeps the workspace: it is then derived from the files, so that
    /// the same feed gives the same pseudonyms and nobody without the feed can make them.
    /// </param>
    /// <param name="options">Zone, tolerance, progress.</param>
    /// <param name="keep">Keeps an account of the import, within its one transaction.</param>
    /// <param name="cancel">Stops between files.</param>
    /// <exception cref="UnbrushException">An input cannot be read, or too much of it is bad.</exception>
    public static ImportReport Import(DuckDBConnection connection, IReadOnlyList<string> feeds, byte[] secret, ImportOptions options, Action<ImportReport>? keep = null, CancellationToken cancel = default)
    {
        using var unpacking = new Unpacking(options.ScratchDirectory);
        var notes = new List<ImportNote>();
        var identified = Identify(feeds, notes, unpacking, options.Map);
        using var digesting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var stop = digesting.Token;
        var digests = identified.DistinctBy(f => f.File.Path, StringComparer.Ordinal).ToDictionary(f => f.File.Path, f => Task.Run(() => FileDigest.Of(f.File, stop), stop), StringComparer.Ordinal);
        using var context = new ImportContext(connection, options, new(secret.Length > 0 ? secret : SecretOf(identified))) { Digests = digests };
        context.Notes.AddRange(notes);
        context.Execute($"SET TimeZone = {ImportContext.Quote(options.TimeZone)}");
        context.Execute(FeedTables.CreateAll);
        DropStages(context);
        KnowOrders(context);
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
                loader.Stage([.. own.Select(s => s.Relation)]);
                if (table.Name == "orders")
                    KnowOrders(context);
            }

            var latest = FeedTime.LatestOf(context, loaders);
            foreach (var loader in loaders)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var (relation, read, kept, superseded, quarantined) in loader.Settle(latest))
                    files.Add(new(relation.File.Name, staged.First(s => s.Relation == relation).Format, loader.Table.Name, digests[relation.File.Path].GetAwaiter().GetResult().Sha256, read, kept, superseded, quarantined));
                quarantine.AddRange(loader.Quarantine);
            }

            ImportReport report;
            context.Execute("BEGIN TRANSACTION");
            try
            {
                loaders.ForEach(l => l.MoveIn());
                context.Routes.Fill();
                context.Refunds.Fill();
                foreach (var format in identified.Select(f => f.Format).Distinct())
                    format.Verify(context);
                report = new(files, context.Notes, quarantine);
                keep?.Invoke(report);
                context.Execute("COMMIT");
            }
            catch
            {
                context.Execute("ROLLBACK");
                throw;
            }

            return report;
        }
        finally
        {
            // An import that has failed lets go of the user's files before it says so.
            digesting.Cancel();
            Task.WhenAll((IEnumerable<Task>)digests.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            DropStages(context);
            context.Execute("SET TimeZone = 'UTC'");
        }
    }

    /// <summary>
    /// A view <c>import_orders</c> of the orders that the database holds and those being imported, for what names an order by its number
    /// alone. Orders are the contract's first table, so that all others can ask it.
    /// </summary>
    private static void KnowOrders(ImportContext context)
    {
        var staged = context.Number($"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{TableLoader.StagePrefix}orders'") > 0 ? $" UNION ALL SELECT platform, order_id, seller_id, buyer_id FROM {TableLoader.StagePrefix}orders" : "";
        context.Execute($"CREATE OR REPLACE TEMP VIEW import_orders AS SELECT platform, order_id, min(seller_id) AS seller_id, min(buyer_id) AS buyer_id FROM (SELECT platform, order_id, seller_id, buyer_id FROM orders{staged}) GROUP BY platform, order_id");
    }

    private static void DropStages(ImportContext context)
    {
        context.Execute("DROP VIEW IF EXISTS import_orders");
        var left = new List<string>();
        context.Query($"SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, '{TableLoader.StagePrefix}')", r => left.Add(r.GetString(0)));
        foreach (var table in left)
            context.Execute($"DROP TABLE {table}");
    }

    private static IEnumerable<(string Path, string? Table, bool IsNamed)> Expand(IReadOnlyList<string> feeds, Unpacking? unpacking)
    {
        foreach (var (path, table, isNamed) in Paths(feeds))
        {
            var inside = unpacking?.Open(path) ?? [path];
            foreach (var file in inside)
                yield return (file, table, isNamed && inside.Count == 1);
        }
    }

    private static IEnumerable<(string Path, string? Table, bool IsNamed)> Paths(IReadOnlyList<string> feeds)
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

    /// <summary>A secret out of what the files begin and end with, and how long they are.</summary>
    private static byte[] SecretOf(IReadOnlyList<IdentifiedFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = new byte[1 << 16];
        foreach (var path in files.Select(f => f.File.Path).Where(File.Exists).Distinct(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(path);
            hash.AppendData(BitConverter.GetBytes(file.Length));
            hash.AppendData(part, 0, file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false));
            file.Position = Math.Max(0, file.Length - part.Length);
            hash.AppendData(part, 0, file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false));
        }

        return hash.GetHashAndReset();
    }

    private static UnbrushException NotMapped(string path, MapFile mapping) => new(ExitCode.Unreadable, new(
        $"{path} is of no known format and does not have every column that {mapping.Path} names ({string.Join(", ", mapping.Needs)}).",
        $"{path} 不是已知的格式，也没有 {mapping.Path} 所用的全部列（{string.Join("、", mapping.Needs)}）。"));

    private static UnbrushException Unknown(string path) => new(ExitCode.Unreadable, new(
        $"{path} is of no known format. Have a mapping proposed with unbrush map {path}, or, if its columns are those of the feed, name its table with table=path (tables: {string.Join(", ", FeedSchema.Tables.Select(t => t.Name))}).",
        $"{path} 不是已知的格式。可用 unbrush map {path} 生成映射；若其列与数据约定一致，请用 表名=路径 指定它的表（表：{string.Join("、", FeedSchema.Tables.Select(t => t.Name))}）。"));
}
