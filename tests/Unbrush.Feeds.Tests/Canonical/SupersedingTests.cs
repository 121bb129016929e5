using DuckDB.NET.Data;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Tests.Canonical;

/// <summary>The same key again: what stays, and what is counted.</summary>
public sealed class SupersedingTests : IDisposable
{
    private const string Header = "platform,order_id,seller_id,created_at,memo,updated_at\n";
    private const string At = "2026-03-01T00:00:00Z";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-again-").FullName;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public SupersedingTests() => _connection.Open();

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_later_row_of_a_file_stays_and_both_are_counted()
    {
        var report = Import($"p,1,s,{At},old,\np,1,s,{At},new,\np,2,s,{At},only,\n");
        Assert.Equal(["1 new", "2 only"], Memos());
        Assert.Equal((3L, 2L, 1L), (report.Files[0].Read, report.Files[0].Kept, report.Files[0].Superseded));
    }

    [Fact]
    public void Where_both_rows_are_dated_the_date_decides_and_not_the_order()
    {
        Import($"p,1,s,{At},newer,2026-03-03T00:00:00Z\np,1,s,{At},older,2026-03-02T00:00:00Z\n");
        Assert.Equal(["1 newer"], Memos());
        Import($"p,1,s,{At},oldest,2026-03-01T00:00:00Z\n");
        Assert.Equal(["1 newer"], Memos());
        Import($"p,1,s,{At},newest,2026-03-04T00:00:00Z\n");
        Assert.Equal(["1 newest"], Memos());
    }

    [Fact]
    public void Where_one_row_is_not_dated_the_later_arrival_stays()
    {
        Import($"p,1,s,{At},dated,2026-03-03T00:00:00Z\n");
        Import($"p,1,s,{At},undated,\n");
        Assert.Equal(["1 undated"], Memos());
        Import($"p,2,s,{At},dated,2026-03-03T00:00:00Z\np,2,s,{At},undated,\n");
        Assert.Equal(["1 undated", "2 undated"], Memos());
    }

    [Fact]
    public void Importing_the_same_again_changes_nothing_whatever_the_file_is_called()
    {
        var rows = string.Concat(Enumerable.Range(0, 50).Select(i => $"p,{i},s,{At},m,\n"));
        Import(rows);
        var before = Memos();
        var report = Import(rows, "orders-again.csv");
        Assert.Equal(before, Memos());
        Assert.Equal((50L, 0L, 50L), (report.Files[0].Read, report.Files[0].Kept, report.Files[0].Superseded));
    }

    [Fact]
    public void A_key_with_nothing_in_it_is_the_same_key_again()
    {
        var path = Path.Combine(_folder, "scans.csv");
        File.WriteAllText(path, $"carrier,waybill_no,scanned_at,action,facility_id\nc,w,{At},arrived,\nc,w,{At},arrived,\nc,w,{At},arrived,f\n");
        for (var i = 0; i < 2; i++)
            FeedImporter.Import(_connection, [path], Importing.Secret, new());
        Assert.Equal(2, Number("SELECT count(*) FROM scans"));
    }

    [Fact]
    public void Identical_rows_in_any_order_and_on_any_number_of_threads_give_the_same_table()
    {
        var rows = Enumerable.Range(0, 20_000).Select(i => $"p,{i % 15_000},s,{At},m{i % 15_000},").ToArray();
        Import(string.Join('\n', rows) + "\n");
        var first = Memos();
        using var other = new DuckDBConnection("DataSource=:memory:");
        other.Open();
        using (var command = other.CreateCommand())
        {
            command.CommandText = "SET threads = 1";
            command.ExecuteNonQuery();
        }

        var path = Path.Combine(_folder, "orders.csv");
        File.WriteAllText(path, Header + string.Join('\n', rows.Reverse()) + "\n");
        FeedImporter.Import(other, [path], Importing.Secret, new());
        Assert.Equal(first, Memos(other));
    }

    private ImportReport Import(string rows, string name = "orders.csv")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, Header + rows);
        return FeedImporter.Import(_connection, [path], Importing.Secret, new());
    }

    private string[] Memos(DuckDBConnection? connection = null)
    {
        using var command = (connection ?? _connection).CreateCommand();
        command.CommandText = "SELECT order_id || ' ' || memo FROM orders ORDER BY 1";
        using var reader = command.ExecuteReader();
        var memos = new List<string>();
        while (reader.Read())
            memos.Add(reader.GetString(0));
        return [.. memos];
    }

    private long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }
}
