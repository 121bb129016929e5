using Unbrush.Detection.Evidence;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>The surroundings that serve as prior odds.</summary>
internal static class Context
{
    /// <summary>Those of the model's surroundings that this kind of subject has.</summary>
    public static List<Surroundings> For(EvidenceModel model, Dictionary<string, int[]> groups) =>
        [.. model.Context.Where(c => groups.ContainsKey(c.Of)).Select(c => new Surroundings(c, groups[c.Of]))];

    /// <summary>Keeps what the surroundings lent to each subject that any evidence weighs against, for the reasons.</summary>
    public static void Write(IStore store, string table, string column, IReadOnlyList<Surroundings> surroundings, Appraisal appraisal)
    {
        List<int> subjects = [], terms = [];
        List<string> names = [];
        for (var s = 0; s < surroundings.Count; s++)
        {
            var lent = appraisal.Context[s];
            for (var subject = 1; subject < lent.Length; subject++)
            {
                if (lent[subject] == 0 || appraisal.Own[subject].Strongest == 0)
                    continue;
                subjects.Add(subject);
                names.Add(surroundings[s].Model.Of);
                terms.Add(lent[subject]);
            }
        }

        store.Execute($"CREATE OR REPLACE TABLE {table} ({column} INTEGER, surroundings VARCHAR, centi INTEGER)");
        store.Append(table, subjects.ToArray(), names.ToArray(), terms.ToArray());
    }
}
