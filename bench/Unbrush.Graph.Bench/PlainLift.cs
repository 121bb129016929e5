namespace Unbrush.Graph.Bench;

/// <summary>Co-purchases counted plainly, with a dictionary of pairs: the oracle of the property tests and the baseline of the benchmark.</summary>
public static class PlainLift
{
    /// <summary>Counts, for every pair of sellers, the buyers of both; duplicates count once, buyers of more than <paramref name="cap"/> sellers not at all.</summary>
    public static Dictionary<(int A, int B), int> Count(int[] buyers, int[] sellers, int cap)
    {
        ArgumentNullException.ThrowIfNull(buyers);
        ArgumentNullException.ThrowIfNull(sellers);
        var baskets = new Dictionary<int, HashSet<int>>();
        for (var i = 0; i < buyers.Length; i++)
        {
            if (!baskets.TryGetValue(buyers[i], out var basket))
                baskets.Add(buyers[i], basket = []);
            basket.Add(sellers[i]);
        }
        var counts = new Dictionary<(int, int), int>();
        foreach (var basket in baskets.Values)
        {
            if (basket.Count > cap)
                continue;
            foreach (var a in basket)
            {
                foreach (var b in basket)
                {
                    if (a > b)
                        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, (a, b), out _)++;
                }
            }
        }
        return counts;
    }
}
