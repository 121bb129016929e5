using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>What the data could not show: rows set aside, notes, signals that lacked their columns.</summary>
internal static class QualitySection
{
    public static void Write(Page page)
    {
        page.Open("quality", page.Say("Data quality", "数据质量"), page.Say(
            "What was read, what had to be set aside, and what could not be judged because the feed does not say.",
            "读取了什么、隔离了什么，以及因数据未提供而无法判断的内容。"));
        var files = Row.Of(page.Store, "SELECT name, format, \"table\", read, kept, superseded, quarantined FROM import_file ORDER BY name, \"table\"")
            .Select(f => (Name: f.Word("name"), Format: f.Word("format"), Table: f.Word("table"), Read: f.Whole("read") ?? 0, Kept: f.Whole("kept") ?? 0, Superseded: f.Whole("superseded") ?? 0, Quarantined: f.Whole("quarantined") ?? 0)).ToList();
        if (files.Count > 0)
        {
            var grid = new Grid(page, "files", page.Say("Files: rows read = kept + superseded + quarantined", "文件：读取 = 保留 + 被取代 + 隔离"), page.Say("File", "文件"), page.Say("Format", "格式"), page.Say("Table", "表"), page.Say("#Read", "#读取"), page.Say("#Kept", "#保留"), page.Say("#Superseded", "#被取代"), page.Say("#Quarantined", "#隔离"));
            foreach (var f in files.Take(40))
                grid.Row(f.Name, f.Format, f.Table, f.Read, f.Kept, f.Superseded, f.Quarantined);
            grid.End(files.Count, "run.json");
        }

        var notes = Row.Of(page.Store, "SELECT level, \"table\", file, text FROM finding_notes ORDER BY n LIMIT 60").Select(n => (Level: n.Word("level"), File: n.Word("file"), Text: n.Word("text"))).ToList();
        var all = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_notes").Select(r => r.Whole("n") ?? 0).First();
        if (notes.Count == 0)
            page.Empty(page.Say("Nothing to note.", "没有需要说明的事项。"));
        else
        {
            page.Html.Add($"<details open><summary>{page.Say($"Notes ({Page.Count(all)})", $"说明（{Page.Count(all)}）")}</summary><ul class=\"notes\">");
            foreach (var note in notes)
                page.Html.Add($"<li class=\"{(note.Level == "warning" ? "ask" : "dim")}\">{(note.File.Length > 0 ? Html.Of($"<code>{note.File}</code> ") : Markup.None)}{note.Text}</li>");
            page.Html.Add($"</ul></details>\n");
        }

        page.Close();
    }
}
