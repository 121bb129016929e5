using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds;

/// <summary>How sure a format is that a file is of its kind, and why.</summary>
/// <param name="Certainty">0 to 100; the surest format takes the file.</param>
/// <param name="Why">One sentence that names what was recognised.</param>
public sealed record Recognition(int Certainty, Sentence Why);

/// <summary>A relation that holds rows of one table, not yet typed.</summary>
/// <param name="Table">The table of the contract.</param>
/// <param name="Sql">A SELECT over the file that yields columns named as the contract names them, in the file's order of rows.</param>
/// <param name="Columns">The contract's columns that the SELECT yields.</param>
/// <param name="File">The file the rows come from.</param>
public sealed record StagedRelation(FeedTable Table, string Sql, IReadOnlyList<string> Columns, FileSample File)
{
    /// <summary>Where the file's own column has another name than the contract's: contract → file, for messages.</summary>
    public IReadOnlyDictionary<string, string> FileColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>The same SELECT, setting lines that cannot be split into cells aside in a table of that name; or null where no line can fail alone.</summary>
    public Func<string, string>? Tolerant { get; init; }

    /// <summary>The SELECT's column that tells where a row stands in the file; where null, rows are counted as they come.</summary>
    public string? RowColumn { get; init; }

    /// <summary>True where the format makes pseudonyms of all personal data itself: no key needs to be looked at for raw numbers and addresses.</summary>
    public bool HasPseudonyms { get; init; }

    /// <summary>True where the format has seen that no two rows have the same key.</summary>
    public bool HasEachKeyOnce { get; init; }

    /// <summary>Rows that the format itself could not read: quarantined, and counted as bad.</summary>
    public IReadOnlyList<QuarantinedCell> Refused { get; init; } = [];

    /// <summary>Rows that are sound but of no use, such as those whose only key is masked: quarantined, and not counted as bad.</summary>
    public IReadOnlyList<QuarantinedCell> Barred { get; init; } = [];
}

/// <summary>A format that Unbrush reads: one folder under <c>Feeds</c>. It maps files onto the contract's tables and judges nothing.</summary>
public interface IFeedFormat
{
    /// <summary>The format's name, as <c>unbrush identify</c> and the notes give it.</summary>
    string Name { get; }

    /// <summary>Whether a file is of this format.</summary>
    /// <param name="file">The beginning of the file.</param>
    /// <param name="table">The table that the user named for it, or null.</param>
    /// <returns>Null where it is not.</returns>
    Recognition? Recognise(FileSample file, string? table);

    /// <summary>Maps files of this format onto tables of the contract.</summary>
    /// <param name="files">All files of this format in one import, with the tables named for them.</param>
    /// <param name="context">The database, scratch space, pseudonyms and notes.</param>
    IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context);

    /// <summary>Compares what was staged with the tables when all of the import is loaded, to note what does not agree.</summary>
    void Verify(ImportContext context)
    {
    }
}
