using System.Globalization;
using System.Text;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Tests.Canonical;

/// <summary>The importer against a parser that goes character by character, on random tables with random damage.</summary>
public sealed class AgainstAnObviousParserTests : IDisposable
{
    private static readonly string[] Columns = ["platform", "listing_id", "seller_id", "title", "price"];

    private static readonly Gen<string> Cell = Gen.OneOf<string>(
        Gen.String[Gen.Char["abcé店\""], 0, 6],
        Gen.String[Gen.Char["x,\n\r\";"], 0, 5],
        Gen.OneOf("", "1", "12.5", "-3", "1e3", "abc", "0.00001", "NaN", "7 ", "=1+1", "'"));

    private static readonly Gen<string[]> Record = Gen.Select(Gen.OneOf("p", "p", "p", ""), Gen.Int[0, 30], Cell, Cell, (p, id, title, price) => new[] { p, id.ToString(CultureInfo.InvariantCulture), "s", title, price });

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-obvious-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_row_is_kept_superseded_or_set_aside_as_the_letter_of_the_format_says() =>
        Gen.Select(Record.Array[0, 40], Gen.OneOf("\n", "\r\n"), Gen.OneOf("", "\uFEFF"), Gen.Int[0, 400].Array[0, 3], Gen.OneOf("\"", ",", "\n", "x", "\"\n"))
            .Sample((records, end, mark, places, damage) =>
            {
                var text = new StringBuilder();
                foreach (var record in records)
                    text.Append(string.Join(',', record.Select(Quoted))).Append(end);
                foreach (var place in places)
                    text.Insert(Math.Min(place, text.Length), damage);
                Check(mark + string.Join(',', Columns) + end + text);
            }, iter: 100, threads: 1);

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private void Check(string text)
    {
        var path = Path.Combine(_folder, "listings.csv");
        File.WriteAllText(path, text);
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        int read = 0, bad = 0;
        foreach (var cells in Records(text.TrimStart('\uFEFF')).Skip(1))
        {
            read++;
            if (cells is null || Value(cells[4]) is not { } price || cells.Take(3).Any(c => c.Length == 0))
                bad++;
            else
                expected[cells[0] + "|" + cells[1]] = $"{cells[2]}|{cells[3]}|{price}";
        }

        using var import = Importing.With(new() { MaxBad = 1 }, path);
        var counts = Assert.Single(import.Report.Files);
        Assert.Equal((read, bad), ((int)counts.Read, (int)counts.Quarantined));
        Assert.Equal(expected.Select(e => e.Key + "|" + e.Value).Order(StringComparer.Ordinal), import.Rows("SELECT platform, listing_id, seller_id, title, price FROM listings").Order(StringComparer.Ordinal));
        Assert.Equal(counts.Read, counts.Kept + counts.Superseded + counts.Quarantined);
    }

    /// <summary>A price as it will stand: nothing, or a number of zero or more with four decimals; null where it is none.</summary>
    private static string? Value(string cell)
    {
        if (cell.Trim().Length == 0)
            return "";
        return decimal.TryParse(cell.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n >= 0
            ? Math.Round(n, 4, MidpointRounding.AwayFromZero).ToString("0.####", CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>The records of a text; null for a line that is none. Blank lines are no records.</summary>
    private static IEnumerable<string[]?> Records(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            var cells = new List<string>();
            var isSound = true;
            while (true)
            {
                var cell = new StringBuilder();
                if (at < text.Length && text[at] == '"')
                {
                    at++;
                    while (at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"')))
                    {
                        at += text[at] == '"' ? 1 : 0;
                        cell.Append(text[at++]);
                    }

                    isSound = at < text.Length && (at + 1 == text.Length || text[at + 1] is ',' or '\r' or '\n');
                    at++;
                }
                else
                {
                    while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
                        cell.Append(text[at++]);
                }

                cells.Add(cell.ToString());
                if (isSound && at < text.Length && text[at] == ',')
                    at++;
                else
                    break;
            }

            var isBlank = cells is [""] && (start == text.Length || text[start] is '\r' or '\n');
            if (!isSound || (cells.Count != Columns.Length && !isBlank))
            {
                at = start;
                while (at < text.Length && text[at] is not ('\r' or '\n'))
                    at++;
                isSound = false;
            }

            at += at < text.Length && text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            if (!isBlank)
                yield return isSound ? [.. cells] : null;
        }
    }
}
