using Unbrush.Graph.Communities;
using Unbrush.Graph.Lift;
using Unbrush.Graph.Links;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>Finds rings: groups of buyers and sellers who meet beyond chance.</summary>
/// <remarks>
/// Categories are mended or inferred (<see cref="Interests"/>); pairs of sellers beyond chance are found (<see cref="PairLift"/>),
/// over all times and within windows; their communities, and groups of buyers tied by resources, seed rings; each is grown and
/// sharpened (<see cref="RingModel"/>) or reached by what each seller shares with all the others (<see cref="RingAttachment"/>),
/// split where it is two, tested as a whole (<see cref="RingCertifier"/>) with a false-discovery rate over all groups tested, and
/// given the buyers who met its sellers but once (<see cref="RingAttribution"/>). Related work: CopyCatch (WWW'13), SynchroTrap
/// (CCS'14), FRAUDAR (KDD'16), FraudTrap, RICD (ICDE'21). O(Σ d²) over buyers' degrees up to the cap; at the peak up to 40 bytes an
/// order, those of the input included, where categories are given and times are not (`memory` in the graph bench).
/// </remarks>
public static class RingFinder
{
    private const int Widenings = 5;

    /// <summary>Sellers met by few of a ring's buyers each have their own proof, but add little to that of the whole.</summary>
    private const double KeptProof = 0.75;

    private const double MinSeveral = 0.25;
    private const double MinTie = 1.5;

    /// <summary>Finds the rings of a set of orders. The same orders in any order, on any number of threads, give the same rings.</summary>
    /// <param name="input">The orders.</param>
    /// <param name="options">What counts as a ring.</param>
    /// <exception cref="ArgumentException">The spans of the input differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or not below its count.</exception>
    public static RingResult Find(in RingInput input, RingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(input);
        options.Progress?.Invoke("graph", 0);
        var graph = GraphOf(input);

        options.Progress?.Invoke("interests", 0.1);
        var categories = CategoriesOf(input, graph, options);

        options.Progress?.Invoke("pairs", 0.4);
        var lift = new PairLiftOptions { LeftCap = options.BuyerCap, MaxP = options.SeedP, Threads = options.Threads };
        CategoryNull chance;
        List<Seed> seeds;
        using (var rows = WedgeRows.Of(graph, options.BuyerCap, categories, lift.ThreadCount))
        {
            chance = CategoryNull.Of(rows, categories, lift.ThreadCount);
            seeds = RingSeeds.Find(PairLift.Compute(rows, chance, lift).Pairs, rows).ConvertAll(s => new Seed(s, []));
        }

        if (!input.Times.IsEmpty && graph.EdgeCount > 0)
        {
            seeds.AddRange(WindowedPairs.Seeds(input, graph, categories, lift, options.Window).ConvertAll(s => new Seed(s, [])));
        }
        var ties = input.Links.Buyers.IsEmpty ? null : BuyerTies.Of(graph, input.Links, options.ResourceCap);
        if (ties is not null)
            seeds.AddRange(SeedsOf(graph, ties, options));

        options.Progress?.Invoke("rings", 0.7);
        var times = OrderTimes.Of(graph, input);
        var hits = new int[graph.LeftCount];
        var model = new RingModel(graph, chance, categories, times, ties, hits, options);
        var certifier = new RingCertifier(graph, chance, categories);
        var candidates = Grow(graph, model, new RingAttachment(graph, chance, categories, hits, options.BuyerCap), certifier, seeds);
        if (candidates.Count > 0)
        {
            var attribution = new RingAttribution(graph, chance, categories, times, ties, options);
            var taken = new HashSet<int>();
            candidates.Sort(static (x, y) => Compare(x, y, x.Certificate.LogP, y.Certificate.LogP));
            for (var i = 0; i < candidates.Count; i++)
            {
                var others = candidates.Where((_, j) => j != i).SelectMany(c => c.Ring.SellerIds).ToHashSet();
                candidates[i] = Complete(candidates[i], model, attribution, certifier, taken, others);
                taken.UnionWith(candidates[i].Ring.Buyers.Select(b => b.Id));
            }
            candidates.Sort(static (x, y) => Compare(x, y, x.Certificate.LogP, y.Certificate.LogP));
        }

        var logQ = candidates.ConvertAll(c => c.Certificate.LogP).ToArray();
        BenjaminiHochberg.LogQ(logQ, Math.Max(1, Math.Max(seeds.Count, logQ.Length)));
        var found = new List<(RingCandidate Ring, RingCertificate Certificate)>();
        for (var i = 0; i < logQ.Length && logQ[i] <= Math.Log(options.MaxQ); i++)
            found.Add((candidates[i].Ring, candidates[i].Certificate with { LogQ = logQ[i] }));
        var result = RingAssembly.Assemble(input, graph, found);
        options.Progress?.Invoke("rings", 1);
        return new RingResult(result.Rings, result.Orders, seeds.Count, categories);
    }

