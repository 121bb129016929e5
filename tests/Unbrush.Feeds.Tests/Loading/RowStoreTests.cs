using DuckDB.NET.Data;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Tests.Loading;

public sealed class RowStoreTests : IDisposable
{
    private static readonly FeedTable Table = FeedSchema.Find("reviews")!;

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-test-").FullName;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private int _files;

    public RowStoreTests() => _connection.Open();

    [Fact]
    public void The_database_reads_every_row_as_it_was_written()
    {
        var random = new Random(5);
        using var store = NewStore();
        var row = new RowSink.Row(store);
        var expected = new List<string?[]>();
        for (var r = 0; r < 5000; r++)
        {
            var isWritten = random.Next(10) > 0;
            var cells = new string?[Table.Columns.Count];
            row.Clear(r);
            foreach (var place in Enumerable.Range(0, cells.Length).OrderBy(_ => random.Next()))
            {
                // The last column is filled late, another never.
                if (place == 3 || random.Next(3) == 0 || (place == cells.Length - 1 && r < 3000))
                    continue;
                cells[place] = TextOf(random, random.Next(2000) == 0 ? 70_000 : 30);
                row.With(Table.Columns[place].Name, cells[place]);
            }

            if (!isWritten)
                continue;
            row.Write();
            expected.Add([.. cells.Select(c => c?.Trim().Length > 0 ? c.Replace('\0', ' ') : null), $"{r}"]);
        }

        store.Seal();
        var read = Read($"SELECT * FROM {store.Relation}");
        Assert.Equal(expected.Count, read.Count);
        for (var r = 0; r < read.Count; r++)
            Assert.Equal(expected[r], read[r]);
        Assert.False(store.IsUsed(3));
        Assert.True(store.IsUsed(4));
        Assert.Equal(expected.Select(e => $"{e[4]}|{e[^1]}|{e[0]}"), Read($"SELECT {Table.Columns[4].Name}, file_row, {Table.Columns[0].Name} FROM {store.Relation}").Select(r => string.Join('|', r)));
    }

    [Fact]
    public void A_cell_set_twice_holds_what_was_set_last()
    {
        using var store = NewStore();
        var row = new RowSink.Row(store);
        row.Clear(1);
        row.With("platform", "a longer text than twelve").With("review_id", "r").With("platform", "b").Write();
        store.Seal();
        Assert.Equal("b|r", string.Join('|', Assert.Single(Read($"SELECT platform, review_id FROM {store.Relation}"))));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(3000)]
    public void A_sealed_store_holds_no_file_open(int rows)
    {
        using var store = NewStore();
        var row = new RowSink.Row(store);
        for (var r = 0; r < rows; r++)
        {
            row.Clear(r);
            row.With("platform", $"platform number {r}").Write();
        }

        store.Seal();
        Assert.Equal(rows > 3 ? 1 : 0, _files);
        foreach (var file in Directory.GetFiles(_folder))
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        Assert.Equal([$"{rows}", $"platform number {rows - 1}"], Assert.Single(Read($"SELECT count(*), max_by(platform, file_row) FROM {store.Relation}")));
    }

    [Fact]
    public void A_store_without_rows_reads_as_a_table_without_rows()
    {
        using var store = NewStore();
        store.Seal();
        Assert.Empty(Read($"SELECT * FROM {store.Relation}"));
    }

    [Fact]
    public void What_was_disposed_of_can_be_read_no_more()
    {
        var store = NewStore();
        store.Seal();
        var relation = store.Relation;
        store.Dispose();
        Assert.Contains("nothing else", Assert.Throws<DuckDBException>(() => Read($"SELECT * FROM {relation}")).Message, StringComparison.Ordinal);
        Assert.Throws<DuckDBException>(() => Read("SELECT * FROM import_rows(NULL)"));
    }

    [Theory]
    [InlineData(600, -1, true)]
    [InlineData(600, 0, false)]
    [InlineData(600, 300, false)]
    [InlineData(257, 255, false)]
    [InlineData(2, 0, false)]
    [InlineData(0, -1, true)]
    public void A_thing_met_again_is_seen_in_its_table_and_in_the_one_that_names_it(int rows, int again, bool isOneEach)
    {
        using RowStore store = NewStore(), naming = NewStore();
        RowSink.Row row = new(store), other = new(naming);
        for (var r = 0; r < rows; r++)
        {
            row.Clear(r);
            row.Of("yto", $"{(r == rows - 1 && again >= 0 ? again : r)}").With("platform", "p").Write();
            other.Clear(r);
            other.Of(row).With("platform", "p").Write();
        }

        Assert.Equal(isOneEach, row.IsOneEach);
        Assert.Equal(isOneEach, row.HasEachKeyOnce);
        Assert.Equal(isOneEach, other.HasEachKeyOnce);
        // Rows that only name the things of others still go through the SELECT of their table.
        Assert.Equal(rows == 0, other.IsOneEach);
    }

    [Fact]
    public void Rows_that_say_no_thing_or_whose_texts_were_changed_prove_nothing()
    {
        using RowStore first = NewStore(), second = NewStore();
        var row = new RowSink.Row(first);
        row.Clear(1);
        row.With("platform", "p").Write();
        Assert.False(row.HasEachKeyOnce);
        row = new(second);
        row.Clear(1);
        row.Of("yto", "1\0").With("platform", "1\0").Write();
        Assert.False(row.HasEachKeyOnce);
    }

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private RowStore NewStore()
    {
        RowScan.Register(_connection);
        return new(Table, () => Path.Combine(_folder, $"{_files++}.rows"));
    }

    private static string TextOf(Random random, int longest) =>
        string.Concat(Enumerable.Range(0, random.Next(longest)).Select(_ => random.Next(12) switch { 0 => "运", 1 => "\U0001F600", 2 => "\"", 3 => ",", 4 => "\n", 5 => " ", 6 => "\0", _ => "x" }));

    private List<string?[]> Read(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i).ToString())]);
        return rows;
    }
}
