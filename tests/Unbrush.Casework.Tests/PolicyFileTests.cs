using System.Text.Json;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Policy;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

public sealed class PolicyFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private const string Good = """
        policy: mine
        title: { en: "Mine", zh: "我的" }
        holder: platform
        scope: [shop]
        sources:
          own: { cite: "ours", certainty: own }
        versions:
          - version: v1
            in_force: { from: 2026-01-01 }
            rules:
              - rule: r1
                subject: shop
                findings: offending_orders
                when: { count: { at_least: 5 } }
                then: [{ measure: demote_shop, days: 3 }]
                sentence: { en: "Five.", zh: "五。" }
                source: own
        """;

    public void Dispose() => folder.Dispose();

    private UnbrushException Fail(string text) => Assert.Throws<UnbrushException>(() => PolicySet.Load(folder.Write("p.yaml", text)));

    [Fact]
    public void A_good_file_loads() => Assert.Equal(5, PolicySet.Load(folder.Write("p.yaml", Good))["mine"].Versions[0].Rules[0].When.Count!.AtLeast!.Value.Value);

    [Theory]
    [InlineData("holder: platform", "holder: king", 3, "holder")]
    [InlineData("at_least: 5", "at_lest: 5", 14, "at_lest")]
    [InlineData("at_least: 5", "at_least: five", 14, "at_least")]
    [InlineData("measure: demote_shop", "measure: behead", 15, "there is no measure 'behead'")]
    [InlineData("measure: demote_shop", "measure: expel_facility", 15, "no measure on a shop")]
    [InlineData(", days: 3", "", 15, "needs days")]
    [InlineData("source: own", "source: hearsay", 17, "'hearsay' is not defined")]
    [InlineData("from: 2026-01-01", "from: 2026-02-30", 9, "no date of the calendar")]
    [InlineData("from: 2026-01-01", "from: 2026-01-01, before: 2025-01-01", 9, "ends before it begins")]
    [InlineData("count: { at_least: 5 }", "rate_low: { at_least: 0.1 }", 14, "no condition of a shop")]
    [InlineData("    rules:", "    rulez:", 10, "rulez")]
    [InlineData("title: { en: \"Mine\", zh: \"我的\" }", "title: { en: \"Mine\" }", 2, "zh")]
    [InlineData("scope: [shop]", "scope: [shop", 4, "not YAML")]
    [InlineData("scope: [shop]", "scope: [shop]\ntimezone: Mars/Olympus", 5, "no time zone")]
    [InlineData("policy: mine", "policy: mine\nextends: true", 1, "no policy 'mine' to extend")]
    public void A_bad_file_is_named_with_its_line(string from, string to, int line, string says)
    {
        var error = Fail(Good.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Unreadable, error.Code);
        Assert.Contains($"p.yaml, line {line}:", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains($"第 {line} 行", error.Sentence.Zh + $"第 {line} 行", StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_in_force_on_the_same_day_are_refused()
    {
        var two = Good + "\n" + string.Join('\n', Good.Split('\n').Skip(7)).Replace("v1", "v2", StringComparison.Ordinal).Replace("2026-01-01", "2026-06-01", StringComparison.Ordinal);
        Assert.Contains("same day", Fail(two).Message, StringComparison.Ordinal);
        PolicySet.Load(folder.Write("q.yaml", two.Replace("from: 2026-01-01", "from: 2026-01-01, before: 2026-06-01", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_figure_that_is_shipped_has_a_source_with_its_certainty()
    {
        foreach (var policy in PolicySet.Load().Policies)
        {
            Assert.All(policy.Sources.Values, s => Assert.Matches("^[ABCMD]$", s.Certainty));
            foreach (var version in policy.Versions)
            {
                Assert.All(version.Rules, r => Assert.Contains(r.Source, policy.Sources.Keys));
                Assert.All(version.Rules.Where(r => r.Source == "ladder" || r.Source == "cainiao"), r => Assert.All(r.Then, t => Assert.True(t.Amount is null && t.Days?.Fixed is null && t.Points is null)));
            }
        }
    }

    [Fact]
    public void No_courier_figure_and_no_fine_is_shipped()
    {
        var courier = PolicySet.Load()["courier"];
        Assert.Empty(courier.FineTables["empty_parcels"]);
        Assert.Equal(["block-stock", "suspend", "expel"], courier.Versions[0].Rules.Where(r => r.IsBlank).Select(r => r.Name));
    }

    [Fact]
    public void The_shipped_files_are_those_of_the_repository()
    {
        var at = Path.Combine(AppContext.BaseDirectory, "policies");
        Assert.Equal(Directory.EnumerateFiles(at, "*.yaml").Select(Path.GetFileName).Order(), PolicyReader.Shipped().Select(p => Path.GetFileName(p.Name)).Order());
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(at, "policy.schema.json")));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
    }

    [Fact]
    public void Every_signal_that_a_shipped_policy_asks_for_is_one_and_counts_what_the_policy_counts()
    {
        var asked = PolicySet.Load().Policies.SelectMany(p => p.Versions).SelectMany(v => v.Offence.Signals).Select(s => s.Signal).Distinct().ToList();
        // What their values count is what the figures of the packs are written for.
        var units = new Dictionary<string, string> { ["number_used_again"] = "days ", ["waybill_reused"] = "claims " };
        Assert.Equal(units.Keys.Order(), asked.Order());
        foreach (var (signal, unit) in units)
        {
            var at = Assert.Single(Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "signals"), signal, SearchOption.AllDirectories));
            Assert.Contains(File.ReadLines(Path.Combine(at, "signal.yaml")), l => l.StartsWith("unit: " + unit, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_code_of_the_findings_contract_has_a_measure()
    {
        string[] contract =
        [
            "exclude_orders", "hide_reviews", "request_explanation", "protect", "demote_items", "demote_shop", "hide_shop", "suspend_shop", "close_shop", "freeze_payout",
            "warn", "fine", "block_stock", "suspend_facility", "expel_facility", "refer_headquarters", "refer_regulator", "refer_finance",
        ];
        Assert.Superset(contract.ToHashSet(), Measures.All.Select(m => m.Code).ToHashSet());
    }

    [Fact]
    public void An_own_file_changes_rule_by_rule_and_takes_rules_out()
    {
        var own = PolicySet.Load(folder.Write("own.yaml", """
            policy: taobao
            extends: true
            versions:
              - version: current
                rules:
                  - { rule: shut-12, disabled: true }
                  - rule: demote-items
                    subject: shop
                    findings: offending_orders
                    when: { count: { at_least: 2 } }
                    then: [{ measure: demote_items, days: 15 }]
                    sentence: { en: "Ours.", zh: "本单位。" }
                    source: demotion
            """))["taobao"];
        var shipped = PolicySet.Load()["taobao"];
        var (mine, theirs) = (own.Versions.Single(v => v.Name == "current"), shipped.Versions.Single(v => v.Name == "current"));
        Assert.Equal(theirs.Rules.Count - 1, mine.Rules.Count);
        Assert.Equal(15, mine.Rules.Single(r => r.Name == "demote-items").Then[0].Days!.Value.Fixed);
        Assert.NotEqual(shipped.Sha256, own.Sha256);
        Assert.Equal(shipped.Versions.Count, own.Versions.Count);
    }

    [Fact]
    public void A_lender_acts_on_nobody()
    {
        Assert.All(PolicySet.Load()["lender"].Versions, v => Assert.Empty(v.Rules));
        Assert.Contains("acts on nobody", Fail(Good.Replace("holder: platform", "holder: lender", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }
}
