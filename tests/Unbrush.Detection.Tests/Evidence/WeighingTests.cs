using Unbrush.Core.Evidence;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Tests.Evidence;

public sealed class WeighingTests
{
    private static readonly EvidenceModel Model = new() { Damping = [1, 0.5, 0.25], FamilyFloor = 3 };

    [Fact]
    public void Agrees_with_adding_family_by_family_by_hand()
    {
        var signals = Enumerable.Range(0, 12).Select(i => Signal($"s{i:00}", (Family)(i % 5), cause: $"c{i % 4}", lends: i % 4 != 1, silencedBy: i % 3 == 0 ? [$"s{(i + 5) % 12:00}"] : []) with { Effect = (Effect)(i % 7) }).ToList();
        var catalogue = SignalCatalogue.Of(signals);
        var weighing = new Weighing(catalogue, Model);
        Gen.Select(Gen.Short[0, 11], Gen.Int[-2000, 2000], Gen.Bool).Select((s, c, h) => new EvidenceItem(s, c, h)).Array[0, 20].Sample(found =>
        {
            var items = EvidenceSheet.Of(1, [.. found.Select(f => (1, f))])[1].ToArray();
            var contributions = new int[items.Length];
            var weighed = weighing.Weigh(items, contributions);

            var present = items.Select(i => (int)i.Signal).ToHashSet();
            var speaking = items.GroupBy(i => i.Signal).Select(g => g.First())
                .Where(i => !signals[i.Signal].SilencedBy.Any(id => present.Contains(catalogue.NumberOf(id)))).ToList();
            int total = 0, families = 0, sale = 0;
            foreach (var family in speaking.GroupBy(i => signals[i.Signal].Family))
            {
                var sum = Damped(family.Where(i => i.Centi >= 0)) + Damped(family.Where(i => i.Centi < 0));
                total += sum;
                families += sum - family.Where(i => !signals[i.Signal].Lends).Sum(i => Math.Max(0, contributions[Array.IndexOf(items, i)])) >= 300 ? 1 : 0;
                sale += family.Key is Family.Logistics or Family.Weight ? 0 : Math.Max(0, sum - family.Where(i => !signals[i.Signal].Lends).Sum(i => Math.Max(0, contributions[Array.IndexOf(items, i)]))) / (family.Key is Family.Traffic ? 2 : 1);
            }

            Assert.Equal(total, weighed.Centi);
            Assert.Equal(families, weighed.Families);
            Assert.Equal(sale, weighed.Sale);
            Assert.Equal(items.Select((item, i) => signals[item.Signal].Lends ? contributions[i] : 0).Sum(), weighed.Lent);
            Assert.Equal(total, contributions.Sum());
            Assert.Equal(Math.Max(0, contributions.DefaultIfEmpty(0).Max()), weighed.Strongest);
            Assert.Equal(speaking.Aggregate(0, (bits, i) => bits | (1 << (int)signals[i.Signal].Effect)), weighed.Effects);
            Assert.Equal(speaking.Where(i => i.IsHard).Select(i => signals[i.Signal].Cause).Distinct().Count(), weighed.HardCauses);
        });

        static int Damped(IEnumerable<EvidenceItem> items) => items.OrderByDescending(i => Math.Abs(i.Centi))
            .Select((i, rank) => (int)Math.Round(i.Centi * Model.Damping[Math.Min(rank, 2)], MidpointRounding.AwayFromZero)).Sum();
    }

    [Fact]
    public void The_order_in_which_evidence_was_found_does_not_matter() =>
        Gen.Select(Gen.Int[1, 5], Gen.Short[0, 3], Gen.Int[-3, 3], Gen.Bool).Array[0, 30].Sample(found =>
        {
            var forward = EvidenceSheet.Of(5, [.. found.Select(f => (f.Item1, new EvidenceItem(f.Item2, f.Item3, f.Item4)))]);
            var backward = EvidenceSheet.Of(5, [.. found.Reverse().Select(f => (f.Item1, new EvidenceItem(f.Item2, f.Item3, f.Item4)))]);
            for (var subject = 1; subject <= 5; subject++)
                Assert.Equal(forward[subject].ToArray(), backward[subject].ToArray());
        });

