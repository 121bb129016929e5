using Unbrush.Core;
using Unbrush.Detection.Store;
using Unbrush.Feeds.Loading;

namespace Unbrush.Detection.Tests.Store;

public sealed class WorkspaceTests : IDisposable
{
    private const string Header = "platform,order_id,seller_id,created_at,phone_key\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-workspace-").FullName;

    private string Place => Path.Combine(_folder, "workspace");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Imports_accumulate_with_their_account_and_the_secret_is_its_owners_alone()
    {
        for (var i = 0; i < 2; i++)
        {
            using var workspace = Workspace.Open(Place, new());
            workspace.Import([Put($"orders-{i}.csv", Header + $"p,{i},s,2026-03-01T00:00:00Z,\n")], new());
        }

        using var again = Workspace.Open(Place, new());
        Assert.Equal(2, Number(again, "SELECT count(*) FROM orders"));
        Assert.Equal(2, Number(again, "SELECT count(*) FROM import_file"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Place, "secret")));
    }

    [Fact]
    public void A_failed_import_leaves_neither_rows_nor_an_account()
    {
        using var workspace = Workspace.Open(Place, new());
        var good = Put("listings.csv", "platform,listing_id,seller_id\np,1,s\n");
        var bad = Put("orders.csv", Header + "p,1,s,never,\n");
        Assert.Equal(ExitCode.TooManyBadRows, Assert.Throws<UnbrushException>(() => workspace.Import([good, bad], new())).Code);
        Assert.Equal(0, Number(workspace, "SELECT (SELECT count(*) FROM listings) + (SELECT count(*) FROM orders) + (SELECT count(*) FROM import_file)"));
        workspace.Import([good], new());
        Assert.Equal(1, Number(workspace, "SELECT count(*) FROM listings"));
    }

    [Fact]
    public void A_workspace_that_is_held_says_so_and_opens_when_it_is_let_go()
    {
        using (Workspace.Open(Place, new()))
        {
            var e = Assert.Throws<UnbrushException>(() => Workspace.Open(Place, new()));
            Assert.Equal(ExitCode.Workspace, e.Code);
            Assert.Contains("in use", e.Sentence.En, StringComparison.Ordinal);
        }

        using var again = Workspace.Open(Place, new());
    }

    [Fact]
    public void A_damaged_secret_or_a_place_that_is_a_file_is_refused()
    {
        Workspace.Open(Place, new()).Dispose();
        File.WriteAllText(Path.Combine(Place, "secret"), "short");
        Assert.Equal(ExitCode.Workspace, Assert.Throws<UnbrushException>(() => Workspace.Open(Place, new())).Code);
        Assert.Equal(ExitCode.Workspace, Assert.Throws<UnbrushException>(() => Workspace.Open(Put("file", "x"), new())).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void A_temporary_workspace_gives_the_same_pseudonyms_for_the_same_feed_and_leaves_nothing(long feedBytes)
    {
        string[] places = [];
        var feed = Put("orders.csv", Header + "p,1,s,2026-03-01T00:00:00Z,13800000001\n");
        var other = Put("orders-2.csv", Header + "p,1,s,2026-03-01T00:00:00Z,13800000001\np,2,s,2026-03-01T00:00:00Z,\n");
        var keys = new[] { feed, feed, other }.Select(f =>
        {
            using var workspace = Workspace.OpenTemporary(new(), feedBytes);
            workspace.Import([f], new());
            using (var files = workspace.Store.Query("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL"))
                places = files.Read() ? [.. places, files.GetString(0)] : places;
            using var reader = workspace.Store.Query("SELECT phone_key FROM orders WHERE order_id = '1'");
            reader.Read();
            return reader.GetString(0);
        }).ToArray();
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2]);
        Assert.DoesNotContain("138", keys[0][..3], StringComparison.Ordinal);
        Assert.Equal(feedBytes == 0 ? 0 : 3, places.Length);
        Assert.All(places, p => Assert.False(Directory.Exists(Path.GetDirectoryName(p))));
    }

    [Fact]
    public void What_a_killed_import_left_is_gone_when_the_workspace_opens_again()
    {
        Workspace.Open(Place, new()).Dispose();
        Directory.CreateDirectory(Path.Combine(Place, "spill", "left"));
        using var workspace = Workspace.Open(Place, new());
        Assert.False(Directory.Exists(Path.Combine(Place, "spill", "left")));
    }

    [Fact]
    public void A_feed_larger_than_the_memory_allowed_is_read_all_the_same()
    {
        var path = Path.Combine(_folder, "orders.csv");
        using (var file = new StreamWriter(path))
        {
            file.Write("platform,order_id,seller_id,created_at,memo\n");
            for (var i = 0; i < 400_000; i++)
                file.Write($"p,{i},s{i % 97},2026-03-01T00:00:00Z,{i * 7919L % 1000003} a memo that takes its room in memory and more of it {i}\n");
        }

        using var workspace = Workspace.OpenTemporary(new() { MemoryBytes = 100L << 20, Threads = 2 });
        workspace.Import([path], new());
        Assert.Equal(400_000, Number(workspace, "SELECT count(*) FROM orders"));
    }

    private static long Number(Workspace workspace, string sql)
    {
        using var reader = workspace.Store.Query(sql);
        reader.Read();
        return Convert.ToInt64(reader.GetValue(0));
    }

    private string Put(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
