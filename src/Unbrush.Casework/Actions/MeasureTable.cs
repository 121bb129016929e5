using System.Data.Common;
using System.Text;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Actions;

/// <summary>Which measures to list; null members do not filter.</summary>
/// <param name="Subject">What they lie over.</param>
/// <param name="Proposal">The proposal they carry out.</param>
/// <param name="Code">The measure.</param>
public sealed record MeasureFilter(Subject? Subject = null, long? Proposal = null, string? Code = null);

/// <summary>Reads measures.</summary>
public sealed class MeasureTable(CaseDatabase database)
{
    private const string Columns = "measure, proposal, code, kind, scope, subject_id, policy, version, rule, terms, applied_at, starts_at, ends_at, lifted_at";

    /// <summary>Measures in order of their numbers, lifted and expired ones too.</summary>
    public IReadOnlyList<Overlay> List(MeasureFilter filter, long after = 0, int limit = 100)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return database.InRead(c => List(c, null, filter, after, limit));
    }

    /// <summary>The measures that are in effect or announced at an instant, by subject.</summary>
    public IReadOnlyList<Overlay> At(DateTimeOffset instant) => database.InRead(c => c.Query(
        null, Read,
        $"SELECT {Columns} FROM measures WHERE applied_at <= @p0 AND (ends_at IS NULL OR ends_at > @p0) AND (lifted_at IS NULL OR lifted_at > @p0) ORDER BY measure",
        instant.Micros()));

    internal static List<Overlay> List(DbConnection connection, DbTransaction? within, MeasureFilter filter, long after, long limit)
    {
        var where = new StringBuilder();
        var values = new List<object?> { after, limit };
        void And(string column, object? value)
        {
            if (value is null)
                return;
            where.Append(null, $" AND {column} = @p{values.Count}");
            values.Add(value);
        }

        And("scope", filter.Subject?.Scope);
        And("subject_id", filter.Subject?.Id);
        And("kind", filter.Subject is { } subject ? (long)subject.Kind : null);
        And("proposal", filter.Proposal);
        And("code", filter.Code);
        return connection.Query(within, Read, $"SELECT {Columns} FROM measures WHERE measure > @p0{where} ORDER BY measure LIMIT @p1", [.. values]);
    }

    internal static Overlay Read(DbDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), ProposalTable.SubjectAt(r, 3), r.GetString(6), r.GetString(7), r.GetString(8), Terms.FromJson(r.GetString(9)),
        r.GetInt64(10).ToInstant(), r.GetInt64(11).ToInstant(), r.LongOrNull(12)?.ToInstant(), r.LongOrNull(13)?.ToInstant());
}
