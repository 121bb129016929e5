namespace Unbrush.Graph.Rings;

/// <summary>Writes out the rings found: members with their figures, orders, dates, and the ring of each order.</summary>
internal static class RingAssembly
{
    private const double CoreProbability = 0.99;

    public static (List<Ring> Rings, List<RingOrder> Orders) Assemble(
        in RingInput input, BipartiteGraph graph, List<(RingCandidate Ring, RingCertificate Certificate)> found)
    {
        var ringsOfBuyer = new Dictionary<int, List<int>>();
        var sellers = new Dictionary<int, int>[found.Count];
        var buyers = new Dictionary<int, int>[found.Count];
        var tallies = new Tally[found.Count];
        for (var r = 0; r < found.Count; r++)
        {
            buyers[r] = [];
            sellers[r] = [];
            foreach (var b in found[r].Ring.Buyers)
            {
                buyers[r].Add(b.Id, 0);
                if (!ringsOfBuyer.TryGetValue(b.Id, out var mine))
                    ringsOfBuyer.Add(b.Id, mine = []);
                mine.Add(r);
            }
            foreach (var s in found[r].Ring.Sellers)
                sellers[r].Add(s.Id, 0);
        }

        var orders = new List<RingOrder>();
        for (var i = 0; i < input.Buyers.Length; i++)
        {
            if (!ringsOfBuyer.TryGetValue(input.Buyers[i], out var mine))
                continue;
            var isFirst = true;
            foreach (var r in mine)
            {
                if (!sellers[r].TryGetValue(input.Sellers[i], out var met))
                    continue;
                sellers[r][input.Sellers[i]] = met + 1;
                buyers[r][input.Buyers[i]]++;
                tallies[r].Add(input.Weights.IsEmpty ? 1 : input.Weights[i], input.Times.IsEmpty ? null : input.Times[i]);
                // Of two rings the stronger one, which stands first.
                if (isFirst)
                    orders.Add(new RingOrder(i, r));
                isFirst = false;
            }
        }

        var rings = new List<Ring>(found.Count);
        for (var r = 0; r < found.Count; r++)
            rings.Add(Write(graph, found[r].Ring, found[r].Certificate, buyers[r], sellers[r], tallies[r]));
        return (rings, orders);
    }

    private static Ring Write(
        BipartiteGraph graph, RingCandidate ring, RingCertificate certificate,
        Dictionary<int, int> buyerOrders, Dictionary<int, int> sellerOrders, in Tally tally)
    {
        long pairs = 0;
        var sellersMet = ring.Sellers.ToDictionary(s => s.Id, _ => 0);
        var buyers = new List<RingMember>(ring.Buyers.Length);
        foreach (var b in ring.Buyers)
        {
            var met = 0;
            foreach (var s in graph.OfLeft(b.Id))
            {
                if (!sellersMet.TryGetValue(s, out var customers))
                    continue;
                sellersMet[s] = customers + 1;
                met++;
            }
            pairs += met;
            buyers.Add(new RingMember(b.Id, met >= 2 && b.Probability >= CoreProbability, buyerOrders[b.Id], met, b.Expected, b.Probability));
        }
        var mean = (double)pairs / ring.Sellers.Length;
        var sellers = new List<RingMember>(ring.Sellers.Length);
        foreach (var s in ring.Sellers)
            sellers.Add(new RingMember(s.Id, sellersMet[s.Id] * 2 >= mean, sellerOrders[s.Id], sellersMet[s.Id], s.Expected, 1));
        return new Ring
        {
            Buyers = buyers,
            Sellers = sellers,
            Orders = tally.Orders,
            Weight = tally.Weight,
            Density = (double)pairs / ((long)buyers.Count * sellers.Count),
            First = tally.First,
            Last = tally.Last,
            Certificate = certificate,
        };
    }

    private struct Tally
    {
        public long Orders;
        public long Weight;
        public long? First;
        public long? Last;

        public void Add(long weight, long? time)
        {
            Orders++;
            Weight += weight;
            if (time is not { } t)
                return;
            First = First is { } first ? Math.Min(first, t) : t;
            Last = Last is { } last ? Math.Max(last, t) : t;
        }
    }
}
