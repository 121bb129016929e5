using Unbrush.Casework.Ledger;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Decisions;

/// <summary>A circumstance that a person asserted of a subject.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Subject">The shop or facility.</param>
/// <param name="Code">The circumstance, as policies name it.</param>
/// <param name="At">When.</param>
public sealed record Circumstance(long Id, Subject Subject, string Code, DateTimeOffset At);

/// <summary>
/// What a rule asks for and no figure can show ("large scale in a short time", "vile means", a grade without a
/// published threshold): a person asserts it with a reason, and may withdraw it.
/// </summary>
public sealed class Circumstances(CaseDatabase database, TimeProvider clock)
{
    /// <summary>Asserts a circumstance; the next <c>propose</c> judges by it.</summary>
    /// <returns>Its number.</returns>
    public long Assert(Subject subject, string code, Person by, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw Faults.NoReason();
        return database.InWrite(clock, write =>
        {
            var seq = write.Ledger.Append(LedgerKinds.Circumstance, LedgerJson.Of(("asserts", code)), by, reason, subject);
            write.Execute(
                "INSERT INTO circumstances (circumstance, kind, scope, subject_id, code, person, reason, at, withdrawn_at) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, NULL)",
                seq, (long)subject.Kind, subject.Scope, subject.Id, code, by.Name, reason, write.Now);
            return seq;
        });
    }

    /// <summary>Withdraws a circumstance.</summary>
    public void Withdraw(long circumstance, Person by, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw Faults.NoReason();
        database.InWrite(clock, write =>
        {
            if (write.Execute("UPDATE circumstances SET withdrawn_at = @p1 WHERE circumstance = @p0 AND withdrawn_at IS NULL", circumstance, write.Now) == 0)
                throw Faults.Usage($"There is no standing circumstance {circumstance}; see `unbrush decide circumstances`.", $"没有编号为 {circumstance} 的有效情节；请用 unbrush decide circumstances 查看。");
            return write.Ledger.Append(LedgerKinds.Circumstance, LedgerJson.Of(("withdraws", circumstance)), by, reason);
        });
    }

    /// <summary>The standing circumstances.</summary>
    public IReadOnlyList<Circumstance> List() => database.InRead(c => c.Query(
        null, r => new Circumstance(r.GetInt64(0), ProposalTable.SubjectAt(r, 1), r.GetString(4), r.GetInt64(5).ToInstant()),
        "SELECT circumstance, kind, scope, subject_id, code, at FROM circumstances WHERE withdrawn_at IS NULL ORDER BY circumstance"));
}
