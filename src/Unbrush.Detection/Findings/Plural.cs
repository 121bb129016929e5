using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Unbrush.Detection.Findings;

/// <summary>
/// The English noun behind a number: templates give the plural ("{value} orders") or both ("{value} order(s)"), and one is
/// one order. A verb that follows at once agrees with it.
/// </summary>
internal static partial class Plural
{
    private static readonly Dictionary<string, string> s_verbs = new(StringComparer.Ordinal) { [""] = "", [" are"] = " is", [" were"] = " was", [" have"] = " has", [" say"] = " says" };

    /// <summary>Templates are few and filled millions of times: each place is read once.</summary>
    private static readonly ConcurrentDictionary<(string Template, int At), Behind> s_behind = new();

    /// <summary>What a template says directly behind a number, made to agree with it.</summary>
    /// <param name="template">The template.</param>
    /// <param name="at">Where the number's placeholder ends.</param>
    /// <param name="number">The number as written.</param>
    /// <param name="length">How much of the template the answer stands for; 0 where there is nothing to agree.</param>
    public static string Agree(string template, int at, string number, out int length)
    {
        length = 0;
        if (number.Length == 0 || !char.IsAsciiDigit(number[^1]) || at >= template.Length || template[at] != ' ')
            return "";
        var behind = s_behind.GetOrAdd((template, at), static place => Behind.Of(Noun().Match(place.Template, place.At)));
        var text = number == "1" ? behind.One : behind.Many;
        length = text.Length == 0 ? 0 : behind.Length;
        return text;
    }

    /// <summary>What stands behind a placeholder, agreeing with one and with many; empty where the template is right as it stands.</summary>
    private readonly record struct Behind(string One, string Many, int Length)
    {
        public static Behind Of(Match match)
        {
            if (!match.Success)
                return new("", "", 0);
            var (noun, both, which, verb) = (match.Groups["noun"].Value, match.Groups["both"].Success, match.Groups["which"].Value, match.Groups["verb"].Value);
            return new(
                both || Plural.One(noun) != noun ? $" {which}{Plural.One(noun)}{s_verbs[verb]}" : "",
                both ? $" {which}{noun}s{verb}" : "",
                match.Length);
        }
    }

    private static string One(string noun) => noun switch
    {
        "people" => "person",
        "is" or "was" or "has" or "does" or "less" => noun,
        _ when noun.EndsWith("sses", StringComparison.Ordinal) => noun[..^2],
        _ when noun.EndsWith('s') => noun[..^1],
        _ => noun,
    };

    /// <summary>"3 times as fast" and "3 times the usual" compare and stay; "3 times in a row" counts.</summary>
    [GeneratedRegex(@"\G (?<which>(?:(?:other|different|private|unrelated|insider|small) )*)(?!times (?!in a row))(?<noun>[a-z]+(?:-[a-z]+)*)(?<both>\(s\))?(?<verb> (?:are|were|have|say)\b)?", RegexOptions.CultureInvariant)]
    private static partial Regex Noun();
}
