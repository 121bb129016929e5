using System.Globalization;
using System.Text.Json.Nodes;
using Unbrush.Casework.Actions;

namespace Unbrush.Casework.Policy;

/// <summary>What the schema cannot say: names that must exist, conditions that fit the subject, dates that are dates.</summary>
internal sealed class PolicyChecks(YamlText yaml, JsonObject? extended)
{
    private static readonly string[] FacilityOnly = ["rate_low", "above_peers", "kind", "verdict"];
    private static readonly string[] ShopOnly = ["item_day"];

    public void Run()
    {
        var root = yaml.Root;
        if ((string?)root["timezone"] is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw Fail("/timezone", $"there is no time zone '{zone}'", $"没有时区 '{zone}'");
        var holder = (string?)root["holder"] ?? (string?)extended?["holder"];
        var sources = Names("sources");
        var tables = Names("fine_tables");
        var versions = (JsonArray)root["versions"]!;
        var seen = new HashSet<string>();
        for (var i = 0; i < versions.Count; i++)
        {
            var at = $"/versions/{i}";
            var version = (JsonObject)versions[i]!;
            var name = (string)version["version"]!;
            if (!seen.Add(name))
                throw Fail($"{at}/version", $"the version '{name}' stands twice", $"版本 '{name}' 重复");
            if (version["in_force"] is null && extended is null)
                throw Fail(at, "the version lacks in_force: give from and before, or undated: true", "版本缺少 in_force：请给出 from 与 before，或 undated: true");
            CheckDates(version["in_force"] as JsonObject, at);
            Known((string?)version["in_force"]?["source"], sources, $"{at}/in_force/source");
            if (holder == "lender" && version["rules"] is JsonArray { Count: > 0 })
                throw Fail($"{at}/rules", "a lender's policy has no rules: a lender gets an adjusted turnover and acts on nobody", "信贷机构的策略不得有规则：只提供调整后营业额");
            CheckSignals(version["offence"]?["signals"] as JsonArray, sources, $"{at}/offence/signals");
            CheckRules(version["rules"] as JsonArray ?? [], sources, tables, $"{at}/rules");
        }
    }

    private void CheckDates(JsonObject? range, string at)
    {
        var ends = new DateOnly?[2];
        foreach (var (i, member) in (ReadOnlySpan<(int, string)>)[(0, "from"), (1, "before")])
        {
            if ((string?)range?[member] is not { } text)
                continue;
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                throw Fail($"{at}/in_force/{member}", $"'{text}' is no date of the calendar", $"'{text}' 不是有效日期");
            ends[i] = day;
        }

        if (ends is [{ } from, { } before] && from >= before)
            throw Fail($"{at}/in_force/before", "the version ends before it begins", "版本的结束日早于开始日");
    }

    private void CheckSignals(JsonArray? signals, HashSet<string> sources, string at)
    {
        for (var i = 0; i < (signals?.Count ?? 0); i++)
            Known((string?)signals![i]!["source"], sources, $"{at}/{i}/source");
    }

    private void CheckRules(JsonArray rules, HashSet<string> sources, HashSet<string> tables, string at)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = (JsonObject)rules[i]!;
            var here = $"{at}/{i}";
            var name = (string)rule["rule"]!;
            if (!seen.Add(name))
                throw Fail($"{here}/rule", $"the rule '{name}' stands twice in its version", $"规则 '{name}' 在同一版本中重复");
            if (rule["disabled"]?.GetValue<bool>() == true)
                continue;
            Known((string?)rule["source"], sources, $"{here}/source");
            CheckConditions(rule, here);
            CheckOutcomes((JsonArray)rule["then"]!, (string)rule["subject"]! == "facility", tables, $"{here}/then");
        }
    }

    private void CheckConditions(JsonObject rule, string at)
    {
        var isFacility = (string)rule["subject"]! == "facility";
        if (isFacility != ((string)rule["findings"]! == "facility"))
            throw Fail($"{at}/findings", "a facility's rule rests on 'facility', a shop's on orders or reviews", "网点规则须以 facility 为依据，店铺规则须以订单或评价为依据");
        foreach (var condition in isFacility ? ShopOnly : FacilityOnly)
        {
            if (rule["when"]?[condition] is not null)
                throw Fail($"{at}/when/{condition}", $"'{condition}' is no condition of a {(isFacility ? "facility" : "shop")}", $"'{condition}' 不适用于{(isFacility ? "网点" : "店铺")}");
        }
    }

    private void CheckOutcomes(JsonArray outcomes, bool isFacility, HashSet<string> tables, string at)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            var outcome = (JsonObject)outcomes[i]!;
            var code = (string)outcome["measure"]!;
            if (!Measures.TryFind(code, out var measure))
                throw Fail($"{at}/{i}/measure", $"there is no measure '{code}'; there are {string.Join(", ", Measures.All.Select(m => m.Code))}", $"没有措施 '{code}'；可用：{string.Join("、", Measures.All.Select(m => m.Code))}");
            if (!(isFacility ? measure.OnFacilities : measure.OnShops))
                throw Fail($"{at}/{i}/measure", $"'{code}' is no measure on a {(isFacility ? "facility" : "shop")}", $"'{code}' 不适用于{(isFacility ? "网点" : "店铺")}");
            foreach (var term in measure.Needs)
            {
                if (term.Split('|').All(t => outcome[t] is null))
                    throw Fail($"{at}/{i}", $"'{code}' needs {term.Replace("|", " or ", StringComparison.Ordinal)}", $"'{code}' 缺少 {term.Replace("|", " 或 ", StringComparison.Ordinal)}");
            }

            if ((string?)outcome["fine_table"] is { } table)
                Known(table, tables, $"{at}/{i}/fine_table");
        }
    }

    private HashSet<string> Names(string member) =>
        [.. ((yaml.Root[member] as JsonObject) ?? []).Select(p => p.Key), .. ((extended?[member] as JsonObject) ?? []).Select(p => p.Key)];

    private void Known(string? name, HashSet<string> names, string at)
    {
        if (name is not null && !names.Contains(name))
            throw Fail(at, $"'{name}' is not defined in this policy", $"本策略未定义 '{name}'");
    }

    private Core.UnbrushException Fail(string pointer, string en, string zh) => PolicyReader.At(yaml, pointer, en, zh);
}
