using Unbrush.Casework.Storage;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

public abstract class StoreTests : OnBothStores
{
    public sealed class OnSqlite : StoreTests
    {
        protected override bool IsPostgres => false;

        [Theory]
        [InlineData("SELECT count(*) FROM proposals WHERE occasion = 1 AND standing = 'suspected'")]
        [InlineData("SELECT count(*) FROM proposals WHERE occasion = 1 AND standing IN ('suspected', 'found')")]
        public void What_stands_of_an_occasion_is_never_looked_for_among_all_that_stand(string sql)
        {
            // A scan taken in again walked all open proposals for each open occasion: 139 s for 100,000.
            using var connection = Store.Connect();
            var plan = string.Concat(connection.Query(null, r => r.GetString(3), "EXPLAIN QUERY PLAN " + sql));
            Assert.Contains("proposals_by_occasion", plan, StringComparison.Ordinal);
        }

        [Fact]
        public void A_file_that_is_no_store_is_refused_with_the_mend()
        {
            var file = Folder.Write("not.db", new string('x', 5000));
            Assert.Equal(ExitCode.Workspace, Assert.Throws<UnbrushException>(() => CaseDatabase.Open(file, Clock)).Code);
        }

        [Fact]
        public void A_store_in_a_folder_that_is_not_there_is_refused() =>
            Assert.Contains("does not exist", Assert.Throws<UnbrushException>(() => CaseDatabase.Open(Folder["no/such/case.db"], Clock)).Message, StringComparison.Ordinal);
    }

    public sealed class OnPostgres : StoreTests
    {
        protected override bool IsPostgres => true;

        [Fact]
        public void An_error_never_repeats_the_connection_string()
        {
            var error = Assert.Throws<UnbrushException>(() => CaseDatabase.Open("Host=127.0.0.1;Port=1;Username=u;Password=hunter2-secret;Database=d;Timeout=2", Clock));
            Assert.Equal(ExitCode.Workspace, error.Code);
            Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        }

        [Fact]
        public void An_address_works_as_a_connection_string_does()
        {
            var parts = new Npgsql.NpgsqlConnectionStringBuilder(Where);
            using var store = CaseDatabase.Open($"postgres://{parts.Username}@{parts.Host}:{parts.Port}/{parts.Database}", Clock);
            Assert.Equal("postgres", store.Dialect);
        }
    }

    [Fact]
    public void Migrations_run_once_and_the_store_opens_again()
    {
        Propose(new FindingsBuilder().Orders("s1", 1));
        using var again = CaseDatabase.Open(Where, Clock);
        using var connection = again.Connect();
        Assert.Equal(Migrator.Files(again.Dialect).Count, connection.Scalar(null, "SELECT count(*) FROM migrations"));
        Assert.NotEmpty(new Proposals.ProposalTable(again).List(new()));
    }

    [Fact]
    public void A_store_with_an_altered_migration_is_refused()
    {
        using (var connection = Store.Connect())
            connection.Execute(null, "UPDATE migrations SET sha256 = 'x'");
        Assert.Contains("differs", Assert.Throws<UnbrushException>(() => CaseDatabase.Open(Where, Clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_a_newer_Unbrush_is_refused()
    {
        using (var connection = Store.Connect())
            connection.Execute(null, "INSERT INTO migrations (number, name, sha256, applied_at) VALUES (99, 'future', 'x', 0)");
        Assert.Contains("newer", Assert.Throws<UnbrushException>(() => CaseDatabase.Open(Where, Clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_the_engine_is_told_with_the_mend_and_without_its_values()
    {
        var error = Assert.Throws<UnbrushException>(() => Store.InWrite(Clock, write => write.Execute("INSERT INTO scans (scan, digest, recorded_at, findings) VALUES (1, NULL, '13912345678', 0)")));
        Assert.Equal(ExitCode.Workspace, error.Code);
        Assert.Contains("run the same again", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("13912345678", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
        Assert.Equal(0, Ledger.Head().Seq);
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing_not_even_in_the_ledger()
    {
        Propose(new FindingsBuilder().Orders("s1", 1));
        var head = Ledger.Head();
        Assert.Throws<InvalidOperationException>(() => Store.InWrite<int>(Clock, write =>
        {
            write.Ledger.Append("note", "{}");
            write.Execute("UPDATE proposals SET standing = 'found'");
            write.Ledger.Flush();
            throw new InvalidOperationException();
        }));
        Assert.Equal(head, Ledger.Head());
        Assert.Empty(Proposals.List(new(Casework.Proposals.Standing.Found)));
    }

    [Fact]
    public void Both_dialects_have_the_same_migrations() =>
        Assert.Equal(Migrator.Files("sqlite").Select(f => (f.Number, f.Name)), Migrator.Files("postgres").Select(f => (f.Number, f.Name)));

    [Fact]
    public void Findings_list_and_filter()
    {
        Propose(new FindingsBuilder().Orders("s1", 5).Orders("s2", 3, "review").Facility("f1", 10, 8, 0.5));
        var table = new Findings.FindingTable(Store);
        Assert.Equal(9, table.List(new()).Count);
        Assert.Equal(3, table.List(new(Verdict: "review")).Count);
        Assert.Equal(5, table.List(new(Owner: Subject.Parse("shop/taobao/s1"))).Count);
        Assert.Equal(1, Assert.Single(table.List(new(SubjectKind.Outlet))).Scan > 0 ? 1 : 0);
        var first = table.List(new(), limit: 4);
        Assert.Equal(table.List(new()), [.. first, .. table.List(new(), first[^1].Subject, 100)]);
    }
}
