using System.Data.Common;
using System.Text;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Proposals;

/// <summary>Reads proposals.</summary>
public sealed class ProposalTable(CaseDatabase database)
{
    internal const string Columns =
        "p.proposal, p.occasion, p.policy, p.version, p.rule, p.code, p.kind, p.scope, p.subject_id, p.standing, p.terms, p.people_needed, p.people, p.targets, p.amount_e4, p.currency, o.number, o.size, p.created_at, p.decided_at, p.applied_at, p.revision";

    internal const string From = "proposals p JOIN occasions o ON o.occasion = p.occasion";

    /// <summary>Proposals in order of their numbers.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">The number after which to begin.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<Proposal> List(ProposalFilter filter, long after = 0, int limit = 100)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (where, values) = Where(filter);
        return database.InRead(c => c.Query(
            null, Read,
            // The page is cut before it is joined, so that no planner joins all of the store for a page of it.
            $"SELECT {Columns} FROM (SELECT * FROM proposals p WHERE p.proposal > @p{values.Count} {where} ORDER BY p.proposal LIMIT @p{values.Count + 1}) p JOIN occasions o ON o.occasion = p.occasion ORDER BY p.proposal",
            [.. values, after, (long)limit]));
    }

    /// <summary>How many proposals there are.</summary>
    public long Count(ProposalFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (where, values) = Where(filter);
        return database.InRead(c => c.Scalar(null, $"SELECT count(*) FROM proposals p WHERE 1 = 1 {where}", [.. values]));
    }

    /// <summary>One proposal.</summary>
    /// <exception cref="Core.UnbrushException">There is none of that number.</exception>
    public Proposal Get(long id) => database.InRead(c => Find(c, null, id)) ?? throw Faults.NoProposal(id);

    /// <summary>The subjects that a proposal would lie over.</summary>
    public IReadOnlyList<Subject> Targets(long id) => database.InRead(c => Targets(c, null, Find(c, null, id) ?? throw Faults.NoProposal(id)));

    /// <summary>The findings that a proposal rests on, and whether a person has cleared them.</summary>
    public IReadOnlyList<(Subject Subject, string Digest, bool IsCleared)> Basis(long id) => database.InRead(c => c.Query(
        null, r => (SubjectAt(r, 0), r.GetString(3), !r.IsDBNull(4)),
        "SELECT f.kind, f.scope, f.subject_id, f.digest, f.cleared_at FROM occasion_findings f JOIN proposals p ON p.occasion = f.occasion WHERE p.proposal = @p0 ORDER BY f.kind, f.scope, f.subject_id", id));

    internal static Proposal? Find(DbConnection connection, DbTransaction? within, long id) =>
        connection.Query(within, Read, $"SELECT {Columns} FROM {From} WHERE p.proposal = @p0", id).FirstOrDefault();

    internal static List<Subject> Targets(DbConnection connection, DbTransaction? within, Proposal proposal)
    {
        var targets = connection.Query(within, r => SubjectAt(r, 0), "SELECT kind, scope, subject_id FROM proposal_targets WHERE proposal = @p0 ORDER BY kind, scope, subject_id", proposal.Id);
        // A measure on the shop or facility itself keeps no row of its own.
        return targets.Count > 0 ? targets : [proposal.Subject];
    }

    internal static (string Sql, List<object?> Values) Where(ProposalFilter filter)
    {
        var sql = new StringBuilder();
        var values = new List<object?>();
        void And(string column, object? value)
        {
            if (value is null)
                return;
            sql.Append(null, $" AND p.{column} = @p{values.Count}");
            values.Add(value);
        }

        And("standing", filter.Standing?.Word());
        And("policy", filter.Policy);
        And("code", filter.Code);
        And("scope", filter.Subject?.Scope ?? filter.Scope);
        And("subject_id", filter.Subject?.Id);
        And("kind", filter.Subject is { } subject ? (long)subject.Kind : null);
        And("occasion", filter.Occasion);
        return (sql.ToString(), values);
    }

    internal static Subject SubjectAt(DbDataReader r, int at) => new((SubjectKind)r.GetInt64(at), r.GetString(at + 1), r.GetString(at + 2));

    internal static Proposal Read(DbDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), SubjectAt(r, 6), StandingWords.Of(r.GetString(9)),
        Terms.FromJson(r.GetString(10)), (int)r.GetInt64(11), (int)r.GetInt64(12), r.GetInt64(13), r.LongOrNull(14) / 10_000m, r.TextOrNull(15), (int)r.GetInt64(16), r.GetInt64(17),
        r.GetInt64(18).ToInstant(), r.LongOrNull(19)?.ToInstant(), r.LongOrNull(20)?.ToInstant(), r.GetInt64(21));
}

/// <summary>The words of standings.</summary>
public static class StandingWords
{
    /// <summary>The word, as the store and the command line spell it.</summary>
    public static string Word(this Standing standing) => standing switch
    {
        Standing.Suspected => "suspected",
        Standing.Found => "found",
        Standing.Dismissed => "dismissed",
        Standing.Withdrawn => "withdrawn",
        Standing.Lifted => "lifted",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "Not a standing."),
    };

    /// <summary>The standing of a word.</summary>
    /// <exception cref="Core.UnbrushException">The word is none.</exception>
    public static Standing Of(string word) => Enum.GetValues<Standing>().Where(s => s.Word() == word).Select(s => (Standing?)s).FirstOrDefault()
        ?? throw Faults.Usage($"'{word}' is no standing; there are suspected, found, dismissed, withdrawn, lifted.", $"'{word}' 不是状态；可用 suspected、found、dismissed、withdrawn、lifted。");

    /// <summary>The standing in the field's words.</summary>
    public static Core.Sentence Title(this Standing standing) => standing switch
    {
        Standing.Suspected => new("suspected", "涉嫌"),
        Standing.Found => new("found", "认定"),
        Standing.Dismissed => new("dismissed", "不成立"),
        Standing.Withdrawn => new("withdrawn", "已撤回"),
        _ => new("lifted", "已撤销"),
    };
}