    [Fact]
    public void Two_consequences_of_one_lost_upload_are_one_contradiction()
    {
        var weighing = new Weighing(SignalCatalogue.Of([Signal("a", Family.Logistics, "upload"), Signal("b", Family.Logistics, "upload"), Signal("c", Family.Logistics, "clock")]), Model);
        Assert.Equal(1, weighing.Weigh([new(0, 1000, true), new(1, 1000, true)]).HardCauses);
        Assert.Equal(2, weighing.Weigh([new(0, 1000, true), new(2, 1000, true)]).HardCauses);
    }

    [Fact]
    public void An_innocent_explanation_takes_the_weight_and_the_contradiction_away()
    {
        var weighing = new Weighing(SignalCatalogue.Of([Signal("excuse", Family.Logistics, "excuse"), Signal("missing", Family.Logistics, "upload", ["excuse"])]), Model);
        var weighed = weighing.Weigh([new(0, -300, false), new(1, 1500, true)]);
        Assert.Equal(-300, weighed.Centi);
        Assert.Equal(0, weighed.HardCauses);
        Assert.Equal(0, weighed.Families);
    }

    [Fact]
    public void What_was_another_thing_did_travel_and_says_nothing_for_the_sale()
    {
        var weighing = new Weighing(SignalCatalogue.Of([Signal("a_scale", Family.Logistics, "a") with { SilencedForSaleBy = ["gift"] }, Signal("gift", Family.Weight, "b")]), Model);
        EvidenceItem[] items = [new(0, -300, false), new(1, 800, false)];
        Assert.Equal(500, weighing.Weigh(items).Centi);
        Assert.Equal(800, weighing.Weigh(items, asSale: true).Centi);
        Assert.Equal(-300, weighing.Weigh(items.AsSpan(..1), asSale: true).Centi);
    }

    [Fact]
    public void Orders_that_share_a_parcel_lend_its_evidence_once()
    {
        var weighing = new Weighing(SignalCatalogue.Of([Signal("of_order", Family.Buyers, "a") with { Subject = Subject.Order }, Signal("of_parcel", Family.Logistics, "b")]), Model);
        EvidenceItem[] items = [new(0, 500, false), new(1, 1200, false)];
        Assert.Equal(1700, weighing.Weigh(items).Lent);
        Assert.Equal(500 + (1200 / 4), weighing.Weigh(items, sharers: 4).Lent);
        Assert.Equal(1700, weighing.Weigh(items, sharers: 4).Centi);
    }

    [Fact]
    public void Of_two_that_weigh_the_same_the_first_signal_counts_whole()
    {
        var contributions = new int[2];
        new Weighing(SignalCatalogue.Of([Signal("a", Family.Logistics, "a"), Signal("b", Family.Logistics, "b")]), Model).Weigh([new(0, 1000, false), new(1, 1000, false)], contributions);
        Assert.Equal([1000, 500], contributions);
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(299, 0)]
    public void A_family_speaks_from_the_floor_on(int centi, int families) =>
        Assert.Equal(families, new Weighing(SignalCatalogue.Of([Signal("a", Family.Logistics, "a")]), Model).Weigh([new(0, centi, false)]).Families);

    [Fact]
    public void A_signal_beyond_the_sixty_fourth_is_silenced_by_its_own_silencer_only()
    {
        var signals = Enumerable.Range(0, 70).Select(i => Signal($"s{i:00}", Family.Buyers, $"c{i}", silencedBy: i == 66 ? ["s69", "s65"] : [])).ToList();
        var weighing = new Weighing(SignalCatalogue.Of(signals), Model);
        Assert.Equal(1500, weighing.Weigh([new(1, 1000, false), new(66, 1000, false)]).Centi); // 65 is 1 beyond a word
        Assert.Equal(1000, weighing.Weigh([new(65, 1000, false), new(66, 1000, false)]).Centi);
        Assert.Equal(1000, weighing.Weigh([new(66, 1000, false), new(69, 1000, false)]).Centi);
    }

    private static SignalDefinition Signal(string id, Family family, string cause, string[]? silencedBy = null, bool lends = true) => new()
    {
        Id = id,
        Family = family,
        Subject = Subject.Parcel,
        Needs = [],
        Hard = true,
        Cause = cause,
        Lends = lends,
        Unit = "",
        Points = new([(0, 0), (1, 1)]),
        SilencedBy = silencedBy ?? [],
        Text = new("", ""),
        Source = "",
        Sql = "",
    };
}
