using Spectre.Console.Cli;
using Unbrush.Cli.Evaluate;
using Unbrush.Cli.Explain;
using Unbrush.Cli.Feeds;
using Unbrush.Cli.Rings;
using Unbrush.Cli.Scan;
using Unbrush.Cli.Simulate;
using Unbrush.Cli.Casework;

namespace Unbrush.Cli;

/// <summary>The verbs of the command line, one line each.</summary>
internal static class Verbs
{
    public static void Register(IConfigurator config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.AddCommand<DemoCommand>("demo")
            .WithDescription("Scan a simulated economy and show what it found.")
            .WithExample("demo")
            .WithExample("demo", "--language", "zh");
        config.AddCommand<ScanCommand>("scan")
            .WithDescription("Read a feed, find what is fake, write the findings.")
            .WithExample("scan", "feed/", "--out", "findings")
            .WithExample("scan", "orders=my-orders.csv", "parcels.parquet", "scans.csv.gz", "--timezone", "Asia/Shanghai", "--out", "findings")
            .WithExample("scan", "--workspace", "w", "--memory", "8GB", "--language", "zh", "--out", "findings");
        config.AddCommand<ExplainCommand>("explain")
            .WithDescription("Tell the whole account of one order, parcel, seller, facility …")
            .WithExample("explain", "order", "taobao", "1234567890123456789", "--workspace", "w")
            .WithExample("explain", "facility", "zto", "571023", "--feed", "feed/", "--language", "zh");
        config.AddCommand<ImportCommand>("import")
            .WithDescription("Add feeds to a workspace; the same file twice changes nothing.")
            .WithExample("import", "feed/", "--workspace", "w")
            .WithExample("import", "scans-2026-03-01.parquet", "--workspace", "w", "--max-bad", "0.1%")
            .WithExample("import", "orders.xlsx", "--map", "map.yaml", "--workspace", "w");
        config.AddCommand<IdentifyCommand>("identify")
            .WithDescription("Say what files are, and why.")
            .WithExample("identify", "ExportOrderList202106.csv", "tracks.json")
            .WithExample("identify", "downloads/", "exports.zip", "--language", "zh");
        config.AddCommand<WaybillCommand>("waybill")
            .WithDescription("Say whose waybill number it may be, and whether its check digit is right.")
            .WithExample("waybill", "RB123456785GB")
            .WithExample("waybill", "YT1234567890123", "--language", "zh");
        config.AddCommand<MapCommand>("map")
            .WithDescription("Propose a mapping for a file of no known format, and try it.")
            .WithExample("map", "orders.xlsx", "--out", "map.yaml")
            .WithExample("map", "orders.json", "--out", "map.yaml", "--force", "--language", "zh");
        config.AddCommand<ExportCommand>("export")
            .WithDescription("Write a workspace's tables as files.")
            .WithExample("export", "--format", "csv", "--workspace", "w", "--out", "feed");
        config.AddCommand<RingsCommand>("rings")
            .WithDescription("Find rings in anybody's edge list: who meets whom beyond chance.")
            .WithExample("rings", "orders.csv", "--left", "buyer", "--right", "seller", "--out", "found")
            .WithExample("rings", "purchases.parquet", "--left", "account", "--right", "shop", "--category", "genre", "--time", "day", "--out", "found");
        config.AddCommand<SimulateCommand>("simulate")
            .WithDescription("Write a synthetic feed with known truth.")
            .WithExample("simulate", "--seed", "7", "--orders", "20000", "--out", "feed", "--truth", "truth")
            .WithExample("simulate", "--seed", "8", "--orders", "1000000", "--profile", "evasive", "--format", "parquet", "--out", "feed");
        config.AddCommand<EvaluateCommand>("evaluate")
            .WithDescription("Judge findings by the truth of a simulation.")
            .WithExample("evaluate", "--truth", "truth", "--findings", "findings")
            .WithExample("evaluate", "--truth", "truth", "--findings", "findings", "--json");
        CaseworkVerbs.Register(config);
    }
}
