namespace Unbrush.Feeds.Codes;

/// <summary>What a carrier's code or text means.</summary>
/// <param name="Action">A scan action, or <c>none</c> for a status that is no scan.</param>
/// <param name="Signer">Who signed, where the code says so.</param>
/// <param name="Proof">By what, where the code says so.</param>
/// <param name="IsCoarse">True for "under way", which says nothing about place.</param>
internal readonly record struct ScanMeaning(string Action, string? Signer, string? Proof, bool IsCoarse);

/// <summary><c>codes/scan_actions.csv</c>: by source and code, then by source and text (exact, then contained, longest first).</summary>
internal static class ScanActions
{
    private static readonly Dictionary<(string Source, string Code), ScanMeaning> ByCode = [];
    private static readonly Dictionary<(string Source, string Text), ScanMeaning> ByText = [];
    private static readonly Dictionary<string, (string Text, ScanMeaning Meaning)[]> Contained;

    static ScanActions()
    {
        var texts = new List<(string Source, string Text, ScanMeaning Meaning)>();
        foreach (var row in CodeFile.Rows("scan_actions.csv"))
        {
            var note = row[4];
            var meaning = new ScanMeaning(row[3], Word(note, "signer="), Word(note, "proof="), note.StartsWith("coarse", StringComparison.Ordinal));
            if (row[1].Length > 0)
                ByCode.TryAdd((row[0], row[1].ToUpperInvariant()), meaning);
            if (row[2].Length > 0)
            {
                ByText.TryAdd((row[0], row[2]), meaning);
                texts.Add((row[0], row[2].TrimEnd('…').TrimEnd(' ', ':'), meaning));
            }
        }

        Contained = texts.GroupBy(t => t.Source).ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Text.Length).ThenBy(t => t.Text, StringComparer.Ordinal).Select(t => (t.Text, t.Meaning)).ToArray());
    }

    /// <summary>All rows of a source: code, text, meaning; for pages and tests.</summary>
    public static IEnumerable<string> Sources => ByCode.Keys.Select(k => k.Source).Concat(ByText.Keys.Select(k => k.Source)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The meaning of a code (case does not count); null where the table does not list it.</summary>
    public static ScanMeaning? OfCode(string source, string? code) =>
        code is { Length: > 0 } && ByCode.TryGetValue((source, code.Trim().ToUpperInvariant()), out var meaning) ? meaning : null;

    /// <summary>The meaning of a text; null where no text of the source is equal to it or contained in it.</summary>
    public static ScanMeaning? OfText(string source, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (ByText.TryGetValue((source, text.Trim()), out var meaning))
            return meaning;
        if (Contained.TryGetValue(source, out var texts))
        {
            foreach (var (part, found) in texts)
            {
                if (text.Contains(part, StringComparison.Ordinal))
                    return found;
            }
        }

        return null;
    }

    /// <summary>The word after <c>signer=</c> or <c>proof=</c>, only where the note leaves no choice.</summary>
    private static string? Word(string note, string key)
    {
        var at = note.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var rest = note[(at + key.Length)..];
        var end = rest.IndexOfAny([' ', ';', ',']);
        var word = end < 0 ? rest : rest[..end];
        return rest[word.Length..].StartsWith(" or ", StringComparison.Ordinal) ? null : word;
    }
}
