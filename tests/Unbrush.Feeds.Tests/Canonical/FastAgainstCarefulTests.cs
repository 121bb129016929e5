using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tests.Canonical;

/// <summary>
/// The loader reads a table fast and examines it afterwards; here the same files are typed cell by cell by the definitions of
/// <see cref="CellTyping"/>, row by row from a mended copy, as if nothing were ever clean.
/// </summary>
public sealed class FastAgainstCarefulTests : IDisposable
{
    private static readonly string[] Odd = ["", " ", "\"\"", "\" \"", "x", "PAID", " paid", "other", "1", "0", "-1", "2.5", "1e3", "yes", "N", "NaN", "inf", "99999999999999999999", "138****1234", "13800000001", "1999-12-31 00:00:00", "2300-01-01 00:00:00", "2026-03-01", "2026-03-01T12:00Z", "2026-03-01T12:00:00+09:00", "20260301120000", "2026-13-01 00:00:00", "\"a,b\"", "\"a\"\"b\"", "\"a\nb\"", "\"a", "a\"b", "\u3000", "É店", "problem", "delivered", "Delivered "];

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-careful-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("orders")]
    [InlineData("scans")]
    [InlineData("visits")]
    [InlineData("facilities")]
    [InlineData("reviews")]
    [InlineData("registers")]
    public void What_is_read_fast_is_what_is_read_carefully(string name)
    {
        var table = FeedSchema.Find(name)!;
        var cell = Gen.Frequency((6, Gen.Const("")), (1, Gen.OneOf(Odd)));
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 3], Gen.OneOf("\n", "\r\n"), Gen.Bool, Gen.Bool, cell.Array[12 * table.Columns.Count], Gen.Int[0, 4000])
            .Sample((rows, faults, end, hasMark, isGbk, cells, at) =>
            {
                // Most cells are sound, so that rows with one fault come up; a fault is put where the random cell is not empty.
                var text = new StringBuilder(string.Join(',', table.Columns.Select(c => c.Name))).Append(end);
                for (var r = 0; r < rows; r++)
                {
                    text.Append(string.Join(',', table.Columns.Select((c, i) =>
                        cells[(r * table.Columns.Count) + i] is { Length: > 0 } odd && (faults > 0 || !c.IsRequired) ? odd : Sound(c, r % 9)))).Append(end);
                }

                var whole = faults == 3 ? text.ToString(0, Math.Max(text.Length - (at % 40), table.Columns.Sum(c => c.Name.Length + 1) + end.Length)) : text.ToString();
                var path = Path.Combine(_folder, name + ".csv");
                File.WriteAllBytes(path, isGbk && !hasMark ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(whole) : [.. hasMark ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(whole)]);
                Compare(table, path);
            }, iter: 40, threads: 1);
    }

    private static string Sound(FeedColumn column, int row) => column.Type switch
    {
        FeedType.Instant => string.Create(CultureInfo.InvariantCulture, $"2026-03-0{1 + row} 12:00:00"),
        FeedType.Word => column.Words![row % column.Words.Count],
        FeedType.Text or FeedType.Key => string.Create(CultureInfo.InvariantCulture, $"k{row % 5}"),
        _ => column.Maximum is { } max ? max.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{row % 2}"),
    };

    private static void Compare(FeedTable table, string path)
    {
        using var import = Importing.With(new() { MaxBad = 1 }, path);
        import.AssertNothingIsLost();
        var (rows, bad, odd) = Careful(table, path);
        var columns = string.Join(", ", table.Columns.Select(c => $"CAST({c.Name} AS VARCHAR)"));
        Assert.Equal(rows, import.Rows($"SELECT {columns} FROM {table.Name}").Order(StringComparer.Ordinal));
        Assert.Equal(bad, import.Report.Quarantine.Select(q => q.Row).Distinct().Order());
        Assert.Equal(odd, import.Report.Notes.Where(n => n.Text.En.Contains("no word of the contract", StringComparison.Ordinal)).Select(n => n.Text.En.Split('\'')[1]).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Rows kept, numbers of rows set aside, columns with words that are none.</summary>
    private static (List<string> Rows, List<long> Bad, List<string> Odd) Careful(FeedTable table, string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var context = new ImportContext(connection, new() { MaxBad = 1 }, new(Importing.Secret));
        context.Execute($"SET TimeZone = '{FeedSchema.DefaultTimeZone}'");
        var csv = DelimitedText.Read(FileSample.Of(path), Header.Of(FileSample.Of(path).Text), context);
        var raw = string.Join(", ", table.Columns.Select((c, i) => $"c{i} AS raw_{c.Name}"));
        context.Execute($"CREATE TABLE cells AS SELECT file_row, {raw} FROM {csv.Tolerant("broken")}");
        var bad = new List<long>();
        context.Query("SELECT line FROM broken", r => bad.Add(r.GetInt64(0)));
        var zone = FeedSchema.DefaultTimeZone;
        context.Execute($"CREATE TABLE typed AS SELECT *, {string.Join(", ", table.Columns.Select(c => $"{CellTyping.Value(c, "raw_" + c.Name, zone)} AS {c.Name}"))} FROM cells");

        // The feed's own present: a year after the latest of its clocks among rows that are not bad by themselves.
        var isBad = string.Join(" OR ", table.Columns.Select(c => $"coalesce({CellTyping.IsBad(c, "raw_" + c.Name, c.Name)}, false)"));
        var clocks = table.Columns.Where(c => c.IsRequired && CellTyping.IsEvent(c)).ToList();
        DateTime? latest = null;
        foreach (var clock in clocks)
        {
            context.Query($"SELECT max({clock.Name}) FROM typed WHERE NOT ({isBad})", r => latest = r.IsDBNull(0) ? null : r.GetDateTime(0).AddYears(1));
        }

        var late = latest is { } last ? string.Join(" OR ", table.Columns.Where(CellTyping.IsEvent).Select(c => $"coalesce({c.Name} > {CellTyping.Literal(last)}, false)").DefaultIfEmpty("false")) : "false";
        context.Query($"SELECT file_row FROM typed WHERE {isBad} OR {late}", r => bad.Add(r.GetInt64(0)));
        context.Execute($"DELETE FROM typed WHERE {isBad} OR {late}");
        var odd = new List<string>();
        foreach (var column in table.Columns.Where(c => c.Type == FeedType.Word))
        {
            if (context.Number($"SELECT count(*) FROM typed WHERE {CellTyping.IsOdd(column, "raw_" + column.Name)}") > 0)
                odd.Add(column.Name);
        }

        var pseudonyms = new Pseudonymiser(Importing.Secret);
        var newest = new Dictionary<string, (DateTime? Updated, string Row)>(StringComparer.Ordinal);
        var updated = table.Has("updated_at") ? "updated_at" : "CAST(NULL AS TIMESTAMP)";
        var settled = table.Columns.Select(c => c.Default is { } standard ? $"CAST(coalesce({c.Name}, CAST('{standard}' AS {FeedTables.SqlType(c.Type)})) AS VARCHAR)" : $"CAST({c.Name} AS VARCHAR)");
        context.Query($"SELECT {updated}, {string.Join(", ", settled)} FROM typed ORDER BY file_row", r =>
        {
            var cells = table.Columns.Select((c, i) => r.IsDBNull(i + 1) ? "" : c.Type == FeedType.Key && r.GetString(i + 1) == "13800000001" ? pseudonyms.Of("13800000001") : r.GetString(i + 1)).ToList();
            var key = string.Join('|', table.Columns.Select((c, i) => (c, i)).Where(p => table.Key.Contains(p.c.Name)).Select(p => cells[p.i]));
            DateTime? at = r.IsDBNull(0) ? null : r.GetDateTime(0);
            if (!newest.TryGetValue(key, out var old) || at is null || old.Updated is null || at >= old.Updated)
                newest[key] = (at, string.Join('|', cells));
        });
        return ([.. newest.Values.Select(v => v.Row).Order(StringComparer.Ordinal)], [.. bad.Distinct().Order()], [.. odd.Order(StringComparer.Ordinal)]);
    }
}
