using System.Text.Json.Nodes;

namespace Unbrush.Cli.Tests.Casework;

/// <summary>What a scan writes and what casework makes of it are two rooms' work: here they meet.</summary>
[Collection("console")]
public sealed class FromScanToCaseworkTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("casework-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Turnover_agrees_with_the_scans_own_table_to_the_cent()
    {
        Run("simulate", "--seed", "11", "--orders", "3000", "--out", At("feed"));
        Run("scan", At("feed"), "--out", At("findings"));
        var all = JsonNode.Parse(Run("turnover", At("findings"), "--feed", At("feed"), "--json"))!.AsArray();
        Assert.All(all, t => Assert.Empty(t!["disagreements"]!.AsArray()));
        // There is something to agree on.
        Assert.True(all.Count > 10);
        Assert.Contains(all, t => (long)t!["confirmed_orders"]! > 0);
        Assert.Contains(all, t => (long)t!["unsold_orders"]! > 0);
        Assert.All(all, t => Assert.Equal(1m, (decimal)t!["status_coverage"]!));
    }

    [Fact]
    public void Each_file_that_the_scan_read_is_in_the_ledger_with_its_rows()
    {
        Run("simulate", "--seed", "11", "--orders", "2000", "--out", At("feed"));
        Run("scan", At("feed"), "--out", At("findings"));
        Run("propose", "from", At("findings"), "--feed", At("feed"), "--store", At("case.db"), "--by", "ann");
        Run("propose", "from", At("findings"), "--feed", At("feed"), "--store", At("case.db"), "--by", "ann");
        var entries = JsonNode.Parse(Run("ledger", "list", "--store", At("case.db"), "--limit", "1000", "--json"))!.AsArray();
        var inputs = JsonNode.Parse(File.ReadAllText(At("findings/run.json")))!["inputs"]!.AsArray();
        Assert.True(inputs.Count > 5);
        var imports = entries.Where(e => (string)e!["kind"]! == "import").Select(e => JsonNode.Parse((string)e!["facts"]!)!).ToList();
        Assert.Equal(inputs.Select(i => ((string)i!["sha256"]!, (long)i["read"]!, (long)i["kept"]!)), imports.Select(i => ((string)i["sha256"]!, (long)i["read"]!, (long)i["kept"]!)));
        Assert.Single(entries, e => (string)e!["kind"]! == "scan");
    }

    private static string Run(params string[] words)
    {
        var said = CommandLine.Run(words);
        Assert.True(said.Code == 0, said.Error);
        return said.Out;
    }

    private string At(string name) => Path.Combine(folder, name);
}
