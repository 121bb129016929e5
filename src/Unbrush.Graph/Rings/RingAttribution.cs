using Unbrush.Graph.Lift;
using Unbrush.Graph.Links;

namespace Unbrush.Graph.Rings;

/// <summary>
/// Whose purchases at a ring's sellers are the ring's: for every customer, the likelihood of its whole basket as a brusher's
/// against that of an ordinary buyer's.
/// </summary>
/// <remarks>
/// <para>
/// An ordinary buyer buys by <see cref="BuyerModel"/>. A brusher has such a life, too, or none (how much is learnt), buys at each
/// of the ring's sellers with that seller's density, and for each such purchase makes some in camouflage, by popularity, the
/// more or less popular the shops are as the ring's other brushers have it. So a lone purchase outside all that its buyer
/// otherwise likes, with one or two at popular shops as far from it, speaks for a brusher; one among many of its kind does not.
/// </para>
/// <para>
/// Members, densities, camouflage and the ring's times are found by turns (expectation–maximisation) from the members who met
/// twice. O(customers · basket) a turn, with a factor of some hundred.
/// </para>
/// </remarks>
internal sealed class RingAttribution(
    BipartiteGraph graph, CategoryNull chance, int[] categories, OrderTimes? times, BuyerTies? ties, RingOptions options)
{
    private const int Rounds = 15;
    private const int Bands = 8;
    private const double LeastDensity = 1e-4;
    private const double MostDensity = 0.99;
    private const double LifePrior = 10;
    private const double SellerPrior = 3;
    private const double CamouflagePrior = 2;
    private readonly BuyerModel _ordinary = new(graph, categories);
    private readonly byte[] _band = Banded(graph);

    /// <summary>The ring with all its buyers; itself where too few remain.</summary>
    /// <param name="ring">Its sellers, and those of its buyers who are known.</param>
    /// <param name="taken">Buyers of stronger rings: what is odd about one of them is explained, and one purchase more is no second membership.</param>
    public RingCandidate Attribute(RingCandidate ring, IReadOnlySet<int> taken)
    {
        var sellers = ring.SellerIds;
        var customers = new List<int>();
        foreach (var s in sellers)
            customers.AddRange(graph.OfRight(s));
        customers.Sort();
        var buyers = customers.Distinct().ToArray();
        var state = new State(this, ring, buyers, taken);
        var size = state.Size;
        for (var round = 0; round < Rounds; round++)
        {
            state.Turn();
            if (Math.Abs(state.Size - size) <= 0.002 * size)
                break;
            size = state.Size;
        }
        var members = state.Members(options.MinMembership);
        return members.Length < options.MinBuyers ? ring : new RingCandidate(ring.Sellers, members);
    }

    /// <summary>The band of popularity of each seller: bands hold equally many purchases.</summary>
    private static byte[] Banded(BipartiteGraph graph)
    {
        var bands = new byte[graph.RightCount];
        long before = 0;
        foreach (var s in Enumerable.Range(0, graph.RightCount).OrderBy(graph.RightDegree))
        {
            bands[s] = (byte)Math.Min(Bands - 1, before * Bands / Math.Max(1, graph.EdgeCount));
            before += graph.RightDegree(s);
        }
        return bands;
    }

    private sealed class State
    {
        private readonly RingAttribution _of;
        private readonly int[] _sellers;
        private readonly int[] _buyers;
        private readonly double[] _membership;
        private readonly double[] _met;
        private readonly int[] _hits;
        private readonly IReadOnlySet<int> _taken;
        private readonly double[] _camouflage = Enumerable.Repeat(1.0 / Bands, Bands).ToArray();
        private double[] _life;

        public State(RingAttribution of, RingCandidate ring, int[] buyers, IReadOnlySet<int> taken)
        {
            _taken = taken;
            _of = of;
            _sellers = ring.SellerIds;
            _buyers = buyers;
            _life = of._ordinary.Activity;
            _membership = new double[buyers.Length];
            _met = new double[_sellers.Length];
            // A seller that fell away may have been all that a member bought at: he is none of the ring that is left.
            foreach (var b in ring.Buyers)
            {
                if (Array.BinarySearch(buyers, b.Id) is var n and >= 0)
                    _membership[n] = b.Probability;
            }
            _hits = Array.ConvertAll(buyers, b =>
            {
                var hits = 0;
                foreach (var s in of.Graph.OfLeft(b))
                    hits += Array.BinarySearch(_sellers, s) >= 0 ? 1 : 0;
                return hits;
            });
            Size = _membership.Sum();
        }

        /// <summary>Members, those who happened to buy at none of the sellers included.</summary>
        public double Size { get; private set; }

        public void Turn()
        {
            var graph = _of.Graph;
            var k = _sellers.Length;
            Array.Clear(_met);
            var several = new double[k];
            var tempo = _of.Times is null ? null : Array.ConvertAll(_sellers, _ => new double[OrderTimes.Slots]);
            for (var n = 0; n < _buyers.Length; n++)
            {
                if (_membership[n] < 1e-6)
                    continue;
                var row = graph.OfLeft(_buyers[n]);
                for (var p = 0; p < row.Length; p++)
                {
                    var i = Array.BinarySearch(_sellers, row[p]);
                    if (i < 0)
                        continue;
                    _met[i] += _membership[n];
                    several[i] += _hits[n] >= 2 ? _membership[n] : 0;
                    if (tempo is not null)
                        tempo[i][_of.Times!.Slot(graph.LeftStarts[_buyers[n]] + p)] += _membership[n];
                }
            }
            var pace = tempo is null ? null : new RingTempo(_of.Times!, _sellers, tempo);
            var shared = _of.Ties is null ? null : new RingResources(_of.Ties, [.. _buyers.Select((b, n) => new Belonging(b, _membership[n], 0)).Where(b => b.Probability > 0.01)], _of._ordinary.Population);

            var density = Densities(several);
            var rates = _of._ordinary.Rates;
            var logPrior = Math.Log(Math.Min(0.5, Size / _of._ordinary.Population));
            var hidden = new double[Bands];
            var life = Array.ConvertAll(_of._ordinary.Activity, x => x * LifePrior);
            double fakes = 0;
            var all = _camouflage.Sum();
            double none = 0;
            foreach (var d in density)
                none += Math.Log(1 - d);
            var logs = Array.Empty<double>();
            double[] add = [], odds = [];
            for (var n = 0; n < _buyers.Length; n++)
            {
                var hits = _hits[n];
                if (hits < 2 && _taken.Contains(_buyers[n]))
                    continue;
                var row = graph.OfLeft(_buyers[n]);
                if (add.Length < row.Length)
                    (add, odds) = (new double[row.Length * 2], new double[row.Length * 2]);
                for (var p = 0; p < row.Length; p++)
                {
                    var i = Array.BinarySearch(_sellers, row[p]);
                    var slot = _of.Times is null ? 0 : _of.Times.Slot(graph.LeftStarts[_buyers[n]] + p);
                    if (i < 0)
                    {
                        add[p] = hits * _camouflage[_of._band[row[p]]] * Bands * (pace?.OfRing(slot) ?? 1);
                        continue;
                    }
                    // What the members leave of the shop's custom is what an ordinary buyer met.
                    var custom = RingModel.Custom(graph.RightDegree(row[p]), _met[i]) / graph.EdgeCount;
                    add[p] = density[i] / (1 - density[i]) / custom * (pace is null ? 1 : Math.Exp(pace.LogRatio(i, slot)));
                }
                // Sums over tastes and activity, of both likelihoods relative to the largest term.
                double member = double.NegativeInfinity, ordinary = double.NegativeInfinity;
                var tastes = _of._ordinary.Tastes(row);
                if (logs.Length < tastes.Length * rates.Length)
                    logs = new double[tastes.Length * rates.Length];
                for (var t = 0; t < tastes.Length; t++)
                {
                    for (var p = 0; p < row.Length; p++)
                        odds[p] = add[p] / tastes[t].Gain(_of.Categories[row[p]]);
                    for (var node = 0; node < rates.Length; node++)
                    {
                        var common = tastes[t].LogWeight - rates[node] + row.Length * Math.Log(rates[node]);
                        var log = LogProduct(odds.AsSpan(0, row.Length), rates[node]) + common + Math.Log(Math.Max(_life[node], 1e-12));
                        logs[t * rates.Length + node] = log;
                        member = LogAdd(member, log);
                        ordinary = LogAdd(ordinary, common + Math.Log(Math.Max(_of._ordinary.Activity[node], 1e-12)));
                    }
                }
                var logOdds = logPrior + none - hits * all + member - ordinary + (shared?.LogRatio(_buyers[n]) ?? 0);
                var probability = 1 / (1 + Math.Exp(-logOdds));
                _membership[n] = probability;
                if (hits < 2 || probability < 0.01)
                    continue;
                fakes += probability * hits;
                for (var term = 0; term < tastes.Length * rates.Length; term++)
                {
                    var weight = probability * Math.Exp(logs[term] - member);
                    if (weight < 1e-6)
                        continue;
                    var (t, node) = Math.DivRem(term, rates.Length);
                    life[node] += weight;
                    for (var p = 0; p < row.Length; p++)
                    {
                        if (Array.BinarySearch(_sellers, row[p]) >= 0)
                            continue;
                        var x = add[p] / (rates[node] * tastes[t].Gain(_of.Categories[row[p]]));
                        hidden[_of._band[row[p]]] += weight * x / (1 + x);
                    }
                }
            }
            for (var band = 0; band < Bands; band++)
                _camouflage[band] = (hidden[band] + CamouflagePrior / Bands) / (fakes + CamouflagePrior);
            var total = life.Sum();
            _life = Array.ConvertAll(life, x => x / total);
        }

        /// <summary>
        /// Each seller's density, and the ring's size. How the sellers compare comes from those alone who met twice: a single
        /// purchase that is taken for the ring's must not speak for the seller that it was made at.
        /// </summary>
        private double[] Densities(double[] several)
        {
            var k = several.Length;
            double seen = 0, all = 0;
            for (var n = 0; n < _buyers.Length; n++)
            {
                seen += _hits[n] >= 2 ? _membership[n] : 0;
                all += _membership[n];
            }
            // Short of one: where everybody buys everywhere, the odds below would be infinite.
            var density = Enumerable.Repeat(Math.Clamp(several.Sum() / k / Math.Max(1, seen), LeastDensity, MostDensity), k).ToArray();
            for (var turn = 0; turn < 100; turn++)
            {
                double none = 1, odds = 0;
                foreach (var d in density)
                {
                    none *= 1 - d;
                    odds += d / (1 - d);
                }
                Size = seen / Math.Max(0.02, 1 - none * (1 + odds));
                var mean = density.Sum() / k;
                for (var i = 0; i < k; i++)
                {
                    // Those who bought here and at another.
                    var paired = Size * (1 - none / (1 - density[i]));
                    density[i] = Math.Clamp((several[i] + SellerPrior) / (paired + SellerPrior / mean), LeastDensity, MostDensity);
                }
            }
            for (var turn = 0; turn < 100; turn++)
            {
                double none = 1;
                foreach (var d in density)
                    none *= 1 - d;
                Size = all / Math.Max(0.02, 1 - none);
                var scale = _met.Sum() / Size / density.Sum();
                for (var i = 0; i < k; i++)
                    density[i] = Math.Clamp(density[i] * scale, LeastDensity, MostDensity);
            }
            return density;
        }

        public Belonging[] Members(double least)
        {
            var custom = new RingCustom(_of.Graph, _of.Chance, _of.Categories);
            custom.Of(_sellers, _met);
            var members = new List<Belonging>();
            for (var n = 0; n < _buyers.Length; n++)
            {
                if (_membership[n] < least)
                    continue;
                var row = _of.Graph.OfLeft(_buyers[n]);
                double here = 0;
                foreach (var s in row)
                {
                    var i = Array.BinarySearch(_sellers, s);
                    here += i < 0 ? 0 : custom.At(i, row);
                }
                members.Add(new Belonging(_buyers[n], _membership[n], Math.Max(here, custom.Anywhere(row))));
            }
            return [.. members];
        }

        /// <summary>ln of the product of 1 + odds / rate.</summary>
        private static double LogProduct(ReadOnlySpan<double> odds, double rate)
        {
            double log = 0, product = 1;
            foreach (var o in odds)
            {
                product *= 1 + o / rate;
                if (product > 1e200)
                {
                    log += Math.Log(product);
                    product = 1;
                }
            }
            return log + Math.Log(product);
        }

        private static double LogAdd(double a, double b) =>
            double.IsNegativeInfinity(a) ? b : Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
    }

    private BipartiteGraph Graph => graph;

    private CategoryNull Chance => chance;

    private int[] Categories => categories;

    private OrderTimes? Times => times;

    private BuyerTies? Ties => ties;
}
