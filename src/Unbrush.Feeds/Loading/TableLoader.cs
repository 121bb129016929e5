using System.Globalization;
using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Loading;

/// <summary>
/// Brings staged rows of one table into the database: types them, quarantines what cannot be read, lets newer rows of a
/// key supersede older ones. A clean file is read once, at the database's own speed; only a file with bad rows is read again
/// to name them.
/// </summary>
internal sealed class TableLoader(ImportContext context, FeedTable table)
{
    /// <summary>Tables of that prefix are what a stopped import left; they hold nothing that counts.</summary>
    public const string StagePrefix = "import_stage_";

    private readonly Dictionary<int, List<QuarantinedCell>> _bad = [];
    private readonly Dictionary<int, long> _rejected = [];
    private readonly Dictionary<int, string> _mended = [];
    private IReadOnlyList<StagedRelation> _relations = [];
    private DateTime? _latest;
    private readonly string _stage = StagePrefix + table.Name;
    /// <summary>Whether the stage has the column <c>odd_words</c>: a bit for each column of words, set where a row has one that is not the contract's.</summary>
    private bool _hasOddWords;
    private readonly List<FeedColumn> _words = [.. table.Columns.Where(c => c.Type == FeedType.Word)];

    public List<QuarantinedCell> Quarantine { get; } = [];

    /// <summary>The table that rows wait in.</summary>
    public string StageName => _stage;

    /// <summary>The table of the contract.</summary>
    public FeedTable Table => table;

    /// <summary>Reads relations of this table, in the order of their files, into a table of its own; what counts is not touched yet.</summary>
    public void Stage(IReadOnlyList<StagedRelation> relations)
    {
        _relations = relations;
        for (var f = 0; f < relations.Count; f++)
        {
            context.Options.Progress?.Report(new(relations[f].File.Name, table.Name));
            Read(f);
        }

        Examine();
    }

    /// <summary>Takes out of the stage what is bad, and what a newer row of its key makes needless; says what became of each file.</summary>
    /// <param name="latest">The last instant that this feed may hold, or null where it has no times to tell it by.</param>
    public List<(StagedRelation Relation, long Read, long Kept, long Superseded, long Quarantined)> Settle(DateTime? latest)
    {
        var relations = _relations;
        _latest = latest;
        MarkLate();
        var bad = Counts("bad_row");
        if (MendBad(bad))
        {
            MarkLate();
            bad = Counts("bad_row");
        }

        var read = Counts("true");
        for (var f = 0; f < relations.Count; f++)
        {
            if (bad.GetValueOrDefault(f) > 0)
                NameBadCells(relations[f], f);
            var rejected = _rejected.GetValueOrDefault(f) + relations[f].Refused.Count;
            foreach (var cell in relations[f].Refused)
                Bad(f).Add(cell);
            Check(relations[f], read.GetValueOrDefault(f) + rejected, bad.GetValueOrDefault(f) + rejected, f);
            Quarantine.AddRange(relations[f].Barred);
        }

        if (bad.Count > 0)
            context.Execute($"DELETE FROM {_stage} WHERE bad_row");
        NoteOddWords(relations);
        Pseudonymise(relations);
        KeepNewest(read.Values.Sum() - bad.Values.Sum());
        var kept = Counts("true");
        var report = new List<(StagedRelation, long, long, long, long)>();
        for (var f = 0; f < relations.Count; f++)
        {
            var rejected = _rejected.GetValueOrDefault(f) + relations[f].Refused.Count + relations[f].Barred.Count;
            long r = read.GetValueOrDefault(f) + rejected, q = bad.GetValueOrDefault(f) + rejected, k = kept.GetValueOrDefault(f);
            report.Add((relations[f], r, k, r - q - k, q));
        }

        return report;
    }

