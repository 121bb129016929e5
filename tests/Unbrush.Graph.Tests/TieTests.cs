using Unbrush.Graph.Links;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests;

/// <summary>Resources that buyers share, against brute force.</summary>
public sealed class TieTests
{
    private static readonly Gen<(Graphs.Edges Purchases, (int Buyer, int Resource)[] Links, int Cap)> Worlds =
        Graphs.Small(12, 9, 60).SelectMany(e => Gen.Select(Gen.Select(Gen.Int[0, e.LeftCount - 1], Gen.Int[0, 8]).Array[0, 40], Gen.Int[2, 6]).Select((links, cap) => (e, links, cap)));

    [Fact]
    public void Buyers_are_tied_by_what_few_share() =>
        Worlds.Sample(w =>
        {
            var users = Users(w.Links);
            var expected = new List<BuyerTie>();
            for (var b = 1; b < w.Purchases.LeftCount; b++)
            {
                for (var a = 0; a < b; a++)
                {
                    var shared = users.Values.Where(u => u.Contains(a) && u.Contains(b) && u.Count <= w.Cap).ToArray();
                    if (shared.Length == 0)
                        continue;
                    var sellers = Enumerable.Range(0, w.Purchases.RightCount).Where(s => w.Purchases.Distinct.Contains((a, s)) && w.Purchases.Distinct.Contains((b, s)));
                    expected.Add(new BuyerTie(a, b, shared.Sum(u => 1 / Math.Log(1 + u.Count)), sellers.Sum(s => 1 / Math.Log(1 + w.Purchases.Distinct.Count(p => p.Right == s)))));
                }
            }
            var found = Ties(w).All;
            Assert.Equal(expected.OrderBy(t => (t.A, t.B)).Select(t => (t.A, t.B)), found.Select(t => (t.A, t.B)));
            Assert.All(expected.OrderBy(t => (t.A, t.B)).Zip(found), p =>
            {
                Assert.Equal(p.First.Resources, p.Second.Resources, 9);
                Assert.Equal(p.First.Sellers, p.Second.Sellers, 9);
                Assert.Equal(p.Second.Resources + p.Second.Sellers, p.Second.Strength, 9);
            });
        }, iter: 2000);

    [Fact]
    public void Sharing_with_a_rings_members_speaks_for_it_as_far_as_they_share_more_than_chance() =>
        Gen.Select(Worlds, Gen.Double[0, 1].Array[12], Gen.Double[20, 1000]).Sample((w, weights, population) =>
        {
            var members = Enumerable.Range(0, w.Purchases.LeftCount).Where(b => weights[b % 12] > 0.3).ToDictionary(b => b, b => weights[b % 12]);
            var users = Users(w.Links).Values.Where(u => u.Count >= 2 && u.Count <= w.Cap).ToArray();
            double Weight(HashSet<int> of, int without) => of.Where(u => u != without).Sum(u => members.GetValueOrDefault(u));
            var size = members.Values.Sum();
            var sharing = members.Where(m => users.Any(u => u.Contains(m.Key) && Weight(u, m.Key) >= 0.5)).Sum(m => m.Value);
            var resources = new RingResources(Ties(w), [.. members.Select(m => new Belonging(m.Key, m.Value, 0))], population);
            // Left to the order of sums where a resource's weight stands at the bar.
            if (Enumerable.Range(0, w.Purchases.LeftCount).Any(b => users.Any(u => Math.Abs(Weight(u, b) - 0.5) < 1e-9)))
                return;
            for (var b = 0; b < w.Purchases.LeftCount; b++)
            {
                double expected = 0;
                foreach (var u in users.Where(u => u.Contains(b) && Weight(u, b) >= 0.5))
                {
                    var byChance = 1 - Math.Pow(1 - Math.Min(0.5, size / population), u.Count - 1);
                    expected += Math.Max(0, Math.Log((sharing + 0.5) / (size + 10) / byChance));
                }
                Assert.Equal(Math.Min(8, expected), resources.LogRatio(b), 9);
            }
        }, iter: 2000);

    private static BuyerTies Ties((Graphs.Edges Purchases, (int Buyer, int Resource)[] Links, int Cap) w) =>
        BuyerTies.Of(w.Purchases.Graph, new ResourceLinks { Buyers = w.Links.Select(l => l.Buyer).ToArray(), Resources = w.Links.Select(l => l.Resource).ToArray() }, w.Cap);

    private static Dictionary<int, HashSet<int>> Users((int Buyer, int Resource)[] links) =>
        links.GroupBy(l => l.Resource).ToDictionary(g => g.Key, g => g.Select(l => l.Buyer).ToHashSet());
}
