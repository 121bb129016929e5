using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Pipeline;

public sealed class CrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Jobs_run_once_and_after_what_they_need(int threads)
    {
        using var store = new DuckDbStore(new() { Threads = threads });
        var done = new List<string>();
        var jobs = Enumerable.Range(0, 60).Select(i => new Job(
            $"t{i}",
            [.. Enumerable.Range(0, i).Where(j => (i + j) % 7 == 0).Select(j => $"t{j}"), "feed"],
            on =>
            {
                on.Execute($"CREATE TABLE t{i} AS SELECT count(*) AS n FROM range({1000 * (i % 5)})");
                lock (done)
                    done.Add($"t{i}");
            })).ToList();
        new Crew(store).Run(jobs, TestContext.Current.CancellationToken);

        Assert.Equal(jobs.Select(j => j.Name).Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
        foreach (var job in jobs)
            Assert.All(job.Needs.Where(n => n != "feed"), need => Assert.True(done.IndexOf(need) < done.IndexOf(job.Name)));
    }

    [Fact]
    public void Two_jobs_run_at_once_on_connections_of_their_own()
    {
        using var store = new DuckDbStore(new() { Threads = 2 });
        using var both = new Barrier(2);
        var connections = new HashSet<IStore>();
        Job Meeting(string name) => new(name, [], on =>
        {
            lock (connections)
                connections.Add(on);
            Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        });
        new Crew(store).Run([Meeting("a"), Meeting("b")], TestContext.Current.CancellationToken);
        Assert.Equal(2, connections.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_failing_job_stops_the_others_and_tells_its_own_fault(int threads)
    {
        using var store = new DuckDbStore(new() { Threads = threads });
        var ran = 0;
        Job[] jobs =
        [
            new("broken", [], _ => throw new InvalidDataException("broken")),
            new("waits", ["broken"], _ => Interlocked.Increment(ref ran)),
        ];
        Assert.Throws<InvalidDataException>(() => new Crew(store).Run(jobs, TestContext.Current.CancellationToken));
        Assert.Equal(0, ran);
    }

    [Fact]
    public void Jobs_that_wait_for_each_other_are_a_fault_and_not_an_endless_wait()
    {
        using var store = new DuckDbStore(new() { Threads = 2 });
        Job[] jobs = [new("a", ["b"], _ => { }), new("b", ["a"], _ => { })];
        Assert.Throws<InvalidOperationException>(() => new Crew(store).Run(jobs, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_second_connection_sees_the_same_database_and_tells_times_in_the_same_zone(bool isFile)
    {
        var directory = Directory.CreateTempSubdirectory("unbrush-second-").FullName;
        try
        {
            using (var store = new DuckDbStore(new() { Threads = 2, Path = isFile ? Path.Combine(directory, "x.duckdb") : null }))
            {
                store.Execute("CREATE TABLE t AS SELECT 7 AS n");
                store.ShutOff(null);
                using var reader = store.Second!.Query("SELECT n, current_setting('TimeZone') FROM t");
                Assert.True(reader.Read());
                Assert.Equal(7, reader.GetInt32(0));
                Assert.Equal("UTC", reader.GetString(1));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