    private void Read(int file)
    {
        var relation = _relations[file];
        _hasOddWords &= file > 0;
        var into = file == 0 ? $"CREATE OR REPLACE TABLE {_stage} AS" : $"INSERT INTO {_stage}";
        try
        {
            try
            {
                context.Execute($"{into} {Typed(relation, _mended.GetValueOrDefault(file, relation.Sql), file)}");
            }
            catch (DuckDBException e) when (relation.Tolerant is not null && !_mended.ContainsKey(file) && !ImportContext.IsAboutMachine(e))
            {
                // Something in the file breaks the row structure. Read the whole records from a mended copy.
                Mend(file);
                context.Execute($"{into} {Typed(relation, _mended[file], file)}");
            }
        }
        catch (DuckDBException e) when (!ImportContext.IsAboutMachine(e))
        {
            throw ImportContext.Damaged(relation.File, e.Message, e);
        }
    }

    /// <summary>From now on the file is read from a copy with its whole records only, in which every row knows its number.</summary>
    private void Mend(int file)
    {
        var relation = _relations[file];
        var rejects = context.NewTableName("import_rejects");
        _mended[file] = relation.Tolerant!(rejects);
        Bad(file).AddRange(context.Rejected(rejects, relation.File));
        _rejected[file] = Bad(file).Count;
    }

    /// <summary>
    /// Mends the files that have bad rows. Where that sets lines aside which the fast reader had taken for rows, everything is
    /// read again, so that nothing counts twice.
    /// </summary>
    private bool MendBad(Dictionary<int, long> bad)
    {
        var isStale = false;
        foreach (var file in bad.Keys.Where(f => _relations[f].Tolerant is not null && !_mended.ContainsKey(f)).Order().ToList())
        {
            Mend(file);
            isStale |= _rejected[file] > 0;
        }

        for (var f = 0; isStale && f < _relations.Count; f++)
            Read(f);
        if (isStale)
            Examine();
        return isStale;
    }

    /// <summary>
    /// Finds what the reading has left open, column by column: words that are not the contract's as they stand, values beyond their
    /// limits, nothing where something must be. Asked of the loaded table, this costs a file without faults next to nothing.
    /// </summary>
    private void Examine()
    {
        // A column that no file gives holds its default everywhere, which is one of its words and within its limits.
        var given = _relations.SelectMany(r => r.Columns).ToHashSet(StringComparer.Ordinal);
        for (var w = 0; w < _words.Count; w++)
        {
            var column = _words[w];
            if (!given.Contains(column.Name) || context.Number($"SELECT count(*) FROM (SELECT DISTINCT {column.Name} AS word FROM {_stage}) WHERE {CellTyping.IsStrange(column, "word")}") == 0)
                continue;
            var value = CellTyping.Value(column, column.Name, context.Options.TimeZone);
            var settled = column.Default is { } standard ? $"coalesce({value}, '{standard}')" : value;
            if (!_hasOddWords)
                context.Execute($"ALTER TABLE {_stage} ADD COLUMN odd_words INTEGER DEFAULT 0");
            _hasOddWords = true;
            context.Execute($"UPDATE {_stage} SET {column.Name} = {settled}, odd_words = odd_words + CASE WHEN {CellTyping.IsOdd(column, column.Name)} THEN {1 << w} ELSE 0 END WHERE {CellTyping.IsStrange(column, column.Name)}");
        }

        var beyond = string.Join(" OR ", table.Columns.Where(c => given.Contains(c.Name) || c is { IsRequired: true, Default: null }).Select(c => CellTyping.IsBeyond(c, c.Name)).Where(b => b != "false").DefaultIfEmpty("false"));
        if (context.Number($"SELECT count(*) FROM {_stage} WHERE {beyond}") > 0)
            context.Execute($"UPDATE {_stage} SET bad_row = true WHERE {beyond}");
    }

    private void MarkLate()
    {
        if (_latest is not { } latest)
            return;
        var late = string.Join(" OR ", table.Columns.Where(CellTyping.IsEvent).Select(c => $"{c.Name} > {CellTyping.Literal(latest)}").DefaultIfEmpty("false"));
        if (late != "false" && context.Number($"SELECT count(*) FROM {_stage} WHERE {late}") > 0)
            context.Execute($"UPDATE {_stage} SET bad_row = true WHERE {late}");
    }

