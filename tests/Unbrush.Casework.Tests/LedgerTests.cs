using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

public abstract class LedgerTests : OnBothStores
{
    public sealed class OnSqlite : LedgerTests
    {
        protected override bool IsPostgres => false;
    }

    public sealed class OnPostgres : LedgerTests
    {
        protected override bool IsPostgres => true;
    }

    private void Fill(int count)
    {
        for (var i = 1; i <= count; i++)
            Ledger.Append("note", Ann, $"reason {i}", new(SubjectKind.Order, "taobao", $"o{i}"), new JsonObject { ["n"] = i });
    }

    /// <summary>Changes the table as somebody with full rights to the database would.</summary>
    private void Tamper(params string[] statements)
    {
        using var connection = Store.Connect();
        string[] guards = IsPostgres
            ? ["DROP TRIGGER IF EXISTS ledger_keeps ON ledger", "DROP TRIGGER IF EXISTS ledger_stays ON ledger"]
            : ["DROP TRIGGER IF EXISTS ledger_keeps", "DROP TRIGGER IF EXISTS ledger_stays"];
        foreach (var statement in guards.Concat(statements))
            connection.Execute(null, statement);
    }

    private static string Replace(string from, string to) => $"CAST(replace(CAST(entry AS TEXT), '{from}', '{to}') AS BLOB)";

    private string Changed(string from, string to) => IsPostgres ? $"convert_to(replace(convert_from(entry, 'UTF8'), '{from}', '{to}'), 'UTF8')" : Replace(from, to);

    [Fact]
    public void A_whole_ledger_verifies()
    {
        Fill(20);
        var verified = Verify();
        Assert.True(verified.IsWhole);
        Assert.Equal((20, Ledger.Head().Hash), (verified.Entries, verified.Head));
        Assert.Equal(("ann", "reason 7", "order/taobao/o7"), (Ledger.List()[6].Who, Ledger.List()[6].Why, Ledger.List()[6].Subject));
    }

