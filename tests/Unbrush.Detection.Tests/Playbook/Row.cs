using System.Globalization;

namespace Unbrush.Detection.Tests.Playbook;

/// <summary>A feed row that is still being written: its cells by column. What is not set is null.</summary>
internal sealed class Row
{
    private readonly Dictionary<string, object?> _cells = new(StringComparer.Ordinal);

    public Row(string table, params (string Column, object? Cell)[] cells)
    {
        Table = table;
        Set(cells);
    }

    public string Table { get; }

    public IEnumerable<string> Columns => _cells.Keys;

    public object? this[string column]
    {
        get => _cells.GetValueOrDefault(column);
        set => _cells[column] = value;
    }

    public DateTime Time(string column) => (DateTime)this[column]!;

    public void Set(params (string Column, object? Cell)[] cells)
    {
        foreach (var (column, cell) in cells)
            _cells[column] = cell;
    }

    /// <summary>The cell as canonical CSV; times are in the feed's zone.</summary>
    public string Cell(string column)
    {
        var text = this[column] switch
        {
            null => "",
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString()!,
        };
        return text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
