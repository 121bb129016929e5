using Unbrush.Core;
using Unbrush.Core.Evidence;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Evidence;

public sealed class OrderEvidenceTests
{
    [Fact]
    public void An_order_has_its_own_evidence_and_its_parcels_by_signal() =>
        Gen.Select(Gen.Short[0, 40].Array[0, 14], Gen.Short[0, 40].Array[0, 14], Gen.Bool).Sample((own, inherited, hasParcel) =>
        {
            var orders = EvidenceSheet.Of(2, [.. own.Distinct().Select(s => (2, new EvidenceItem(s, s, false)))]);
            var parcels = EvidenceSheet.Of(3, [.. inherited.Distinct().Select(s => (3, new EvidenceItem(s, 1000 + s, false)))]);
            var buffer = new EvidenceItem[4];
            var items = new OrderEvidence(orders, parcels, [0, 1, hasParcel ? 3 : 0]).Items(2, ref buffer).ToArray();
            var expected = own.Distinct().Select(s => (Signal: s, Centi: (int)s)).Concat(hasParcel ? inherited.Distinct().Select(s => (Signal: s, Centi: 1000 + s)) : []);
            Assert.Equal(expected.OrderBy(e => e.Signal).ThenBy(e => e.Centi), items.Select(i => (i.Signal, i.Centi)));
        });

    [Fact]
    public void The_most_innocent_parcel_speaks_for_a_split_order_and_of_equals_the_first()
    {
        using var store = new DuckDbStore();
        store.Execute("CREATE TABLE fact_link AS SELECT * FROM (VALUES (1, 1), (1, 2), (2, 5), (2, 4), (2, 3), (3, 3), (3, 4), (3, 5), (5, 2), (5, 1), (4, 2)) t(order_no, parcel_no)");
        Weighed[] parcels = [default, Of(900), Of(-300), Of(100), Of(100), Of(100)];
        Assert.Equal([0, 2, 3, 3, 2, 2, 0], OrderEvidence.Choose(store, 6, parcels));

        static Weighed Of(int centi) => new(centi, 0, 0, 0, 0, centi, 0);
    }

    [Fact]
    public void Orders_that_share_a_parcel_lend_its_part_each_and_are_judged_as_sales()
    {
        var weighing = new Weighing(
            SignalCatalogue.Of([Signal("a_scale", Subject.Parcel) with { SilencedForSaleBy = ["gift"] }, Signal("gift", Subject.Order), Signal("late", Subject.Parcel)]),
            new() { FamilyFloor = 3 });
        var orders = EvidenceSheet.Of(4, [(1, new(1, 800, false))]);
        var parcels = EvidenceSheet.Of(2, [(1, new(0, -300, false)), (1, new(2, 900, false)), (2, new(2, 900, false))]);
        var weighed = new OrderEvidence(orders, parcels, [0, 1, 1, 2, 0]).Weigh(weighing);
        Assert.Equal([0, 1700, 600, 900, 0], weighed.Select(w => w.Centi)); // where it was a gift, the scale says nothing for the sale
        Assert.Equal([0, 800 + 450, -150 + 450, 900, 0], weighed.Select(w => w.Lent));
    }

    private static SignalDefinition Signal(string id, Subject subject) => new()
    {
        Id = id,
        Family = Family.Logistics,
        Subject = subject,
        Needs = [],
        Cause = id,
        Unit = "",
        Points = new([(0, 0), (1, 1)]),
        SilencedBy = [],
        Text = new("", ""),
        Source = "",
        Sql = "",
    };
}
