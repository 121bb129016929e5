namespace Unbrush.Detection.Report;

/// <summary>A cell: what it shows and, where that is no plain number, what it is sorted by.</summary>
internal readonly record struct Cell(Markup Content, double? Sort = null)
{
    public static implicit operator Cell(Markup content) => new(content);

    public static implicit operator Cell(string text) => new(Html.Of($"{text}"));

    public static implicit operator Cell(long number) => new(Html.Of($"{Page.Count(number)}"), number);
}

/// <summary>A table whose cells know their column, so that narrow screens can show each row as a card.</summary>
internal sealed class Grid
{
    private readonly Page _page;
    private readonly string[] _columns;
    private int _rows;

    /// <summary>Begins a table. Columns of numbers are named with a leading <c>#</c>.</summary>
    public Grid(Page page, string name, string caption, params string[] columns)
    {
        (_page, _columns) = (page, columns);
        var html = page.Html;
        html.Add($"<div class=\"frame\"><table class=\"{name}\" data-sort>\n<caption>{caption}</caption>\n<thead><tr>");
        foreach (var column in columns)
            html.Add($"<th scope=\"col\"{Numeric(column)}>{column.TrimStart('#')}</th>");
        html.Add($"</tr></thead>\n<tbody>\n");
    }

    /// <summary>Adds a row.</summary>
    public void Row(params Cell[] cells)
    {
        _page.Html.Add($"<tr>");
        for (var i = 0; i < cells.Length; i++)
            _page.Html.Add($"<td{Numeric(_columns[i])} data-l=\"{_columns[i].TrimStart('#')}\"{(cells[i].Sort is { } v ? Html.Of($" data-v=\"{v:R}\"") : Markup.None)}><div>{cells[i].Content}</div></td>");
        _page.Html.Add($"</tr>\n");
        _rows++;
    }

    /// <summary>Ends the table and says where the rows are that it does not show.</summary>
    public void End(long all, string file)
    {
        _page.Html.Add($"</tbody></table></div>\n");
        if (all > _rows)
            _page.Html.Add($"<p class=\"rest\">{_page.Say($"{Page.Count(all - _rows)} more are in", $"另有 {Page.Count(all - _rows)} 条，见")} <code>{file}</code>{_page.Say(".", "。")}</p>\n");
    }

    private static Markup Numeric(string column) => column.StartsWith('#') ? Html.Of($" class=\"n\"") : Markup.None;
}
