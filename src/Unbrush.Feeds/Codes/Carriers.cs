namespace Unbrush.Feeds.Codes;

/// <summary><c>codes/carriers.csv</c>: how a source spells a carrier → the carrier's short name.</summary>
public static class Carriers
{
    private static readonly Dictionary<(string Source, string Name), string> Exact = [];
    private static readonly (string Part, string Carrier)[] Names;
    private static readonly Dictionary<string, string> Called;
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string Source, string Name), string> Recent = [];

    static Carriers()
    {
        var rows = CodeFile.Rows("carriers.csv");
        foreach (var row in rows)
            Exact.TryAdd((row[0], row[1].ToUpperInvariant()), row[2]);
        Called = rows.Where(r => r[0] == "name").GroupBy(r => r[2]).ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);
        Names = [.. rows.Where(r => r[0] == "name").OrderByDescending(r => r[1].Length).ThenBy(r => r[1], StringComparer.Ordinal).Select(r => (r[1], r[2]))];
    }

    /// <summary>The short name; where nothing lists the spelling, the spelling itself in lower case.</summary>
    public static string? Of(string source, string? spelled)
    {
        var name = spelled?.Trim();
        if (string.IsNullOrEmpty(name))
            return null;
        // A file spells a carrier in few ways; the last ones are remembered.
        if (!Recent.TryGetValue((source, name), out var carrier))
        {
            if (Recent.Count > 4096)
                Recent.Clear();
            Recent[(source, name)] = carrier = Known(source, name) ?? name.ToLowerInvariant();
        }

        return carrier;
    }

    /// <summary>The short name, only where the spelling is listed.</summary>
    public static string? Known(string source, string? spelled) =>
        spelled?.Trim() is not { Length: > 0 } name ? null : Exact.TryGetValue((source, name.ToUpperInvariant()), out var carrier) ? carrier : ByName(name);

    /// <summary>What people call a carrier, by its short name; null where no list says.</summary>
    public static string? NameOf(string carrier) => Called.GetValueOrDefault(carrier);

    private static string? ByName(string name)
    {
        foreach (var (part, carrier) in Names)
        {
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
                return carrier;
        }

        return null;
    }
}
