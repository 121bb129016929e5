using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unbrush.Core;

namespace Unbrush.Casework.Policy;

/// <summary>
/// The policies in use: the shipped packs and an organisation's own files over them. A file with
/// <c>extends: true</c> changes the pack of its name version by version and rule by rule; one without replaces it.
/// </summary>
public sealed class PolicySet
{
    private PolicySet(IReadOnlyList<PolicyFile> policies) => Policies = policies;

    /// <summary>The policies, by name.</summary>
    public IReadOnlyList<PolicyFile> Policies { get; }

    /// <summary>Loads the shipped packs and own files.</summary>
    /// <param name="files">Own YAML files, or folders of them; later ones override earlier ones.</param>
    /// <exception cref="UnbrushException">A file cannot be read or does not fit; the message names file and line.</exception>
    public static PolicySet Load(params IEnumerable<string> files) => Load(true, files);

    /// <summary>Loads own files alone, without the shipped packs.</summary>
    /// <inheritdoc cref="Load(IEnumerable{string})"/>
    public static PolicySet LoadOnly(params IEnumerable<string> files) => Load(false, files);

    /// <summary>The policies that hold for a platform or a carrier and are held by one of the holders.</summary>
    public IEnumerable<PolicyFile> For(string scope, params Holder[] holders) => Policies.Where(p => holders.Contains(p.Holder) && p.Covers(scope));

    /// <summary>The policy of that name.</summary>
    /// <exception cref="UnbrushException">There is none.</exception>
    public PolicyFile this[string name] => Policies.FirstOrDefault(p => p.Name == name) ?? throw Faults.Usage(
        $"There is no policy '{name}'; there are {string.Join(", ", Policies.Select(p => p.Name))}.",
        $"没有策略 '{name}'；现有 {string.Join("、", Policies.Select(p => p.Name))}。");

    private static PolicySet Load(bool shipped, IEnumerable<string> files)
    {
        var merged = new SortedDictionary<string, (JsonObject Json, string Texts)>(StringComparer.Ordinal);
        var texts = (shipped ? PolicyReader.Shipped() : []).Concat(files.SelectMany(Expand).Select(f => (f, ReadText(f))));
        foreach (var (file, text) in texts)
        {
            var yaml = PolicyReader.Read(file, text, name => merged.TryGetValue(name, out var m) ? m.Json : null);
            var name = (string)yaml.Root["policy"]!;
            merged[name] = yaml.Root["extends"]?.GetValue<bool>() == true
                ? (Merge(merged[name].Json, yaml.Root), merged[name].Texts + "\n" + text)
                : (yaml.Root, text);
            CheckOverlaps(yaml, Policy(merged[name]));
        }

        return new([.. merged.Values.Select(Policy)]);
    }

    private static PolicyFile Policy((JsonObject Json, string Texts) merged)
    {
        var policy = merged.Json.Deserialize<PolicyFile>(PolicyReader.Json)!;
        return policy with
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(merged.Texts))),
            Versions = [.. policy.Versions.Select(v => v with { Rules = [.. v.Rules.Where(r => !r.Disabled)] })],
        };
    }

    private static void CheckOverlaps(YamlText yaml, PolicyFile policy)
    {
        var dated = policy.Versions.Where(v => !v.InForce.Undated).OrderBy(v => v.InForce.From ?? DateOnly.MinValue).ToList();
        for (var i = 1; i < dated.Count; i++)
        {
            var (earlier, later) = (dated[i - 1], dated[i]);
            if (earlier.InForce.Before is { } before && before <= (later.InForce.From ?? DateOnly.MinValue))
                continue;
            throw PolicyReader.At(
                yaml, "/versions",
                $"the versions '{earlier.Name}' and '{later.Name}' are in force on the same day; end the first with 'before'",
                $"版本 '{earlier.Name}' 与 '{later.Name}' 的有效期重叠；请用 before 结束前者");
        }
    }

    private static JsonObject Merge(JsonObject under, JsonObject over)
    {
        var result = (JsonObject)under.DeepClone();
        foreach (var member in (ReadOnlySpan<string>)["title", "scope", "timezone"])
        {
            if (over[member] is { } value)
                result[member] = value.DeepClone();
        }

        foreach (var member in (ReadOnlySpan<string>)["sources", "fine_tables"])
        {
            foreach (var (key, value) in over[member] as JsonObject ?? [])
            {
                if (result[member] is not JsonObject into)
                    result[member] = into = [];
                into[key] = value?.DeepClone();
            }
        }

        MergeByName((JsonArray)result["versions"]!, (JsonArray)over["versions"]!, "version", (into, version) =>
        {
            foreach (var member in (ReadOnlySpan<string>)["in_force", "offence", "turnover"])
            {
                if (version[member] is { } value)
                    into[member] = value.DeepClone();
            }

            if (into["rules"] is not JsonArray rules)
                into["rules"] = rules = [];
            MergeByName(rules, version["rules"] as JsonArray ?? [], "rule", null);
        });
        return result;
    }

    private static void MergeByName(JsonArray into, JsonArray from, string name, Action<JsonObject, JsonObject>? merge)
    {
        foreach (var item in from.Cast<JsonObject>())
        {
            var at = into.Select((n, i) => (n, i)).Where(p => (string?)p.n![name] == (string?)item[name]).Select(p => p.i).DefaultIfEmpty(-1).First();
            if (at < 0)
                into.Add(item.DeepClone());
            else if (merge is null)
                into[at] = item.DeepClone();
            else
                merge((JsonObject)into[at]!, item);
        }
    }

    private static IEnumerable<string> Expand(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.yaml").Order(StringComparer.Ordinal)
        : [path];

    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Faults.Unreadable($"The policy '{file}' cannot be read: check the path and its permissions.", $"无法读取策略 '{file}'：请检查路径与权限。");
        }
    }
}
