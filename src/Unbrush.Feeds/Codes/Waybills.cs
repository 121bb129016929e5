using System.Buffers;
using System.Text.RegularExpressions;

namespace Unbrush.Feeds.Codes;

/// <summary>A carrier whose numbers look like the one asked for.</summary>
/// <param name="Carrier">The carrier's short name.</param>
/// <param name="Pattern">The pattern that matches.</param>
/// <param name="CheckDigit">The scheme, or null where none is public.</param>
/// <param name="IsRight">Whether the check digit is right; null where there is none.</param>
/// <param name="Source">Where the pattern comes from.</param>
public sealed record WaybillMatch(string Carrier, string Pattern, string? CheckDigit, bool? IsRight, string Source);

/// <summary>Carriers by the shape of their numbers. A match says <em>plausible</em>, never <em>issued</em>; patterns overlap.</summary>
public static class Waybills
{
    private static readonly SearchValues<char> Bare = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly (string Carrier, Regex Pattern, string Check, string Source)[] Patterns =
        [.. CodeFile.Rows("waybill_patterns.csv").Select(r => (r[0], new Regex(r[1], RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), r[2], r[3]))];

    /// <summary>The same for numbers by the million: compiled when the first number of the carrier comes.</summary>
    private static readonly Dictionary<string, Lazy<Regex[]>> ByCarrier = Patterns.GroupBy(p => p.Carrier)
        .ToDictionary(g => g.Key, g => new Lazy<Regex[]>(() => [.. g.Select(p => new Regex(p.Pattern.ToString(), RegexOptions.CultureInvariant | RegexOptions.Compiled))]));

    /// <summary>Puts a number as people write it into the form that patterns are matched against: no blanks and hyphens, upper case.</summary>
    public static string Normalise(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.AsSpan().ContainsAnyExcept(Bare) ? string.Concat(number.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant() : number;
    }

    /// <summary>The carriers that a number may be of, the likeliest first: right check digits, then narrow patterns, then wrong check digits.</summary>
    public static IReadOnlyList<WaybillMatch> Of(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var bare = Normalise(number);
        if (bare.Length is 0 or > 64)
            return [];
        var found = new List<(int Rank, int Width, int Order, WaybillMatch Match)>();
        for (var i = 0; i < Patterns.Length; i++)
        {
            var (carrier, pattern, check, source) = Patterns[i];
            if (!pattern.IsMatch(bare))
                continue;
            var scheme = CheckDigits.Schemes.Contains(check) ? check : null;
            var right = scheme is null ? null : CheckDigits.IsRight(scheme, bare);
            found.Add((right switch { true => 0, null => 1, false => 2 }, Width(pattern.ToString()), i, new(carrier, pattern.ToString(), scheme, right, source)));
        }

        return [.. found.OrderBy(f => f.Rank).ThenBy(f => f.Width).ThenBy(f => f.Order).Select(f => f.Match)];
    }

    /// <summary>True where a number fits none of its carrier's patterns: a note on data quality, no more. Null where no pattern of the carrier is known.</summary>
    public static bool? IsOdd(string carrier, ReadOnlySpan<char> number)
    {
        ArgumentNullException.ThrowIfNull(carrier);
        if (!ByCarrier.TryGetValue(carrier, out var own))
            return null;
        if (number.ContainsAnyExcept(Bare))
            number = Normalise(number.ToString());
        foreach (var pattern in own.Value)
        {
            if (pattern.IsMatch(number))
                return false;
        }

        return true;
    }

    /// <summary>How much a pattern lets through: fixed letters and digits narrow it.</summary>
    private static int Width(string pattern)
    {
        var bare = Regex.Replace(pattern, @"\\d|\[[^\]]*\]|\{[^}]*\}|[\^$()|?]", "");
        return (pattern.Contains("{4,35}", StringComparison.Ordinal) ? 100 : 10) - bare.Length;
    }
}
