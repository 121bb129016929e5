using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Unbrush.Detection.Tests.Signals;

/// <summary>One <c>cases/*.yaml</c>: a tiny feed and what the signal beside it must say of it.</summary>
internal sealed partial class SignalCase
{
    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    /// <summary>Feed tables by name.</summary>
    public Dictionary<string, List<RowBlock>> Feed { get; set; } = [];

    /// <summary>Verdicts that the engine would have given before the signal runs, by feed key: <c>verdict_parcel</c>, <c>verdict_order</c>.</summary>
    public Dictionary<string, List<RowBlock>> Given { get; set; } = [];

    /// <summary>Subjects about which the signal must speak, by feed key, with the ranges of <c>db</c> and <c>value</c>, <c>hard</c>, <c>repeat</c>.</summary>
    public List<Dictionary<string, object>> Expect { get; set; } = [];

    /// <summary>Subjects about which it must not speak.</summary>
    public List<Dictionary<string, object>> Silent { get; set; } = [];

    /// <summary>Subjects about which it speaks, but a signal of its <c>silenced_by</c> takes the weight away.</summary>
    public List<Dictionary<string, object>> Silenced { get; set; } = [];

    /// <summary><c>ignored</c> where more subjects than the expected ones may be spoken of.</summary>
    public string Others { get; set; } = "";

    public static SignalCase Read(string path) =>
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().Build()
            .Deserialize<SignalCase>(File.ReadAllText(path));

    /// <summary>Puts the numbers of a repetition into a text: <c>{n}</c>, <c>{n2}</c> (two digits), <c>{n%5}</c>, <c>{n/3+1:2}</c>.</summary>
    public static string Fill(string text, int n) => Placeholder().Replace(text, match =>
    {
        var value = n;
        foreach (Match step in Step().Matches(match.Groups["steps"].Value))
        {
            var by = int.Parse(step.ValueSpan[1..], CultureInfo.InvariantCulture);
            value = step.Value[0] switch { '%' => value % by, '/' => value / by, '*' => value * by, '-' => value - by, _ => value + by };
        }

        var width = match.Groups["two"].Success ? 2 : match.Groups["width"].Success ? int.Parse(match.Groups["width"].ValueSpan, CultureInfo.InvariantCulture) : 1;
        return value.ToString("D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    });

    [GeneratedRegex(@"\{n(?<two>2)?(?<steps>([%/*+-]\d+)*)(:(?<width>\d))?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[%/*+-]\d+")]
    private static partial Regex Step();
}

/// <summary>Rows of a table as CSV with a header, written once or once for each <c>n</c> from 1 to <see cref="Repeat"/>.</summary>
internal sealed partial class RowBlock
{
    public int Repeat { get; set; } = 1;

    public string Rows { get; set; } = "";

    /// <summary>The header's names, and the rows in order; an empty cell is null.</summary>
    public (string[] Header, List<string?[]> Rows) Expand()
    {
        var lines = Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var header = lines[0].Split(',');
        var rows = new List<string?[]>();
        for (var n = 1; n <= Repeat; n++)
        {
            foreach (var line in lines.Skip(1))
            {
                var cells = Cell().Matches(SignalCase.Fill(line, n)).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value.Replace("\"\"", "\"") : m.Groups["plain"].Value).ToArray();
                if (cells.Length != header.Length)
                    throw new FormatException($"'{line}' has {cells.Length} cells, the header {header.Length}.");
                rows.Add([.. cells.Select(c => c.Length == 0 ? null : c)]);
            }
        }

        return (header, rows);
    }

    [GeneratedRegex("(?:^|,)(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>[^,]*))")]
    private static partial Regex Cell();
}
