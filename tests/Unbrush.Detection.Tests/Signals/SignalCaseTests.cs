using System.Collections;
using System.Globalization;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Tests.Signals;

public sealed class SignalCaseTests
{
    private static readonly SignalCatalogue Catalogue = SignalCatalogue.Load(Path.Combine(SignalBench.Root, "signals"));

    public static TheoryData<string> Cases() =>
        [.. Directory.EnumerateFiles(Path.Combine(SignalBench.Root, "signals"), "*.yaml", SearchOption.AllDirectories)
            .Where(p => Path.GetFileName(Path.GetDirectoryName(p)) == "cases")
            .Select(p => Path.GetRelativePath(Path.Combine(SignalBench.Root, "signals"), p))
            .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Signals() => [.. Catalogue.Signals.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_signal_says_what_its_case_expects(string path)
    {
        var example = SignalCase.Read(Path.Combine(SignalBench.Root, "signals", path));
        var id = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path)))!;
        var key = SignalBench.KeyOf(Catalogue.Signals[Catalogue.NumberOf(id)].Subject).Key;
        var spoken = SignalBench.Run(Catalogue, id, example);
        var faults = new List<string>();
        if (spoken is null && example.Expect.Count > 0)
            faults.Add("the feed lacks what the signal needs");
        var left = spoken ?? [];
        foreach (var (expected, n) in Repeated(example.Expect))
        {
            var found = left.Where(s => Names(expected, n, s)).ToList();
            if (found.Count == 0)
                faults.Add($"nothing is said about {Show(expected, n)}");
            foreach (var one in found)
            {
                if (one.IsSilenced)
                    faults.Add($"{Show(one)} is silenced");
                if (expected.TryGetValue("hard", out var hard) && bool.Parse((string)hard) != one.IsHard)
                    faults.Add($"{Show(one)} should be {((string)hard == "true" ? "hard" : "soft")}");
                Within(expected, "db", one.Decibans, one, faults);
                Within(expected, "value", one.Value, one, faults);
            }

            left = [.. left.Except(found)];
        }

        foreach (var (silenced, n) in Repeated(example.Silenced))
        {
            if (left.RemoveAll(s => s.IsSilenced && Names(silenced, n, s)) == 0)
                faults.Add($"{Show(silenced, n)} should be silenced by another signal");
        }

        left = [.. left.Where(s => !s.IsSilenced)];
        foreach (var (silent, n) in Repeated(example.Silent))
            faults.AddRange(left.Where(s => Names(silent, n, s)).Select(s => $"{Show(s)} should not be spoken of"));
        if (example.Others != "ignored")
            faults.AddRange(left.Select(s => $"{Show(s)} is not expected"));
        Assert.True(faults.Count == 0, $"{path} ({example.Name}):\n" + string.Join("\n", faults.Distinct().Take(20)));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_has_a_guilty_an_innocent_and_a_boundary_case(string id)
    {
        var own = Cases().Select(c => c.Data).Where(p => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(p))) == id);
        var kinds = own.Select(p => SignalCase.Read(Path.Combine(SignalBench.Root, "signals", p)).Kind).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["boundary", "guilty", "innocent"], kinds);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_sentence_names_only_numbers_that_the_signal_yields(string id)
    {
        var signal = Catalogue.Signals[Catalogue.NumberOf(id)];
        foreach (var text in new[] { signal.Text.En, signal.Text.Zh })
        {
            foreach (System.Text.RegularExpressions.Match name in System.Text.RegularExpressions.Regex.Matches(text, @"\{(\w+)\}"))
                Assert.Matches($@"\b{name.Groups[1].Value}\b", signal.Sql);
        }
    }

    [Theory]
    [InlineData("W{n}", 7, "W7")]
    [InlineData("08:{n2}", 7, "08:07")]
    [InlineData("{n%5}-{n/5}", 7, "2-1")]
    [InlineData("{n*2+1:3}", 7, "015")]
    public void Numbers_of_a_repetition_are_filled_in(string text, int n, string expected) => Assert.Equal(expected, SignalCase.Fill(text, n));

    private static IEnumerable<(Dictionary<string, object> Entry, int N)> Repeated(List<Dictionary<string, object>> entries) =>
        entries.SelectMany(e => Enumerable.Range(1, e.TryGetValue("repeat", out var times) ? int.Parse((string)times, CultureInfo.InvariantCulture) : 1).Select(n => (e, n)));

    private static bool Names(Dictionary<string, object> entry, int n, Spoken spoken) =>
        spoken.Key.All(k => !entry.TryGetValue(k.Key, out var given) || SignalCase.Fill((string)given, n) == k.Value);

    private static void Within(Dictionary<string, object> expected, string name, double found, Spoken one, List<string> faults)
    {
        if (!expected.TryGetValue(name, out var given))
            return;
        var range = ((IList)given).Cast<string>().Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        if (found < range[0] || found > range[1])
            faults.Add($"{Show(one)}: {name} should lie in {range[0]}..{range[1]}");
    }

    private static string Show(Dictionary<string, object> entry, int n) =>
        SignalCase.Fill(string.Join(" ", entry.Where(e => e.Value is string).Select(e => $"{e.Key}={e.Value}")), n);

    private static string Show(Spoken s) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(" ", s.Key.Values)} (value {s.Value:0.####}, {s.Decibans:0.##} dB{(s.IsHard ? ", hard" : "")}{(s.IsSilenced ? ", silenced" : "")})");
}
