using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unbrush.Cli.Tests.Casework;

/// <summary>The verbs of casework as a user meets them, from a feed to a ledger.</summary>
[Collection("console")]
public sealed partial class CaseworkTests : IDisposable
{
    private const string Phone = "13912345678";
    private const string Person = "wang-xiaoming";
    private const string Buyer = "buyer-nick-qq88";

    private static readonly string[] Branches = ["policy", "propose", "decide", "action", "ledger"];

    private readonly string folder = Directory.CreateTempSubdirectory("casework-").FullName;
    private readonly List<Said> all = [];
    private readonly HashSet<string> asked = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_verb_answers_in_JSON()
    {
        Findings("findings", Order("o1", "confirmed"), Order("o2", "confirmed", "s2"), Order("o3", "review", "s3"));
        Write("own.yaml", "policy: taobao\nextends: true\nversions:\n  - version: current\n    rules:\n      - { rule: demote-items, disabled: true }\n");
        Write("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Json("policy list");
        Assert.Equal("taobao", (string)Json("policy show taobao")["policy"]!);
        Json($"policy check {At("own.yaml")}");
        Assert.Equal(0, (long)Json($"policy test {At("own.yaml")} --findings {At("findings")}")["after"]!["shops"]!);

        Assert.Equal(3, (long)Json($"propose from {At("findings")} --by ann")["findings"]!);
        var proposals = Json("propose list --standing suspected")["proposals"]!.AsArray();
        var ids = proposals.Where(p => (string)p!["code"]! == "exclude_orders").Select(p => p!["id"]!.ToString()).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(Json($"propose show {ids[0]}")["targets"]!.AsArray());

        Assert.Equal("found", (string)Json($"decide adopt {ids[0]} --by ann --reason seen")["standing"]!);
        Assert.Equal("dismissed", (string)Json($"decide reject {ids[1]} --by ann --reason no")["standing"]!);
        var preview = Json("decide bulk reject --code demote_items");
        var token = (string)preview["token"]!;
        Assert.Equal((long)preview["proposals"]!, (long)Json($"decide bulk reject --code demote_items --confirm {token} --by ann --reason no")["decided"]!);
        var circumstance = Json("decide assert shop/taobao/s1 resistance --by ann --reason seen")["circumstance"]!.ToString();
        Assert.Single(Json("decide circumstances").AsArray());
        Json($"decide withdraw {circumstance} --by ann --reason mistaken");

        Json($"action endpoint local http://127.0.0.1:9/ --secret file:{At("secret")} --by ann");
        Assert.Equal(1, (long)Json("action apply")["measures"]!);
        Assert.Single(Json("action list").AsArray());
        Assert.Equal(1, (long)Json($"action export --out {At("out")} --by ann")["rows"]!["orders_not_counted"]!);
        Assert.Single(Json("action lift --subject order/taobao/o1 --by ann --reason true")["lifted"]!.AsArray());
        Assert.Equal(2, (long)Json("action send")["failed"]!);
        Assert.Empty(Json("action dead").AsArray());

        Json($"ledger key --out {At("keys")}");
        var checkpoint = (string)Json($"ledger checkpoint --key {At("keys/ledger.key.pem")} --out {At("checkpoints")}")["file"]!;
        Assert.True((bool)Json($"ledger verify --checkpoint {checkpoint} --public-key {At("keys/ledger.pub.pem")}")["is_whole"]!);
        Assert.NotEmpty(Json("ledger list --limit 5").AsArray());
        Json($"ledger export --out {At("ledger.jsonl")}");
        Json("ledger erase --person ann --by ben --reason request");
        Assert.True((bool)Json("ledger verify")["is_whole"]!);
        Assert.Equal(3, Json($"turnover {At("findings")}").AsArray().Count);

        Assert.Equal(Verbs().Order(), asked.Order());
    }

    [Fact]
    public void Every_verb_explains_itself_with_an_example_and_answers_in_JSON_if_asked()
    {
        foreach (var verb in Verbs())
        {
            var help = CommandLine.Help(verb.Split(' '));
            Assert.Contains("EXAMPLES:", help, StringComparison.Ordinal);
            Assert.Contains($"    unbrush {verb}", help, StringComparison.Ordinal);
            Assert.Contains("--json", help, StringComparison.Ordinal);
            Assert.Contains("--language", help, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2, "--by", "decide adopt 4 --reason seen")]
    [InlineData(2, "--reason", "decide adopt {id} --by ann")]
    [InlineData(2, "propose list", "decide adopt 999999 --by ann --reason seen")]
    [InlineData(2, "action list", "action lift --measure 999999 --by ann --reason seen")]
    [InlineData(2, "--measure, --proposal or --subject", "action lift --by ann --reason seen")]
    [InlineData(2, "shop/taobao/1234", "action lift --subject nonsense --by ann --reason seen")]
    [InlineData(2, "--public-key", "ledger verify --checkpoint some.txt")]
    [InlineData(2, "whsec_", "action endpoint a https://example.org --secret env:UNBRUSH_NO_SUCH --by ann")]
    [InlineData(2, "https", "action endpoint a http://example.org --secret env:UNBRUSH_NO_SUCH --by ann")]
    [InlineData(2, "--platform and --seller", "turnover {findings} --seller nobody")]
    [InlineData(3, "nowhere", "propose from nowhere")]
    [InlineData(3, "unbrush scan", "turnover {empty}")]
    [InlineData(2, "empty folder", "action export --out {findings} --by ann")]
    [InlineData(5, "Preview again", "decide bulk adopt --confirm 00 --by ann --reason seen")]
    [InlineData(3, "line 2", "policy check {bad}")]
    public void An_error_is_one_sentence_that_names_the_mend(int code, string mend, string line)
    {
        Findings("findings", Order("o1", "confirmed"));
        Directory.CreateDirectory(At("empty"));
        Write("bad.yaml", "policy: x\nversions: 7\n");
        Json($"propose from {At("findings")}");
        var id = Json("propose list --code exclude_orders")["proposals"]![0]!["id"]!;
        var said = Run(line.Replace("{id}", id.ToString(), StringComparison.Ordinal).Replace("{findings}", At("findings"), StringComparison.Ordinal)
            .Replace("{empty}", At("empty"), StringComparison.Ordinal).Replace("{bad}", At("bad.yaml"), StringComparison.Ordinal));
        Assert.Equal(code, said.Code);
        Assert.Contains(mend, said.Error, StringComparison.Ordinal);
        // One sentence; a policy has one for each line that is wrong.
        if (!line.StartsWith("policy", StringComparison.Ordinal))
            Assert.Single(said.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
        Assert.Empty(said.Out);
    }

    [Fact]
    public void No_planted_value_is_said_in_an_error_even_with_its_trace()
    {
        var findings = Findings("findings", Order("o1", "confirmed"), Order("o2", "confirmed", "s2"), Order("o3", "victim"));
        Write("secret", "whsec_" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Phone + Phone + Phone)));
        Assert.Equal(0, Run($"propose from {At("findings")} --by {Person}").Code);
        var ids = Json("propose list --code exclude_orders")["proposals"]!.AsArray().Select(p => p!["id"]!.ToString()).ToList();
        Run($"action endpoint local http://127.0.0.1:9/ --secret file:{At("secret")} --by {Person}");
        Run($"decide adopt {ids[0]} --by {Person} --reason the-buyer-of-{Phone}");
        Run("action apply");
        Run("action send");
        Run($"action lift --subject order/taobao/o1 --by {Person} --reason called-{Phone}");
        Run($"action export --out {At("out")} --by {Person}");
        all.RemoveAll(s => s.Code == 0 && s.Error.Length == 0);

        // Decided already; a person twice; a broken table; no table; no store; no manifest.
        var failures = new List<Said>
        {
            Run($"decide adopt {ids[0]} --by {Person} --reason {Phone}"),
            Run($"decide reject {ids[0]} --by {Person} --reason {Phone} --debug"),
            Run($"decide bulk adopt --confirm 00 --by {Person} --reason {Phone} --debug"),
            Run($"ledger erase --person {Phone} --by {Person}"),
        };
        File.AppendAllText(findings, $"taobao,o9,s1,{Buyer},2026-03-01T00:00:00Z,{Phone}x,CNY,confirmed,[]\n");
        failures.Add(Run($"propose from {At("findings")} --by {Person} --debug"));
        failures.Add(Run($"turnover {At("findings")} --debug"));
        File.WriteAllText(findings, $"platform,order_id\n\"{Phone} {Buyer}");
        failures.Add(Run($"turnover {At("findings")} --debug"));
        Write("findings/run.json", Phone);
        Write("broken.db", $"{Phone} {Buyer} is no database, and long enough to be looked at as one. {new string('x', 4096)}");
        failures.Add(CommandLine.Run("ledger", "list", "--store", At("broken.db"), "--debug"));
        failures.Add(CommandLine.Run("ledger", "list", "--store", $"Host=127.0.0.1;Port=9;Username={Person};Password={Phone}", "--debug"));
        Assert.All(failures, f => Assert.NotEqual(0, f.Code));
        Assert.All(failures, f => Assert.NotEmpty(f.Error));
        foreach (var said in failures.Concat(all))
        {
            foreach (var planted in (string[])[Phone, Person, Buyer])
                Assert.DoesNotContain(planted, said.Error, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var file in Directory.EnumerateFiles(At("out")))
            Assert.DoesNotContain(Phone, File.ReadAllText(file), StringComparison.Ordinal);
    }

    private IEnumerable<string> Verbs()
    {
        foreach (var branch in Branches)
        {
            var help = CommandLine.Help(branch);
            Assert.Contains("COMMANDS:", help, StringComparison.Ordinal);
            foreach (Match verb in Command().Matches(help[help.IndexOf("COMMANDS:", StringComparison.Ordinal)..]))
                yield return $"{branch} {verb.Groups[1].Value}";
        }

        yield return "turnover";
    }

    [GeneratedRegex(@"^    ([a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex Command();

    private Said Run(string line)
    {
        var said = CommandLine.Run([.. line.Split(' '), .. line.StartsWith("turnover", StringComparison.Ordinal) || line.StartsWith("policy", StringComparison.Ordinal) ? (string[])[] : ["--store", At("case.db")]]);
        all.Add(said);
        return said;
    }

    private JsonNode Json(string line)
    {
        var words = line.Split(' ');
        asked.Add(Branches.Contains(words[0]) ? $"{words[0]} {words[1]}" : words[0]);
        var said = Run(line + " --json");
        Assert.True(said.Code == 0, $"{line}: {said.Error}");
        Assert.Empty(said.Error);
        return JsonNode.Parse(said.Out)!;
    }

    private static string Order(string id, string verdict, string seller = "s1") => string.Create(
        CultureInfo.InvariantCulture, $"taobao,{id},{seller},{Buyer},2026-03-01T00:00:00Z,10.50,CNY,{verdict},\"[{{\"\"signal\"\":\"\"no_parcel\"\",\"\"value\"\":1}}]\"");

    private string Findings(string name, params string[] orders)
    {
        Directory.CreateDirectory(At(name));
        return Write(name + "/orders.csv", "platform,order_id,seller_id,buyer_id,created_at,amount,currency,verdict,reasons\n" + string.Concat(orders.Select(o => o + "\n")));
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private string At(string name) => Path.Combine(folder, name);
}