    [Fact]
    public void Each_file_that_scans_read_is_an_entry_once_by_its_content_and_without_its_name()
    {
        string Scan(string name, string order, params string[] hashes)
        {
            var (findings, _) = new FindingsBuilder().Order("s1", order).Write(Directory.CreateDirectory(Folder[name]).FullName);
            var inputs = string.Join(',', hashes.Select(h => $$"""{"name":"wang-xiaoming.csv","format":"canonical","table":"orders","sha256":"{{h}}","read":10,"kept":7,"superseded":2,"quarantined":1}"""));
            File.WriteAllText(Path.Combine(findings, "run.json"), $$"""{"version":"0.1.0","configuration":"c0ffee","inputs":[{{inputs}}],"steps":[]}""");
            return findings;
        }

        foreach (var scan in (string[])[Scan("a", "o1", "aa", "bb"), Scan("b", "o2", "bb", "cc"), Folder["b/findings"]])
        {
            using var findings = FindingsFolder.Open(scan);
            new Proposer(Store, Clock).Propose(findings, Policies, Ann);
        }

        var entries = Ledger.List(limit: 1000);
        var imports = entries.Where(e => e.Kind == LedgerKinds.Import).ToList();
        Assert.Equal(["aa", "bb", "cc"], imports.Select(e => (string)JsonNode.Parse(e.Facts)!["sha256"]!));
        Assert.All(imports, e => Assert.Equal("ann", e.Who));
        Assert.Contains("\"read\":10,\"kept\":7,\"superseded\":2,\"quarantined\":1", imports[0].Facts, StringComparison.Ordinal);
        Assert.Equal(2, entries.Count(e => e.Kind == LedgerKinds.Scan));
        Assert.All(entries.Where(e => e.Kind == LedgerKinds.Scan), e => Assert.Contains("\"configuration\":\"c0ffee\"", e.Facts, StringComparison.Ordinal));
        Assert.DoesNotContain("wang", Dump(), StringComparison.Ordinal);
        File.WriteAllText(Folder["a/findings/run.json"], "wang-xiaoming");
        Assert.DoesNotContain("wang", Assert.Throws<UnbrushException>(() => FindingsFolder.Open(Folder["a/findings"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_itself_refuses_changes()
    {
        Fill(3);
        using var connection = Store.Connect();
        foreach (var statement in (string[])["UPDATE ledger SET hash = entry WHERE seq = 2", "UPDATE ledger SET seq = 9 WHERE seq = 3", "DELETE FROM ledger WHERE seq = 3"])
            Assert.ThrowsAny<System.Data.Common.DbException>(() => connection.Execute(null, statement));
        Assert.True(Verify().IsWhole);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_changed_entry_is_named(int at)
    {
        Fill(20);
        Tamper($"UPDATE ledger SET entry = {Changed("\"n\"", "\"m\"")} WHERE seq = {at}");
        Assert.Equal(at, Verify().FirstBroken);
    }

    [Fact]
    public void A_changed_entry_with_its_hash_made_anew_breaks_at_the_next_one()
    {
        Fill(20);
        var entry = Encoding.UTF8.GetString((byte[])Raw("SELECT entry FROM ledger WHERE seq = 7")).Replace("\"n\":7", "\"n\":8", StringComparison.Ordinal);
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(entry)));
        Tamper($"UPDATE ledger SET entry = {Changed("\"n\":7", "\"n\":8")}, hash = {(IsPostgres ? $"decode('{hash}', 'hex')" : $"x'{hash}'")} WHERE seq = 7");
        Assert.Equal(8, Verify().FirstBroken);
    }

    [Fact]
    public void A_cut_in_the_middle_is_named()
    {
        Fill(20);
        Tamper("DELETE FROM ledger WHERE seq IN (5, 6)");
        Assert.Equal(5, Verify().FirstBroken);
        Assert.Contains("missing", Verify().Fault!.Value.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_head_is_named()
    {
        Fill(5);
        Tamper("DELETE FROM ledger WHERE seq = 1");
        Assert.Equal(1, Verify().FirstBroken);
    }

    [Fact]
    public void Two_entries_that_changed_places_are_named()
    {
        Fill(20);
        Tamper("UPDATE ledger SET seq = -1 WHERE seq = 5", "UPDATE ledger SET seq = 5 WHERE seq = 6", "UPDATE ledger SET seq = 6 WHERE seq = -1");
        Assert.Equal(5, Verify().FirstBroken);
    }

    [Fact]
    public void An_inserted_entry_is_named()
    {
        Fill(20);
        Tamper("UPDATE ledger SET seq = seq + 1000 WHERE seq >= 10", "INSERT INTO ledger SELECT 10, entry, hash, opened FROM ledger WHERE seq = 9", "UPDATE ledger SET seq = seq - 999 WHERE seq > 1000");
        Assert.Equal(10, Verify().FirstBroken);
    }

    [Fact]
    public void An_entry_appended_by_hand_is_named()
    {
        Fill(3);
        Tamper("INSERT INTO ledger SELECT 4, entry, hash, opened FROM ledger WHERE seq = 3");
        Assert.Equal(4, Verify().FirstBroken);
    }

    [Fact]
    public void Another_name_behind_a_decision_is_named()
    {
        Fill(5);
        Tamper("UPDATE ledger SET opened = (SELECT opened FROM ledger WHERE seq = 2) WHERE seq = 3");
        Assert.Equal(3, Verify().FirstBroken);
        Assert.Contains("who, why or subject", Verify().Fault!.Value.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_tail_shows_against_a_signed_checkpoint_and_only_there()
    {
        Fill(20);
        var (key, pub) = LedgerKeys.Make(Folder["keys"]);
        var early = Checkpoint.Sign(Store, Clock, key, Folder["checkpoints"]).File;
        Fill(5);
        var late = Checkpoint.Sign(Store, Clock, key, Folder["checkpoints"]).File;
        Checkpoint[] both = [Checkpoint.Read(early, pub), Checkpoint.Read(late, pub)];
        Assert.True(new LedgerVerifier(Store).Verify(both).IsWhole);

        Tamper("DELETE FROM ledger WHERE seq > 22");
        Assert.True(Verify().IsWhole);
        Assert.True(new LedgerVerifier(Store).Verify(both[0]).IsWhole);
        var cut = new LedgerVerifier(Store).Verify(both);
        Assert.Equal(23, cut.FirstBroken);
        Assert.Contains("tail was cut", cut.Fault!.Value.En, StringComparison.Ordinal);
        Tamper("DELETE FROM ledger WHERE seq > 0");
        Assert.Equal(1, new LedgerVerifier(Store).Verify(both).FirstBroken);
    }

    [Fact]
    public void A_chain_rewritten_from_some_entry_on_shows_against_a_checkpoint()
    {
        Fill(10);
        var (key, pub) = LedgerKeys.Make(Folder["keys"]);
        var checkpoint = Checkpoint.Read(Checkpoint.Sign(Store, Clock, key, Folder["checkpoints"]).File, pub);
        Tamper("DELETE FROM ledger WHERE seq > 6");
        Fill(10);
        Assert.True(Verify().IsWhole);
        Assert.Equal(10, new LedgerVerifier(Store).Verify(checkpoint).FirstBroken);
    }

    [Fact]
    public void A_forged_checkpoint_is_refused()
    {
        Fill(3);
        var (key, pub) = LedgerKeys.Make(Folder["keys"]);
        var (_, other) = LedgerKeys.Make(Folder["others"]);
        var (_, file) = Checkpoint.Sign(Store, Clock, key, Folder["checkpoints"]);
        Assert.Throws<UnbrushException>(() => Checkpoint.Read(file, other));
        File.WriteAllText(file, File.ReadAllText(file).Replace("seq: 3", "seq: 2", StringComparison.Ordinal));
        Assert.Contains("does not verify", Assert.Throws<UnbrushException>(() => Checkpoint.Read(file, pub)).Message, StringComparison.Ordinal);
        Assert.Throws<UnbrushException>(() => LedgerKeys.Make(Folder["keys"]));
    }

    [Fact]
    public void Openssl_alone_verifies_a_checkpoint_and_the_chain_of_lines()
    {
        Fill(12);
        var (key, pub) = LedgerKeys.Make(Folder["keys"]);
        var (checkpoint, file) = Checkpoint.Sign(Store, Clock, key, Folder["checkpoints"]);
        Assert.Equal(0, Shell($"openssl pkeyutl -verify -pubin -inkey '{pub}' -rawin -in '{file}' -sigfile '{Path.ChangeExtension(file, ".sig")}'").Code);
        using (var lines = File.Create(Folder["ledger.jsonl"]))
            Assert.Equal(12, Ledger.WriteLines(lines));
        // As docs/ledger.md has it: each line's prev is the SHA-256 of the line before; the last line's is the checkpoint's.
        var script = Path.Combine(Folder.Path, "chain.sh");
        File.WriteAllText(script, """
            prev=0000000000000000000000000000000000000000000000000000000000000000
            while IFS= read -r line; do
              case $line in *"\"prev\":\"$prev\""*) ;; *) echo "broken: $line"; exit 1;; esac
              prev=$(printf %s "$line" | openssl dgst -sha256 -r | cut -d' ' -f1)
            done < "$1"
            echo $prev
            """);
        var (code, said) = Shell($"sh '{script}' '{Folder["ledger.jsonl"]}'");
        Assert.Equal((0, checkpoint.Hash), (code, said.Trim()));
        File.WriteAllText(Folder["ledger.jsonl"], File.ReadAllText(Folder["ledger.jsonl"]).Replace("\"n\":5", "\"n\":6", StringComparison.Ordinal));
        Assert.Equal(1, Shell($"sh '{script}' '{Folder["ledger.jsonl"]}'").Code);
        // And the other way round: a checkpoint that openssl signs, Unbrush reads.
        Assert.Equal(0, Shell($"openssl pkeyutl -sign -inkey '{key}' -rawin -in '{file}' -out '{Path.ChangeExtension(file, ".sig")}'").Code);
        Assert.Equal(checkpoint.Hash, Checkpoint.Read(file, pub).Hash);
    }

    [Fact]
    public void The_private_key_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix's.");
        var (key, _) = LedgerKeys.Make(Folder["keys"]);
#pragma warning disable CA1416 // Skipped on Windows, above.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
#pragma warning restore CA1416
    }

    [Fact]
    public void Erasing_a_person_keeps_the_chain_and_leaves_nothing_of_the_person()
    {
        const string Name = "zhangsan-13812345678";
        var person = Person.Named(Name);
        Propose(new FindingsBuilder().Orders("s1", 1).Orders("s2", 1));
        Decider.Adopt(Open("shop/taobao/s1", "exclude_orders")[0].Id, new(person, "seen the scans"));
        Decider.Adopt(Open("shop/taobao/s2", "exclude_orders")[0].Id, new(Ann, $"as {Name} says"));
        Fill(3);
        var before = Ledger.List(limit: 1000);
        var erased = new Erasure(Store, Clock).Erase(Name, Ben, "a request of this month");
        Assert.Equal(2, erased.LedgerFields);
        Assert.True(Verify().IsWhole);
        var after = Ledger.List(limit: 1000);
        Assert.Equal(before.Select(e => e.Hash), after.Take(before.Count).Select(e => e.Hash));
        Assert.DoesNotContain(after, e => e.Who == Name || (e.Why ?? "").Contains(Name, StringComparison.Ordinal));
        Assert.Contains(after, e => e.Who == "ann" && e.Why is null);
        Assert.Equal("ben", after[^1].Who);
        Assert.DoesNotContain(Name, Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public void Erasing_a_subject_keeps_its_measures_under_an_anonymous_name()
    {
        Propose(new FindingsBuilder().Order("li-si-shop", "o1", platform: "douyin"));
        AdoptAll();
        new Erasure(Store, Clock).Erase("li-si-shop", Ben, "a request");
        Assert.True(Verify().IsWhole);
        Assert.DoesNotContain("li-si-shop", Dump(), StringComparison.Ordinal);
        Assert.StartsWith("douyin,erased-", Assert.Single(Rows("points")), StringComparison.Ordinal);
    }

    /// <summary>Everything the store's files hold.</summary>
    private string Dump()
    {
        if (!IsPostgres)
            return string.Concat(Directory.EnumerateFiles(Folder.Path, "case.db*").Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        var text = new StringBuilder();
        using var connection = Store.Connect();
        var tables = connection.Query(null, r => r.GetString(0), "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        foreach (var table in tables)
        {
            foreach (var row in connection.Query(null, r => r.GetString(0), $"SELECT t::text FROM {table} t"))
                text.AppendLine(row);
        }

        foreach (var opened in connection.Query(null, r => (byte[])r.GetValue(0), "SELECT opened FROM ledger WHERE opened IS NOT NULL"))
            text.AppendLine(Encoding.Latin1.GetString(opened));
        return text.ToString();
    }

    private object Raw(string sql)
    {
        using var connection = Store.Connect();
        using var command = connection.Command(null, sql);
        return command.ExecuteScalar()!;
    }

    private static (int Code, string Said) Shell(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh") { ArgumentList = { "-c", command }, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
