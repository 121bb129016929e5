using Unbrush.Casework.Findings;

namespace Unbrush.Casework.Proposals;

/// <summary>An earlier occasion of a subject under a policy, found by a person and standing.</summary>
/// <param name="FoundAt">When it was found.</param>
/// <param name="LastAt">Its newest finding.</param>
/// <param name="IsSerious">Whether it was serious.</param>
/// <param name="Number">Which occurrence it was; 0 where it counts as none.</param>
internal readonly record struct FoundOccasion(long FoundAt, long LastAt, bool IsSerious, long Number);

/// <summary>
/// What people have decided before, as policies ask for it. An earlier finding counts as a previous occurrence only
/// where it was decided before the newest of the orders now judged: a seller who did not know cannot have repeated.
/// </summary>
internal sealed class History
{
    private readonly Dictionary<(string Policy, Subject), List<FoundOccasion>> found = [];
    private readonly HashSet<(string Policy, Subject)> used = [];
    private readonly HashSet<(string Policy, Subject, string Digest)> cleared = [];
    private readonly Dictionary<Subject, HashSet<string>> circumstances = [];

    /// <summary>Nothing was ever decided.</summary>
    public static History None { get; } = new();

    public void AddFound(string policy, Subject subject, FoundOccasion occasion)
    {
        if (!found.TryGetValue((policy, subject), out var list))
            found[(policy, subject)] = list = [];
        list.Add(occasion);
    }

    public void AddUsed(string policy, Subject finding) => used.Add((policy, finding));

    public void AddCleared(string policy, Subject finding, string digest) => cleared.Add((policy, finding, digest));

    public void AddCircumstance(Subject subject, string code)
    {
        if (!circumstances.TryGetValue(subject, out var codes))
            circumstances[subject] = codes = [];
        codes.Add(code);
    }

    /// <summary>How many standing occasions were found before an instant, and how many of them were serious.</summary>
    public (int All, int Serious) Before(string policy, Subject subject, long lastAt)
    {
        var all = 0;
        var serious = 0;
        foreach (var occasion in found.GetValueOrDefault((policy, subject), []))
        {
            if (occasion.Number == 0 || occasion.FoundAt >= lastAt)
                continue;
            all++;
            serious += occasion.IsSerious ? 1 : 0;
        }

        return (all, serious);
    }

    /// <summary>True where a facility was already found with this or newer evidence.</summary>
    public bool IsFoundUpTo(string policy, Subject subject, long lastAt) =>
        found.GetValueOrDefault((policy, subject), []).Any(o => o.LastAt >= lastAt);

    /// <summary>True where a finding may found a new occasion: not used by a standing one, not cleared on the same evidence.</summary>
    public bool IsOpen(string policy, Finding finding) =>
        !used.Contains((policy, finding.Subject)) && !cleared.Contains((policy, finding.Subject, finding.Digest));

    public IReadOnlySet<string> Circumstances(Subject subject) => circumstances.GetValueOrDefault(subject, []);
}