    /// <summary>The typed rows of a relation, with the rows marked in which a cell gave no value; the rest is for <see cref="Examine"/>.</summary>
    private string Typed(StagedRelation relation, string sql, int file)
    {
        var given = relation.Columns.ToHashSet(StringComparer.Ordinal);
        var cells = relation.Columns.Select(c => $"{c} AS raw_{c}");
        var values = table.Columns.Where(c => given.Contains(c.Name)).Select(c => $"{CellTyping.Loaded(c, "raw_" + c.Name, context.Options.TimeZone)} AS {c.Name}");
        var typed = table.Columns.Where(c => given.Contains(c.Name) && CellTyping.IsUnread(c, "raw_" + c.Name, c.Name) != "false").ToList();
        // Most rows have a value in each of these columns, and are done with one look.
        var unread = typed.Count == 0 ? "false" : $"CASE WHEN {string.Join(" OR ", typed.Select(c => c.Name + " IS NULL"))} THEN {string.Join(" OR ", typed.Select(c => CellTyping.IsUnread(c, "raw_" + c.Name, c.Name)))} ELSE false END";
        var final = table.Columns.Select(c => (given.Contains(c.Name), c.Default) switch
        {
            (true, null) => c.Name,
            (true, _) => $"coalesce({c.Name}, CAST('{c.Default}' AS {FeedTables.SqlType(c.Type)})) AS {c.Name}",
            (false, null) => $"CAST(NULL AS {FeedTables.SqlType(c.Type)}) AS {c.Name}",
            _ => $"CAST('{c.Default}' AS {FeedTables.SqlType(c.Type)}) AS {c.Name}",
        });
        return $"""
            SELECT {string.Join(", ", final)}, {unread} AS bad_row{(_relations.Count == 1 ? "" : $", {FileNumber(file)} AS file_no")}
            FROM (SELECT *, {string.Join(", ", values)} FROM (SELECT {string.Join(", ", cells)} FROM ({sql}) AS rows_of_file) AS cells_of_file) AS values_of_file
            """;
    }

    private string BadRow(HashSet<string> given) =>
        string.Join(" OR ", table.Columns.Where(c => given.Contains(c.Name)).Select(c => CellTyping.IsBad(c, "raw_" + c.Name, c.Name, _latest)).Where(b => b != "false").DefaultIfEmpty("false"));

    private Dictionary<int, long> Counts(string where)
    {
        var counts = new Dictionary<int, long>();
        context.Query($"SELECT {FileOfRow}, count(*) FROM {_stage} WHERE {where} GROUP BY {FileOfRow}", r => counts[r.GetInt16(0)] = r.GetInt64(1));
        return counts;
    }

    /// <summary>Reads a file again, numbering its rows, to say which cells are bad and why.</summary>
    private void NameBadCells(StagedRelation relation, int file)
    {
        var given = table.Columns.Where(c => relation.Columns.Contains(c.Name)).ToList();
        var sql = _mended.GetValueOrDefault(file, relation.Sql);
        var row = _mended.ContainsKey(file) ? "file_row" : relation.RowColumn ?? "row_number() OVER () + 1";
        var values = given.Select(c => $"{CellTyping.Value(c, "raw_" + c.Name, context.Options.TimeZone)} AS {c.Name}");
        context.Execute($"""
            CREATE OR REPLACE TEMP TABLE import_bad AS
            SELECT * FROM (SELECT *, {string.Join(", ", values)}
              FROM (SELECT {row} AS row_of_file, {string.Join(", ", given.Select(c => $"{c.Name} AS raw_{c.Name}"))} FROM ({sql}) AS rows_of_file) AS numbered) AS valued
            WHERE {BadRow([.. relation.Columns])}
            """);
        foreach (var column in given)
        {
            context.Query($"SELECT row_of_file, left(raw_{column.Name}, 100) FROM import_bad WHERE {CellTyping.IsBad(column, "raw_" + column.Name, column.Name, _latest)} ORDER BY row_of_file", r =>
            {
                var cell = r.IsDBNull(1) ? null : r.GetString(1);
                Bad(file).Add(new(relation.File.Name, r.GetInt64(0), NameOf(column, relation), column.Type == FeedType.Key ? "" : cell ?? "", CellTyping.Reason(column, cell)));
            });
        }
    }

