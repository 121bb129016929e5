using Unbrush.Core;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;
using Unbrush.Simulation;

namespace Unbrush.Cli.Tests.Report;

/// <summary>A small simulated economy, scanned once in each language, and a feed of hostile cells.</summary>
public sealed class ScannedWorld : IDisposable
{
    public const string Hostile = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;\u001b[31m\u202e";

    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;

    public ScannedWorld()
    {
        Simulator.Run(new SimulationOptions(11, 4000, Profile.Standard), At("feed"), At("truth"));
        WriteHostile(At("hostile"));
        foreach (var language in Enum.GetValues<Language>())
        {
            Scan(language, "feed");
            Scan(language, "hostile");
        }
    }

    public string Workspace(Language language, string feed = "feed") => At($"{feed}-{language}-workspace");

    public string Report(Language language, string feed = "feed") => Path.Combine(Findings(language, feed), "report.html");

    public string Findings(Language language, string feed = "feed") => At($"{feed}-{language}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private void Scan(Language language, string feed)
    {
        using var workspace = Detection.Store.Workspace.Open(Workspace(language, feed), new() { Threads = 1 });
        Detection.Pipeline.Scan.Run(workspace, new() { Feeds = [At(feed)], Out = Findings(language, feed), Detector = new() { Language = language } });
    }

    /// <summary>Ordinary orders of three shops, and some of a fourth that a ledger names fake; every text that a report may show is hostile.</summary>
    private static void WriteHostile(string folder)
    {
        Directory.CreateDirectory(folder);
        var cell = $"\"{Hostile.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var orders = Enumerable.Range(0, 60).Select(i => $"p,o{i},s{i % 3},2026-03-{(i % 28) + 1:00}T10:00:00Z,b{i},10,ordinary");
        File.WriteAllLines(Path.Combine(folder, "orders.csv"), ["platform,order_id,seller_id,created_at,buyer_id,amount,memo", .. orders, $"p,{cell},{cell},2026-03-05T10:00:00Z,{cell},10,{cell}", .. Enumerable.Range(0, 5).Select(i => $"p,fake{i},{cell},2026-03-0{i + 1}T10:00:00Z,{cell},10,{cell}")]);
        File.WriteAllLines(Path.Combine(folder, "sellers.csv"), ["platform,seller_id,name", $"p,{cell},{cell}"]);
        File.WriteAllLines(Path.Combine(folder, "labels.csv"), ["subject_kind,scope,subject_id,label,source", $"order,p,{cell},fake,ledger", .. Enumerable.Range(0, 5).Select(i => $"order,p,fake{i},fake,ledger")]);
        File.WriteAllLines(Path.Combine(folder, "parcels.csv"), ["carrier,waybill_no,created_at,origin_facility,remark", $"c,{cell},2026-03-05T11:00:00Z,{cell},{cell}"]);
        File.WriteAllLines(Path.Combine(folder, "parcel_orders.csv"), ["carrier,waybill_no,platform,order_id", $"c,{cell},p,{cell}"]);
        File.WriteAllLines(Path.Combine(folder, "scans.csv"), ["carrier,waybill_no,scanned_at,action,facility_id", $"c,{cell},2026-03-05T12:00:00Z,picked_up,{cell}", $"c,{cell},2026-03-06T12:00:00Z,delivered,{cell}"]);
        File.WriteAllLines(Path.Combine(folder, "facilities.csv"), ["carrier,facility_id,name,kind", $"c,{cell},{cell},outlet"]);
        File.WriteAllLines(Path.Combine(folder, "reviews.csv"), ["platform,review_id,order_id,listing_id,buyer_id,reviewed_at,rating,text", $"p,{cell},{cell},{cell},{cell},2026-03-08T12:00:00Z,5,{cell}"]);
    }
}

/// <summary>Tests that read what the program writes to the console run one after another.</summary>
[CollectionDefinition("console")]
public sealed class ConsoleGroup : ICollectionFixture<ScannedWorld>;
