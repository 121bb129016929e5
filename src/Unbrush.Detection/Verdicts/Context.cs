using Unbrush.Detection.Evidence;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>The surroundings that serve as prior odds.</summary>
internal static class Context
{
    /// <summary>Reads those of the model's surroundings that this kind of subject has.</summary>
    /// <param name="store">The store.</param>
    /// <param name="model">Which surroundings count, and for how much.</param>
    /// <param name="subjects">How many subjects there are.</param>
    /// <param name="column">The subject's number.</param>
    /// <param name="from">What to read from.</param>
    /// <param name="values">For each kind of surroundings, the value that a group's members share; null for none.</param>
    public static List<Surroundings> Read(IStore store, EvidenceModel model, int subjects, string column, string from, Dictionary<string, string> values)
    {
        var models = model.Context.Where(c => values.ContainsKey(c.Of)).ToList();
        var surroundings = models.ConvertAll(m => new Surroundings(m, new int[subjects + 1]));
        var numbers = models.ConvertAll(_ => new Dictionary<ulong, int>());
        if (models.Count == 0)
            return surroundings;
        var subject = from.TrimStart().Split(' ', '\n')[1] + "." + column;
        using var reader = store.Query($"SELECT {subject}, {string.Join(", ", models.Select(m => $"CAST({values[m.Of]} AS UBIGINT)"))} FROM {from}");
        while (reader.Read())
        {
            var number = reader.GetInt32(0);
            for (var s = 0; s < models.Count; s++)
            {
                if (reader.IsDBNull(s + 1))
                    continue;
                var value = reader.GetFieldValue<ulong>(s + 1);
                ref var group = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(numbers[s], value, out var known);
                if (!known)
                    group = numbers[s].Count;
                surroundings[s].Groups[number] = group;
            }
        }

        return surroundings;
    }

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
