using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Json;

/// <summary>A format whose files are JSON: recognised by the members it has, mapped record by record.</summary>
internal abstract class JsonFormat : IFeedFormat
{
    public abstract string Name { get; }

    /// <summary>The table that a broken record counts against.</summary>
    protected abstract string Table { get; }

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content is Content.Json or Content.Ndjson && Recognise(JsonShape.Of(file)) is { } why ? new(92, why) : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, _) in files)
        {
            using var sink = new RowSink(context, file);
            var map = Open(sink);
            try
            {
                JsonRecords.Each(file, map, (row, why) => sink.Refuse(Table, row, "", "", new($"a record that cannot be read: {why}", $"是无法读取的记录：{why}")));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or ZstdSharp.ZstdException)
            {
                throw ImportContext.Damaged(file, e.Message, e);
            }

            Close(sink);
            foreach (var relation in sink.Staged(Select))
                yield return relation;
        }
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
