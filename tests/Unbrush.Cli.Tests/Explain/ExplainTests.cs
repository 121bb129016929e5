using System.Globalization;
using System.Text.Json;
using Unbrush.Cli.Tests.Report;
using Unbrush.Core;
using Unbrush.Detection.Explain;
using Unbrush.Detection.Store;

namespace Unbrush.Cli.Tests.Explain;

[Collection("console")]
public sealed class ExplainTests(ScannedWorld world)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void The_reasons_of_every_kind_of_verdict_add_up_to_the_evidence()
    {
        using var workspace = Open(Language.En);
        var reader = new AccountReader(workspace.Store, new(), Zone);
        foreach (var (platform, id, verdict) in Some("SELECT platform, order_id, verdict FROM finding_orders QUALIFY row_number() OVER (PARTITION BY verdict ORDER BY order_id) <= 8", workspace))
        {
            var account = reader.Order(platform, id)!;
            Assert.Equal(verdict, account.Verdict);
            Assert.Equal(account.EvidenceDb!.Value, account.Reasons.Sum(r => r.Db ?? 0), 0.011);
        }

        foreach (var (carrier, number, _) in Some("SELECT carrier, waybill_no, verdict FROM finding_parcels QUALIFY row_number() OVER (PARTITION BY verdict ORDER BY waybill_no) <= 8", workspace))
        {
            var account = reader.Parcel(carrier, number)!;
            Assert.Equal(account.EvidenceDb!.Value, account.Reasons.Sum(r => r.Db ?? 0), 0.011);
        }
    }

    [Fact]
    public void Weighed_anew_the_reasons_are_those_of_the_findings()
    {
        using var workspace = Open(Language.En);
        var reader = new AccountReader(workspace.Store, new(), Zone);
        foreach (var (platform, id, reasons) in Some("SELECT platform, order_id, reasons FROM finding_orders WHERE verdict = 'confirmed' ORDER BY order_id LIMIT 10", workspace))
        {
            using var recorded = JsonDocument.Parse(reasons);
            var account = reader.Order(platform, id)!;
            Assert.Equal(
                recorded.RootElement.EnumerateArray().Select(r => (r.GetProperty("signal").GetString(), r.GetProperty("db").GetDouble(), r.GetProperty("text").GetString())),
                account.Reasons.Where(r => r.Signal != "remainder").Select(r => ((string?)r.Signal, r.Db ?? 0, (string?)r.Text)));
        }
    }

    [Fact]
    public void A_parcel_that_the_feed_links_to_no_order_says_why_it_was_taken_for_the_orders()
    {
        var folder = Directory.CreateTempSubdirectory("unlinked-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "orders.csv"), "platform,order_id,seller_id,created_at,shipped_at,address_key\n" + string.Concat(Enumerable.Range(10, 30).Select(i => $"tb,P{i},S1,2026-03-01T10:{i}:00+08:00,2026-03-02T10:{i}:00+08:00,home{i}\n")));
            File.WriteAllText(Path.Combine(folder, "parcels.csv"), "carrier,waybill_no,created_at,recipient_key\n" + string.Concat(Enumerable.Range(10, 30).Select(i => $"zto,N{i},2026-03-02T10:{i}:00+08:00,home{i}\n")));
            using var workspace = Workspace.Open(Path.Combine(folder, "workspace"), new());
            Unbrush.Detection.Pipeline.Scan.Run(workspace, new() { Feeds = [Path.Combine(folder, "orders.csv"), Path.Combine(folder, "parcels.csv")], Out = Path.Combine(folder, "out") }, TestContext.Current.CancellationToken);
            var parcel = Assert.Single(new AccountReader(workspace.Store, new(), Zone).Order("tb", "P17")!.Related);
            Assert.Equal("N17", parcel.Id);
            Assert.Contains("the feed links no parcels", parcel.Note, StringComparison.Ordinal);
            Assert.Contains("for 30 orders one was found", File.ReadAllText(Path.Combine(folder, "out", "notes.csv")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Scans_stand_in_order_and_what_is_missing_between_them()
    {
        using var workspace = Open(Language.En);
        var reader = new AccountReader(workspace.Store, new(), Zone);
        var missing = 0;
        foreach (var (platform, id, _) in Some("SELECT platform, order_id, verdict FROM finding_orders WHERE verdict = 'confirmed' ORDER BY order_id", workspace))
        {
            var times = reader.Order(platform, id)!.Timeline;
            missing += times.Count(h => h.Kind == HappeningKind.Missing);
            Assert.Equal(times.Where(h => h.At is not null).Select(h => h.At).Order(), times.Where(h => h.At is not null).Select(h => h.At));
        }

        Assert.True(missing > 0);
    }

    [Fact]
    public void What_was_scanned_in_English_is_explained_in_Chinese()
    {
        var (platform, id) = Confirmed();
        var (code, text, _) = Run("explain", "order", platform, id, "--workspace", world.Workspace(Language.En), "--language", "zh");
        Assert.Equal(0, code);
        Assert.Contains("确认虚假", text, StringComparison.Ordinal);
        Assert.Contains("经过", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", text);
    }

    [Theory]
    [InlineData("order", "SELECT platform, order_id, '' FROM finding_orders ORDER BY evidence_db DESC, order_id LIMIT 1")]
    [InlineData("parcel", "SELECT carrier, waybill_no, '' FROM finding_parcels ORDER BY evidence_db DESC, waybill_no LIMIT 1")]
    [InlineData("review", "SELECT platform, review_id, '' FROM finding_reviews ORDER BY score DESC, review_id LIMIT 1")]
    [InlineData("seller", "SELECT platform, seller_id, '' FROM finding_sellers ORDER BY confirmed DESC, seller_id LIMIT 1")]
    [InlineData("buyer", "SELECT platform, buyer_id, '' FROM finding_buyers ORDER BY confirmed DESC, buyer_id LIMIT 1")]
    [InlineData("facility", "SELECT carrier, facility_id, '' FROM finding_facilities ORDER BY rank LIMIT 1")]
    [InlineData("sender", "SELECT carrier, sender_key, '' FROM finding_senders ORDER BY parcels DESC, sender_key LIMIT 1")]
    public void Every_kind_is_explained_for_people_and_for_programs(string kind, string sql)
    {
        string scope, id;
        using (var workspace = Open(Language.En))
            (scope, id, _) = Some(sql, workspace)[0];
        var (code, text, error) = Run("explain", kind, scope, id, "--workspace", world.Workspace(Language.En));
        Assert.True(code == 0, error);
        Assert.Contains(id, text, StringComparison.Ordinal);
        (code, text, _) = Run("explain", kind, scope, id, "--workspace", world.Workspace(Language.En), "--json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(kind, json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(id, json.RootElement.GetProperty("id").GetString());
        Assert.True(json.RootElement.GetProperty("facts").GetArrayLength() > 0);
    }

    [Fact]
    public void An_id_that_is_not_there_gets_the_nearest_ones()
    {
        var (platform, id) = Confirmed();
        var (code, _, error) = Run("explain", "order", platform, id[..^1], "--workspace", world.Workspace(Language.En));
        Assert.Equal(2, code);
        Assert.Contains(id, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_that_is_not_there_is_said_and_not_made()
    {
        var nowhere = Path.Combine(world.Findings(Language.En), "nowhere");
        var (code, _, error) = Run("explain", "order", "p", "x", "--workspace", nowhere);
        Assert.Equal(5, code);
        Assert.Contains("nowhere", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public void A_feed_cannot_steer_the_terminal()
    {
        var (code, text, _) = Run("explain", "order", "p", ScannedWorld.Hostile, "--workspace", world.Workspace(Language.En, "hostile"));
        Assert.Equal(0, code);
        Assert.Contains("alert", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
    }

    private (string Platform, string Id) Confirmed()
    {
        using var workspace = Open(Language.En);
        var (platform, id, _) = Some("SELECT platform, order_id, verdict FROM finding_orders WHERE verdict = 'confirmed' ORDER BY evidence_db DESC, order_id LIMIT 1", workspace)[0];
        return (platform, id);
    }

    private Workspace Open(Language language) => Detection.Store.Workspace.Open(world.Workspace(language), new());

    private static List<(string, string, string)> Some(string sql, Workspace workspace)
    {
        var found = new List<(string, string, string)>();
        using var reader = workspace.Store.Query(sql);
        while (reader.Read())
            found.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return found;
    }

    private static Said Run(params string[] arguments) => CommandLine.Run(arguments);
}
