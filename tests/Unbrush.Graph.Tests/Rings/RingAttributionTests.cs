using Unbrush.Graph.Lift;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests.Rings;

public sealed class RingAttributionTests
{
    [Fact]
    public void A_member_whose_only_seller_fell_away_is_no_member_and_no_fault()
    {
        // Thirty brushers at all of five shops, and one more known of the ring who bought at a sixth alone.
        var edges = Enumerable.Range(0, 30).SelectMany(b => Enumerable.Range(0, 5).Select(s => (Buyer: b, Seller: s)))
            .Append((Buyer: 30, Seller: 5))
            .Concat(Enumerable.Range(31, 300).SelectMany(b => new[] { (Buyer: b, Seller: 6 + (b % 40)), (Buyer: b, Seller: 6 + (b * 7 % 40)) }))
            .Distinct().ToArray();
        var graph = BipartiteGraph.FromEdges([.. edges.Select(e => e.Buyer)], [.. edges.Select(e => e.Seller)]);
        var categories = new int[graph.RightCount];
        using var rows = WedgeRows.Of(graph, 100, categories, 1);
        var chance = CategoryNull.Of(rows, categories, 1);
        var attribution = new RingAttribution(graph, chance, categories, null, null, new RingOptions());
        var ring = new RingCandidate(
            [.. Enumerable.Range(0, 5).Select(s => new Belonging(s, 1, 0))],
            [.. Enumerable.Range(0, 31).Select(b => new Belonging(b, 1, 0))]);

        var attributed = attribution.Attribute(ring, new HashSet<int>());

        Assert.Equal(Enumerable.Range(0, 30), attributed.Buyers.Select(b => b.Id));
    }
}
