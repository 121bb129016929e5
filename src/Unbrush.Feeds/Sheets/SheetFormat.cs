using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Sheets;

/// <summary>A format whose files are sheets of text with a header: recognised by the columns it has, mapped row by row.</summary>
/// <param name="name">The format's name.</param>
/// <param name="brokenTable">The table that a broken row counts against.</param>
/// <param name="known">Every column that is known: read, or without a place in the contract; null where that depends on the sheet.</param>
/// <param name="what">What a sheet with the essential columns is.</param>
/// <param name="essential">The columns by which a sheet is recognised; null where there is more to it.</param>
internal abstract class SheetFormat(string name, string brokenTable, IReadOnlySet<string>? known = null, Sentence? what = null, string[]? essential = null) : IFeedFormat
{
    public string Name => name;

    /// <summary>How tables are read from their rows where not plainly.</summary>
    protected virtual IReadOnlyDictionary<string, Func<string, string>>? Select => null;

    /// <summary>
    /// Which of the file's columns one of ours (<c>table.column</c>) is read from, so that what cannot be read is named as the user knows it. Needed of
    /// columns that are more than text, and of required ones.
    /// </summary>
    protected abstract IReadOnlyDictionary<string, string[]> Theirs { get; }

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content == Content.Delimited && HeaderOf(file) is { } header ? Recognise(header, table) : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        var read = Begin();
        foreach (var (file, _) in files)
        {
            var sink = new RowSink(context, file);
            List<string> names;
            using (var sheet = SheetFile.Open(file, HeaderOf(file)!))
            {
                var isKnown = KnownIn(sheet);
                context.NoteUnknown(brokenTable, file, sheet.Names.Where(n => !isKnown(n)));
                read(sheet, sink);
                names = [.. sheet.Names];
            }

            foreach (var relation in sink.Staged(Select))
                yield return relation with { FileColumns = TheirsIn(names, relation) };
        }
    }

    public virtual void Verify(ImportContext context)
    {
    }

    private Dictionary<string, string> TheirsIn(List<string> names, StagedRelation relation)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in relation.Columns)
        {
            var theirs = Theirs.GetValueOrDefault($"{relation.Table.Name}.{column}")?.Where(t => names.Contains(t, StringComparer.OrdinalIgnoreCase)).ToList();
            if (theirs is { Count: > 0 })
                found[column] = string.Join(" / ", theirs);
        }

        return found;
    }

    /// <summary>Whether a sheet with this header is of this format.</summary>
    /// <param name="header">The header.</param>
    /// <param name="table">The table that the user named for it, or null.</param>
    protected virtual Recognition? Recognise(Header header, string? table) => By(header, what!.Value, essential!);

    /// <summary>Whether a column of a sheet is known: read, or without a place in the contract.</summary>
    protected virtual Func<string, bool> KnownIn(SheetFile sheet) => known!.Contains;

    /// <summary>What maps the rows of the files of one import, one file after the other.</summary>
    protected abstract Action<SheetFile, RowSink> Begin();

    /// <summary>Where the header stands, if not at the file's beginning; null where there is none.</summary>
    protected virtual Header? HeaderOf(FileSample file) => Header.Of(file.Text);

    /// <summary>Recognises a sheet that has all of these columns, and says so.</summary>
    protected static Recognition? By(Header header, Sentence what, params string[] columns) => columns.All(c => header.IndexOf(c) >= 0)
        ? new(95, new($"its columns {string.Join(", ", columns)} are those of {what.En}", $"其列 {string.Join("、", columns)} 与{what.Zh}一致"))
        : null;
}
