using System.Text;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tests.Reading;

public sealed class SheetReaderTests
{
    private static readonly string[] Pieces = ["a", "店", "bc d", "x", ",", ",", "\"", "\"\"", "\",\"", "\n", "\r\n", "\r", "\",\"a\",\"", ",,", "0123456789012345678901234567890123456789012345678901234567890123456789"];

    [Fact]
    public void Records_are_those_that_an_obvious_parser_finds_however_the_text_comes() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Array[0, 60], Gen.Int[1, 80]).Sample((picks, step) =>
        {
            var text = string.Concat(picks.Select(p => Pieces[p]));
            using var reader = new SheetReader(new Drops(text, step), ',');
            var read = new List<string>();
            while (reader.Read())
                read.Add(reader.Line + ":" + string.Join('|', Enumerable.Range(0, reader.Count).Select(reader.Raw)));
            var obvious = Obvious(text);
            return read.SequenceEqual(obvious) ? true : throw new InvalidOperationException($"{text}\n--- read\n{string.Join("\n", read)}\n--- should be\n{string.Join("\n", obvious)}");
        });

    [Theory]
    [InlineData("\"=\"\"0012\"\"\",x", "0012")]
    [InlineData("=\"0012\",x", "0012")]
    [InlineData("'0012,x", "0012")]
    [InlineData("\" 'a\"\"b \",x", "a\"b")]
    [InlineData("NULL,x", null)]
    public void A_cell_is_read_as_it_is_meant(string text, string? meant)
    {
        using var reader = new SheetReader(new StringReader(text), ',');
        Assert.True(reader.Read());
        Assert.Equal(meant, reader.Cell(0));
        Assert.Equal("x", reader.Cell(1));
    }

    /// <summary>One character after the other.</summary>
    private static List<string> Obvious(string text)
    {
        var records = new List<string>();
        var at = 0;
        var line = 1;
        while (at < text.Length)
        {
            var first = line;
            var isQuoted = false;
            var cells = new List<string>();
            while (true)
            {
                var cell = new StringBuilder();
                if (at < text.Length && text[at] == '"')
                {
                    isQuoted = true;
                    for (at++; at < text.Length; at++)
                    {
                        if (text[at] == '"' && !(at + 1 < text.Length && text[at + 1] == '"'))
                            break;
                        if (text[at] == '\n')
                            line++;
                        cell.Append(text[at]);
                        if (text[at] == '"')
                            at++;
                    }

                    at++;
                    while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
                        at++;
                }
                else
                {
                    while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
                        cell.Append(text[at++]);
                }

                cells.Add(cell.ToString());
                if (at >= text.Length || text[at] != ',')
                    break;
                at++;
            }

            if (at < text.Length)
            {
                line++;
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            }

            if (cells.Count > 1 || cells[0].Length > 0 || isQuoted)
                records.Add(first + ":" + string.Join('|', cells));
        }

        return records;
    }

    private sealed class Drops(string text, int step) : StringReader(text)
    {
        public override int Read(Span<char> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }
}
