using System.Reflection;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Codes;

/// <summary>A table of <c>codes/</c>, built into this assembly.</summary>
internal static class CodeFile
{
    /// <summary>The rows of a table without its header.</summary>
    public static List<string[]> Rows(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("codes/" + name)!;
        using var text = new StreamReader(stream);
        using var sheet = new SheetReader(text, ',');
        var rows = new List<string[]>();
        while (sheet.Read())
            rows.Add([.. Enumerable.Range(0, sheet.Count).Select(sheet.Raw)]);
        return rows[1..];
    }
}
