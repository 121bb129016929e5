using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Json;

/// <summary>A format whose files are JSON: recognised by the members it has, mapped record by record.</summary>
/// <param name="name">The format's name.</param>
/// <param name="table">The table that a broken record counts against.</param>
internal abstract class JsonFormat(string name, string table) : IFeedFormat
{
    /// <summary>As many records, at least, as the beginning of a file holds from which its members are known.</summary>
    private const int Watched = 4096;

    private const int MostNamed = 30;

    public string Name => name;

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content is Content.Json or Content.Ndjson && Recognise(JsonShape.Of(file)) is { } why ? new(92, why) : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, _) in files)
        {
            var sink = new RowSink(context, file);
            var map = Open(sink);
            var asked = new HashSet<string>(StringComparer.Ordinal);
            JsonCells.Watch(asked);
            try
            {
                JsonRecords.Each(file, Map, (row, why) => sink.Refuse(table, row, "", "", new($"a record that cannot be read: {why}", $"是无法读取的记录：{why}")));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or ZstdSharp.ZstdException)
            {
                throw ImportContext.Damaged(file, e.Message, e);
            }
            finally
            {
                JsonCells.Watch(null);
            }

            NoteUnread(file, asked, context);
            Close(sink);
            foreach (var relation in sink.Staged(Select))
                yield return relation;

            void Map(JsonElement record, long row)
            {
                if (row > Watched)
                    JsonCells.Watch(null);
                map(record, row);
            }
        }
    }

    /// <summary>Names the members that were passed over: those of the file's beginning that no record was asked for.</summary>
    private void NoteUnread(FileSample file, HashSet<string> asked, ImportContext context)
    {
        var unread = JsonShape.Of(file).Unread(asked);
        if (unread.Count == 0)
            return;
        var names = unread.Take(MostNamed).Select(n => n.Length <= 60 ? n : n[..60] + "…").ToList();
        string more = unread.Count > MostNamed ? $" and {unread.Count - MostNamed} more" : "", moreZh = unread.Count > MostNamed ? $" 等共 {unread.Count} 个" : "";
        context.Note(
            "info", table, file.Name,
            $"Members that are unknown or of no use here are kept out: {string.Join(", ", names)}{more}.",
            $"以下成员未知或无用，不予读取：{string.Join("、", names)}{moreZh}。");
    }

    public virtual void Verify(ImportContext context)
    {
    }

    /// <summary>How tables are read from their rows where not plainly.</summary>
    protected virtual IReadOnlyDictionary<string, Func<string, string>>? Select => null;

    /// <summary>Why a file of this shape is of this format, or null.</summary>
    protected abstract Sentence? Recognise(JsonShape shape);

    /// <summary>What maps the records of a file.</summary>
    protected abstract Action<JsonElement, long> Open(RowSink sink);

    /// <summary>What remains to be done at the end of a file.</summary>
    protected virtual void Close(RowSink sink)
    {
    }

    /// <summary>The sentence that names the members which told.</summary>
    protected static Sentence By(string whatEn, string whatZh, params string[] members) =>
        new($"its members {string.Join(", ", members)} are those of {whatEn}", $"其成员 {string.Join("、", members)} 与{whatZh}一致");
}