    internal static BipartiteGraph GraphOf(in RingInput input) => BipartiteGraph.FromEdges(
        input.Buyers, input.Sellers,
        input.BuyerCount > 0 ? input.BuyerCount : -1, input.SellerCount > 0 ? input.SellerCount : -1);

    internal static int[] CategoriesOf(in RingInput input, BipartiteGraph graph, RingOptions options)
    {
        var interests = new Interests(graph, options.BuyerCap);
        if (input.SellerCategories.IsEmpty)
            return interests.Infer();
        if (input.SellerCategories.Length != graph.RightCount)
            throw new ArgumentException($"{input.SellerCategories.Length} categories for {graph.RightCount} sellers: give one each, or none.", nameof(input));
        return interests.Mend(input.SellerCategories.ToArray());
    }

    internal static void Check(in RingInput input)
    {
        Same(input.Buyers.Length, input.Sellers.Length, "sellers");
        if (!input.Times.IsEmpty)
            Same(input.Buyers.Length, input.Times.Length, "times");
        if (!input.Weights.IsEmpty)
            Same(input.Buyers.Length, input.Weights.Length, "weights");
        if (input.Links.Buyers.Length != input.Links.Resources.Length)
            throw new ArgumentException($"{input.Links.Buyers.Length} buyers but {input.Links.Resources.Length} resources among the links: give one of each.", nameof(input));

        static void Same(int orders, int given, string what)
        {
            if (orders != given)
                throw new ArgumentException($"{orders} orders but {given} {what}: give one for each order, or none.", nameof(input));
        }
    }

    /// <summary>Sellers that several buyers of a group tied by resources have in common.</summary>
    private static List<Seed> SeedsOf(BipartiteGraph graph, BuyerTies ties, RingOptions options)
    {
        var seeds = new List<Seed>();
        foreach (var buyers in ties.Groups(MinTie))
        {
            if (buyers.Length < 3)
                continue;
            var met = new SortedDictionary<int, int>();
            foreach (var b in buyers)
            {
                foreach (var s in graph.OfLeft(b))
                    met[s] = met.GetValueOrDefault(s) + 1;
            }
            var sellers = met.Where(m => m.Value >= Math.Max(2, buyers.Length / 5)).Select(m => m.Key).ToArray();
            if (sellers.Length >= Math.Min(3, options.MinSellers))
                seeds.Add(new Seed(sellers, buyers));
        }
        return seeds;
    }