    /// <summary>The column as the user's file names it, and behind it as the contract does, where that is another name.</summary>
    private static string NameOf(FeedColumn column, StagedRelation relation) =>
        relation.FileColumns.GetValueOrDefault(column.Name) is { } theirs && !string.Equals(theirs, column.Name, StringComparison.OrdinalIgnoreCase) ? $"{theirs} ({column.Name})" : column.Name;

    private void Check(StagedRelation relation, long read, long bad, int file)
    {
        if (!_bad.TryGetValue(file, out var cells))
            return;
        Quarantine.AddRange(cells.OrderBy(c => c.Row));
        if (bad <= context.Options.MaxBad * read)
            return;
        var first = cells.MinBy(c => c.Row)!;
        var share = (bad / (double)read).ToString("P1", CultureInfo.InvariantCulture);
        throw new UnbrushException(ExitCode.TooManyBadRows, new(
            $"{relation.File.Path}: {bad} of {read} rows ({share}) cannot be read, more than --max-bad allows; the first is {first.Said.En}. Mend the file, or raise --max-bad.",
            $"{relation.File.Path}：{read} 行中有 {bad} 行（{share}）无法读取，超过了 --max-bad 的限度；第一处：{first.Said.Zh}。请修正文件，或调高 --max-bad。"));
    }

