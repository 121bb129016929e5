using System.Text;

namespace Unbrush.Feeds.Reading;

/// <summary>The first record of a delimited text: its delimiter and its column names, trimmed.</summary>
/// <param name="Delimiter">Comma, tab, semicolon or bar.</param>
/// <param name="Names">The names as they stand in the file, without blanks around them.</param>
public sealed record Header(char Delimiter, IReadOnlyList<string> Names)
{
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <summary>Reads the header of a text (RFC 4180 quoting).</summary>
    public static Header Of(string text)
    {
        var record = FirstRecord(text);
        var delimiter = Delimiters.MaxBy(d => Split(record, d).Count);
        return new(delimiter, [.. Split(record, delimiter).Select(n => n.Trim())]);
    }

    /// <summary>The place of the column of that name, ignoring case, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    private static string FirstRecord(string text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] is '\r' or '\n')
                return text[..i];
        }

        return text;
    }

    private static List<string> Split(string record, char delimiter)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < record.Length; i++)
        {
            var c = record[i];
            if (c == '"' && quoted && i + 1 < record.Length && record[i + 1] == '"')
                name.Append(record[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (c == delimiter && !quoted)
            {
                names.Add(name.ToString());
                name.Clear();
            }
            else
                name.Append(c);
        }

        names.Add(name.ToString());
        return names;
    }
}