    private static List<(RingCandidate Ring, RingCertificate Certificate)> Grow(
        BipartiteGraph graph, RingModel model, RingAttachment attachment, RingCertifier certifier, List<Seed> seeds)
    {
        var candidates = new List<(RingCandidate Ring, RingCertificate Certificate)>();
        var waiting = new Queue<(Seed Seed, bool Part)>(seeds.Select(s => (s, false)));
        while (waiting.TryDequeue(out var next))
        {
            // Within a ring already grown a seed only grows it again.
            if (next.Seed.Buyers.Length == 0 && candidates.Exists(c => next.Seed.Sellers.All(s => Array.BinarySearch(c.Ring.SellerIds, s) >= 0)))
                continue;
            var grown = model.Grow(next.Seed.Sellers, next.Seed.Buyers);
            // The sellers of a thin ring are found by what each shares with all the others; whichever group meets more beyond chance stands.
            var reached = attachment.Extend(grown?.SellerIds ?? next.Seed.Sellers);
            var wider = reached.AsSpan().SequenceEqual(grown?.SellerIds) ? null : model.Settle(reached);
            (RingCandidate Ring, RingCertificate Certificate)? best = null;
            foreach (var group in new[] { grown, wider })
            {
                if (group is null)
                    continue;
                // A part is not split again, but what reaches beyond it must not be two.
                var parts = next.Part && group == grown ? [] : RingSplitter.Parts(graph, group);
                if (parts.Count >= 2)
                {
                    foreach (var part in next.Part ? [] : parts)
                        waiting.Enqueue((new Seed(part, []), true));
                }
                else if (Test(graph, model, certifier, group) is { } tested && (best is not { } other || Excess(tested.Certificate) > Excess(other.Certificate)))
                {
                    best = tested;
                }
            }
            if (best is { } passed)
                candidates.Add(passed);
        }
        candidates.Sort(static (x, y) => Compare(x, y, -Excess(x.Certificate), -Excess(y.Certificate)));
        var distinct = new List<(RingCandidate Ring, RingCertificate Certificate)>();
        foreach (var candidate in candidates)
        {
            if (!distinct.Exists(d => SameRing(d.Ring.SellerIds, candidate.Ring.SellerIds)))
                distinct.Add(candidate);
        }
        return distinct;
    }

    /// <summary>All buyers of a ring, those of one purchase included, and the sellers that only all of them show.</summary>
    private static (RingCandidate Ring, RingCertificate Certificate) Complete(
        (RingCandidate Ring, RingCertificate Certificate) found, RingModel model, RingAttribution attribution, RingCertifier certifier, HashSet<int> taken, HashSet<int> others)
    {
        var ring = attribution.Attribute(found.Ring, taken);
        for (var round = 0; round < Widenings; round++)
        {
            // A ring does not grow into another one.
            var sellers = Array.FindAll(model.SellersOf(ring), s => !others.Contains(s.Id) || Array.BinarySearch(ring.SellerIds, s.Id) >= 0);
            var wider = new RingCandidate(sellers, ring.Buyers);
            if (sellers.Length < 4 || wider.SellerIds.AsSpan().SequenceEqual(ring.SellerIds))
                break;
            var proof = certifier.Certify(wider);
            if (!proof.Holds || proof.Certificate.LogP > KeptProof * found.Certificate.LogP)
                break;
            ring = attribution.Attribute(wider, taken);
            found = (ring, proof.Certificate);
        }
        return (ring, found.Certificate);
    }

    private static int Compare((RingCandidate Ring, RingCertificate) x, (RingCandidate Ring, RingCertificate) y, double ofX, double ofY)
    {
        var c = ofX.CompareTo(ofY);
        return c != 0 ? c : x.Ring.SellerIds.AsSpan().SequenceCompareTo(y.Ring.SellerIds);
    }

    /// <summary>The certificate of a ring, without a popular shop or two that fell in with it; nothing where it is chance.</summary>
    private static (RingCandidate Ring, RingCertificate Certificate)? Test(BipartiteGraph graph, RingModel model, RingCertifier certifier, RingCandidate ring)
    {
        var proof = certifier.Certify(ring);
        if (!proof.Holds && proof.Carried.Length > 0)
        {
            if (model.Settle(proof.Carried) is not { } settled)
                return null;
            ring = settled;
            proof = certifier.Certify(ring);
        }
        return proof.Holds && InLockstep(graph, ring) ? (ring, proof.Certificate) : null;
    }

    /// <summary>A group most of whose buyers bought at one seller only is that seller's custom, not a ring.</summary>
    private static bool InLockstep(BipartiteGraph graph, RingCandidate ring)
    {
        var several = 0;
        foreach (var b in ring.Buyers)
        {
            var met = 0;
            foreach (var s in graph.OfLeft(b.Id))
                met += Array.BinarySearch(ring.SellerIds, s) >= 0 ? 1 : 0;
            several += met >= 2 ? 1 : 0;
        }
        return several >= MinSeveral * ring.Buyers.Length;
    }

    private static double Excess(in RingCertificate proof) => proof.CoPurchases - proof.ExpectedCoPurchases;

    private static bool SameRing(int[] a, int[] b) => a.Intersect(b).Count() * 2 > Math.Min(a.Length, b.Length);

    private readonly record struct Seed(int[] Sellers, int[] Buyers);
}