    private void NoteOddWords(IReadOnlyList<StagedRelation> relations)
    {
        if (!_hasOddWords || context.Number($"SELECT count(*) FROM {_stage} WHERE odd_words <> 0") == 0)
            return;
        for (var f = 0; f < relations.Count; f++)
        {
            for (var w = 0; w < _words.Count; w++)
            {
                var column = _words[w];
                if (!relations[f].Columns.Contains(column.Name) || context.Number(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM {_stage} WHERE {FileOfRow} = {f} AND odd_words & {1 << w} <> 0")) == 0)
                    continue;
                var sql = _mended.GetValueOrDefault(f, relations[f].Sql);
                var fate = column.Name == "action" ? new Sentence("kept as problem", "按 problem 保留") : new Sentence("read as unknown", "按未知处理");
                context.Query($"SELECT left({column.Name}, 60), count(*) FROM ({sql}) AS rows_of_file WHERE {CellTyping.IsOdd(column, column.Name)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20", r =>
                    context.Note(
                        "warning", table.Name, relations[f].File.Name,
                        $"Column '{column.Name}' holds '{r.GetString(0)}' {r.GetInt64(1)} times, which is no word of the contract; {fate.En}.",
                        $"列“{column.Name}”中有 {r.GetInt64(1)} 处“{r.GetString(0)}”，不是约定的词，{fate.Zh}。"));
            }
        }
    }

    /// <summary>A key column that holds what looks like a phone number or an e-mail address is pseudonymised here, and noted.</summary>
    private void Pseudonymise(IReadOnlyList<StagedRelation> relations)
    {
        foreach (var column in table.Columns.Where(c => c.Type == FeedType.Key && relations.Any(r => !r.HasPseudonyms && r.Columns.Contains(c.Name))))
        {
            var raw = $"((starts_with({column.Name}, '1') OR starts_with({column.Name}, '8') OR starts_with({column.Name}, '+')) AND regexp_matches({column.Name}, '^(\\+?86)?1[3-9][0-9]{{9}}$')) OR contains({column.Name}, '@')";
            var values = context.Number($"SELECT count(DISTINCT {column.Name}) FROM {_stage} WHERE {raw}");
            if (values == 0)
                continue;
            var pseudonyms = context.PseudonymTable($"SELECT {column.Name} FROM {_stage} WHERE {raw}");
            context.Execute($"UPDATE {_stage} SET {column.Name} = p.pseudonym FROM {pseudonyms} p WHERE p.raw = {_stage}.{column.Name}");
            context.Note(
                "warning", table.Name, relations[0].File.Name,
                $"Column '{column.Name}' holds {values} values that look like personal data; they were replaced by pseudonyms.",
                $"列“{column.Name}”中有 {values} 个值疑似个人信息，已替换为化名。");
        }
    }

    /// <summary>
    /// Of the rows of one key the newest stays: by <c>updated_at</c> where both have one, else by order of arrival, which is a
    /// later row, a later file, a later import.
    /// </summary>
    private void KeepNewest(long rows)
    {
        var key = string.Join(", ", table.Key);
        var isDated = table.Has("updated_at");

        // Hashes that are all different prove that the keys are; that is the common case and the cheap one.
        if (!(_relations.Count == 1 && _relations[0].HasEachKeyOnce) && !SeenHashes.AreDifferent(context, key, _stage, rows))
        {
            var undated = isDated ? $", max(CASE WHEN updated_at IS NULL THEN rowid END) OVER (PARTITION BY {key}) AS last_undated" : "";
            var order = isDated ? "(arrival >= coalesce(last_undated, 0)) DESC, updated_at DESC NULLS LAST, arrival DESC" : "arrival DESC";
            context.Execute($"""
                DELETE FROM {_stage} WHERE rowid IN (
                  WITH rivals AS (
                    SELECT *, rowid AS arrival{undated} FROM {_stage}
                    WHERE hash({key}) IN (SELECT hash({key}) AS h FROM {_stage} GROUP BY h HAVING count(*) > 1))
                  SELECT arrival FROM rivals QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {order}) > 1)
                """);
        }

        if (context.Number($"SELECT count(*) FROM (SELECT 1 FROM {table.Name} LIMIT 1)") == 0)
            return;
        var same = string.Join(" AND ", table.Key.Select(k => $"s.{k} IS NOT DISTINCT FROM t.{k}"));
        var identical = string.Join(" AND ", table.Columns.Select(c => $"s.{c.Name} IS NOT DISTINCT FROM t.{c.Name}"));
        var older = isDated ? " OR coalesce(s.updated_at < t.updated_at, false)" : "";
        context.Execute($"DELETE FROM {_stage} WHERE rowid IN (SELECT s.rowid FROM {_stage} s JOIN {table.Name} t ON {same} WHERE ({identical}){older})");
    }

    /// <summary>Brings the staged rows in; inside the import's one transaction.</summary>
    public void MoveIn()
    {
        var columns = string.Join(", ", table.Columns.Select(c => c.Name));
        if (context.Number($"SELECT count(*) FROM (SELECT 1 FROM {table.Name} LIMIT 1)") == 0)
        {
            context.Execute($"""
                ALTER TABLE {_stage} DROP COLUMN bad_row;
                ALTER TABLE {_stage} DROP COLUMN IF EXISTS odd_words;
                ALTER TABLE {_stage} DROP COLUMN IF EXISTS file_no;
                DROP TABLE {table.Name};
                ALTER TABLE {_stage} RENAME TO {table.Name};
                """);
            return;
        }

        var same = string.Join(" AND ", table.Key.Select(k => $"{table.Name}.{k} IS NOT DISTINCT FROM n.{k}"));
        var byHash = $"hash({string.Join(", ", table.Key.Select(k => $"{table.Name}.{k}"))}) = hash({string.Join(", ", table.Key.Select(k => "n." + k))})";
        context.Execute($"""
            DELETE FROM {table.Name} USING {_stage} n WHERE {byHash} AND {same};
            INSERT INTO {table.Name} ({columns}) SELECT {columns} FROM {_stage};
            DROP TABLE {_stage};
            """);
    }

    /// <summary>The file that a row of the stage comes from; where there is one only, no column is kept for it.</summary>
    private string FileOfRow => _relations.Count == 1 ? FileNumber(0) : "file_no";

    private static string FileNumber(int file) => string.Create(CultureInfo.InvariantCulture, $"CAST({file} AS SMALLINT)");

    private List<QuarantinedCell> Bad(int file) => _bad.TryGetValue(file, out var cells) ? cells : _bad[file] = [];
}
