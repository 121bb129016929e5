using System.Text.RegularExpressions;

namespace Unbrush.Detection.Findings;

/// <summary>
/// The English noun behind a number: templates give the plural ("{value} orders") or both ("{value} order(s)"), and one is
/// one order. A verb that follows at once agrees with it.
/// </summary>
internal static partial class Plural
{
    private static readonly Dictionary<string, string> s_verbs = new(StringComparer.Ordinal) { [""] = "", [" are"] = " is", [" were"] = " was", [" have"] = " has", [" say"] = " says" };

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
        var match = Noun().Match(template, at);
        if (!match.Success)
            return "";
        var (noun, both, isOne) = (match.Groups["noun"].Value, match.Groups["both"].Success, number == "1");
        if (!both && (!isOne || One(noun) == noun))
            return "";
        length = match.Length;
        var verb = match.Groups["verb"].Value;
        return $" {match.Groups["which"].Value}{(isOne ? One(noun) : noun + "s")}{(isOne ? s_verbs[verb] : verb)}";
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
