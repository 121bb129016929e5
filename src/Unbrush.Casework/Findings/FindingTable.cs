using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Findings;

/// <summary>A finding that the store holds.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Owner">The shop it belongs to, or null.</param>
/// <param name="Verdict">The word of the ladder.</param>
/// <param name="At">When the order or review was made.</param>
/// <param name="Amount">The amount, or null.</param>
/// <param name="Currency">ISO 4217, or null.</param>
/// <param name="Signals">The signals that spoke.</param>
/// <param name="Scan">The newest scan that states it.</param>
public sealed record StoredFinding(Subject Subject, string? Owner, string Verdict, DateTimeOffset? At, decimal? Amount, string? Currency, string Signals, long Scan);

/// <summary>Which findings to list; null members do not filter.</summary>
/// <param name="Kind">The kind of subject.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Owner">The shop.</param>
public sealed record FindingFilter(SubjectKind? Kind = null, string? Verdict = null, Subject? Owner = null);

/// <summary>The findings that the store took in from scans. A finding whose evidence changed is a new row; the old one stays, as measures may rest on it.</summary>
public sealed class FindingTable(CaseDatabase database)
{
    private static readonly string[] Columns = ["kind", "scope", "subject_id", "digest", "owner", "verdict", "at", "amount_e4", "currency", "signals", "scan"];

    /// <summary>Findings by kind, scope and id.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">The subject after which to begin, or null.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<StoredFinding> List(FindingFilter filter, Subject? after = null, int limit = 100)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var where = new List<string>();
        var values = new List<object?>();
        string P(object? value)
        {
            values.Add(value);
            return $"@p{values.Count - 1}";
        }

        if (filter.Kind is { } kind)
            where.Add($"kind = {P((long)kind)}");
        if (filter.Verdict is { } verdict)
            where.Add($"verdict = {P(verdict)}");
        if (filter.Owner is { } owner)
            where.Add($"scope = {P(owner.Scope)} AND owner = {P(owner.Id)}");
        // Where the kind is fixed already, the index can only be entered by what follows it.
        if (after is { } last)
            where.Add(last.Kind == filter.Kind ? $"(scope, subject_id) > ({P(last.Scope)}, {P(last.Id)})" : $"(kind, scope, subject_id) > ({P((long)last.Kind)}, {P(last.Scope)}, {P(last.Id)})");
        var sql = $"SELECT kind, scope, subject_id, owner, verdict, at, amount_e4, currency, signals, scan FROM findings {(where.Count > 0 ? "WHERE " + string.Join(" AND ", where) : "")} ORDER BY kind, scope, subject_id LIMIT {P((long)limit)}";
        return database.InRead(c => c.Query(
            null,
            r => new StoredFinding(
                ProposalTable.SubjectAt(r, 0), r.TextOrNull(3), r.GetString(4), r.LongOrNull(5)?.ToInstant(), r.LongOrNull(6) / 10_000m, r.TextOrNull(7), r.GetString(8), r.GetInt64(9)),
            sql, [.. values]));
    }

    internal static void Load(Write write, IReadOnlyList<Finding> findings, long scan) => write.Load(
        "findings", Columns, "(kind, scope, subject_id, digest) DO UPDATE SET scan = excluded.scan WHERE findings.scan < excluded.scan",
        findings.Select(f => (object?[])[(long)f.Subject.Kind, f.Subject.Scope, f.Subject.Id, f.Digest, f.Owner, f.Verdict, f.At, f.AmountE4, f.Currency, f.Signals, scan]));
}
