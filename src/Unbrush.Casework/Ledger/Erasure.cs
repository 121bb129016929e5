using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Ledger;

/// <summary>What an erasure touched.</summary>
/// <param name="LedgerFields">Ledger values whose salt and text are gone.</param>
/// <param name="Rows">Rows of other tables that no longer name the person.</param>
public sealed record ErasureResult(long LedgerFields, long Rows);

/// <summary>
/// Erases a person's data on request. The ledger keeps its commitments, which without the salts say nothing; the
/// chain verifies as before. Measures on the person's subject stay in force under an anonymous id.
/// </summary>
public sealed class Erasure(CaseDatabase database, TimeProvider clock)
{
    private const string Gone = "(erased)";

    private static readonly string[] SubjectTables = ["occasions", "occasion_findings", "proposals", "proposal_targets", "measures", "circumstances"];

    /// <summary>Erases every who that is this value, every subject with this id and every reason that holds it.</summary>
    /// <param name="person">A name, an account, or the id of a buyer or sender.</param>
    /// <param name="by">Who carries out the request.</param>
    /// <param name="reason">Why; say nothing in it about the person.</param>
    public ErasureResult Erase(string person, Person by, string reason)
    {
        if (string.IsNullOrWhiteSpace(person))
            throw Faults.Usage("Say whose data to erase with --person.", "请用 --person 指明要删除谁的数据。");
        if (string.IsNullOrWhiteSpace(reason))
            throw Faults.NoReason();
        var name = Person.Named(person).Name;
        var value = person.Trim();
        var result = database.InWrite(clock, write =>
        {
            var fields = EraseLedger(write, value, name);
            var rows = (long)write.Execute("UPDATE decisions SET person = @p2 || decision WHERE lower(person) IN (@p0, @p1)", value, name, Gone);
            rows += write.Execute("UPDATE circumstances SET person = @p2 WHERE lower(person) IN (@p0, @p1)", value, name, Gone);
            rows += write.Execute("UPDATE exports SET person = @p2 WHERE lower(person) IN (@p0, @p1)", value, name, Gone);
            foreach (var table in (ReadOnlySpan<string>)["decisions", "circumstances"])
                rows += EraseReasons(write, table, value, name);
            rows += write.Execute("DELETE FROM findings WHERE subject_id = @p0", value);
            rows += write.Execute("UPDATE findings SET owner = NULL WHERE owner = @p0", value);
            var seq = write.Ledger.Append(LedgerKinds.Erasure, LedgerJson.Of(("ledger_fields", fields), ("rows", rows)), by, reason);
            foreach (var table in SubjectTables)
                rows += write.Execute($"UPDATE {table} SET subject_id = @p1 WHERE subject_id = @p0", value, $"erased-{seq}");
            return new ErasureResult(fields, rows);
        });
        database.Scrub();
        return result;
    }

    private static long EraseLedger(Write write, string value, string name)
    {
        var erased = 0L;
        var changed = new List<(long Seq, byte[]? Opened)>();
        using (var command = write.Connection.Command(write.Transaction, "SELECT seq, opened FROM ledger WHERE opened IS NOT NULL"))
        using (var reader = command.ExecuteReader())
        {
            Span<bool> erase = stackalloc bool[EntryCodec.Fields];
            while (reader.Read())
            {
                var opened = reader.GetFieldValue<byte[]>(1);
                var values = EntryCodec.Open(opened);
                erase[0] = values[0] is { } who && (who == name || who == value);
                erase[1] = values[1] is { } why && Holds(why, value, name);
                erase[2] = values[2]?.Split('/', 3) is [_, _, var id] && id == value;
                var count = erase.Count(true);
                if (count == 0)
                    continue;
                erased += count;
                changed.Add((reader.GetInt64(0), EntryCodec.Erase(opened, erase)));
            }
        }

        foreach (var (seq, opened) in changed)
            write.Execute("UPDATE ledger SET opened = @p1 WHERE seq = @p0", seq, opened ?? (object)EntryCodec.Emptied);
        return erased;
    }

    private static long EraseReasons(Write write, string table, string value, string name)
    {
        var key = table[..^1];
        var holding = write.Query(r => (r.GetInt64(0), r.GetString(1)), $"SELECT {key}, reason FROM {table}").Where(r => Holds(r.Item2, value, name)).ToList();
        foreach (var (id, _) in holding)
            write.Execute($"UPDATE {table} SET reason = @p1 WHERE {key} = @p0", id, Gone);
        return holding.Count;
    }

    private static bool Holds(string text, string value, string name) =>
        text.Contains(value, StringComparison.OrdinalIgnoreCase) || text.Contains(name, StringComparison.OrdinalIgnoreCase);
}
