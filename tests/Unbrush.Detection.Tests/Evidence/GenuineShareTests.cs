using Unbrush.Core;
using Unbrush.Core.Evidence;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Evidence;

/// <summary>What a signal can be worth in a feed of which a tenth is fake, and in an honest one.</summary>
public sealed class GenuineShareTests
{
    // A catalogue numbers its signals by name.
    private const short Clock = 0, Courier = 1, Excuse = 2, Excused = 3, Loop = 4, Retold = 5, Scale = 6, Tip = 7, Vehicle = 8;

    private static readonly EvidenceModel Model = new()
    {
        BaseRate = 0.02,
        RarityAllowance = -2,
        GenuineShare = new() { Rounds = 4, Most = 10, MostFakes = 0.1, Together = ["line_record", "destination_upload"] },
    };

    private static readonly SignalCatalogue Catalogue = SignalCatalogue.Of(
    [
        Signal("clock", "clock"), Signal("scale", "origin_scale"), Signal("vehicle", "line_record"), Signal("courier", "destination_upload"),
        Signal("tip", "tip") with { Lends = false }, Signal("retold", "retold") with { Sql = "SELECT score FROM verdict_parcel" },
        Signal("loop", "loop") with { OwnNull = true }, Signal("excuse", "excuse"), Signal("excused", "excused") with { SilencedBy = ["excuse"] },
    ]);

    [Fact]
    public void Where_a_tenth_is_condemned_by_two_causes_neither_is_bounded_by_what_the_fakes_show()
    {
        var found = Shown(Clock, 1500, Enumerable.Range(1, 100)).Concat(Shown(Scale, 1500, Enumerable.Range(1, 100)));
        Assert.Equal([(Clock, 800), (Scale, 800)], Bounded(found, rounds: 0));
        Assert.All(Bounded(found), b => Assert.InRange(b.Centi, 1000, 1500));
    }

    [Fact]
    public void In_an_honest_feed_in_which_oddities_fall_on_anybody_no_weight_rises()
    {
        // Each on one order in ten, both on one in a hundred.
        var found = Shown(Clock, 1500, Enumerable.Range(1, 100)).Concat(Shown(Scale, 1500, Enumerable.Range(91, 100)));
        Assert.All(Bounded(found), b => Assert.InRange(b.Centi, 800, 820));
    }

    [Fact]
    public void What_one_lost_upload_makes_together_is_no_evidence_for_each_other()
    {
        var found = Shown(Vehicle, 1500, Enumerable.Range(1, 100)).Concat(Shown(Courier, 1500, Enumerable.Range(1, 100)));
        Assert.Equal(Bounded(found, rounds: 0), Bounded(found));
    }

    [Theory]
    [InlineData(Tip)]
    [InlineData(Retold)]
    public void What_is_said_of_a_group_or_tells_other_evidence_again_condemns_nobody_here(short other)
    {
        var found = Shown(Clock, 1500, Enumerable.Range(1, 100)).Concat(Shown(other, 3000, Enumerable.Range(1, 100)));
        Assert.Equal(800, Bounded(found).Single(b => b.Signal == Clock).Centi);
    }

    [Fact]
    public void A_silenced_contradiction_condemns_nobody_here()
    {
        var fakes = Shown(Clock, 1500, Enumerable.Range(1, 100)).Concat(Shown(Excused, 3000, Enumerable.Range(1, 100))).ToList();
        Assert.True(Bounded(fakes).Single(b => b.Signal == Clock).Centi > 900);
        Assert.Equal(800, Bounded(fakes.Concat(Shown(Excuse, -100, Enumerable.Range(1, 100)))).Single(b => b.Signal == Clock).Centi);
    }

    [Fact]
    public void A_signal_with_a_null_of_its_own_is_not_bounded_by_how_many_show_it() =>
        Assert.Equal([(Loop, 1900)], Bounded(Shown(Loop, 1900, Enumerable.Range(1, 100))));

    [Fact]
    public void Evidence_that_a_subject_takes_over_condemns_it_as_its_own_does()
    {
        EvidenceItem[] taken = [new(Scale, 2000, true)];
        var found = Shown(Clock, 1500, Enumerable.Range(1, 100));
        Assert.Equal(800, Bounded(found).Single().Centi);
        Assert.True(Bounded(found, inherited: o => o <= 100 ? taken : default).Single().Centi > 1200);
    }

    [Fact]
    public void The_correction_is_bounded_and_the_table_says_what_was_counted() =>
        Gen.Select(Gen.Int[0, 5].Array[40], Gen.Int[1, 3000].Array[4]).Sample((who, centi) =>
        {
            // Forty subjects, each shows some of four signals.
            var found = who.SelectMany((w, i) => Enumerable.Range(0, w % 5).Select(s => (i + 1, new EvidenceItem((short)s, centi[s], false)))).ToList();
            var before = Bounded(found, subjects: 40, rounds: 0);
            var after = Bounded(found, subjects: 40);
            foreach (var (signal, bound) in after)
            {
                var among = before.Single(b => b.Signal == signal).Centi;
                Assert.InRange(bound, Math.Min(among, centi[signal]), Math.Min(among + 1000, centi[signal]));
            }
        }, iter: 40);

    private static IEnumerable<(int, EvidenceItem)> Shown(short signal, int centi, IEnumerable<int> subjects) => subjects.Select(s => (s, new EvidenceItem(signal, centi, true)));

    /// <summary>What each signal's items weigh afterwards, as memory and table agree.</summary>
    private static List<(short Signal, int Centi)> Bounded(IEnumerable<(int Subject, EvidenceItem Item)> found, int subjects = 1000, int rounds = 4, Inherited? inherited = null)
    {
        var model = new EvidenceModel { BaseRate = Model.BaseRate, RarityAllowance = -2, GenuineShare = new() { Rounds = rounds, Most = 10, MostFakes = 0.1, Together = Model.GenuineShare.Together } };
        using var store = new DuckDbStore();
        store.Execute("CREATE TABLE evidence_order (signal SMALLINT, order_no INTEGER, value DOUBLE, expected DOUBLE, hard BOOLEAN, centi INTEGER, detail VARCHAR[])");
        var items = found.ToList();
        store.Execute("CREATE TABLE shown (signal SMALLINT, order_no INTEGER, centi INTEGER)");
        store.Append("shown", items.Select(f => f.Item.Signal).ToArray(), items.Select(f => f.Subject).ToArray(), items.Select(f => f.Item.Centi).ToArray());
        store.Execute("INSERT INTO evidence_order SELECT signal, order_no, 1, 0, true, centi, NULL FROM shown");
        var sheet = GenuineShare.Bound(store, Subject.Order, EvidenceSheet.Of(subjects, items), new Weighing(Catalogue, model), model, inherited);
        var inMemory = Enumerable.Range(1, subjects).SelectMany(s => sheet[s].ToArray()).Select(i => (i.Signal, i.Centi)).Distinct().Order().ToList();
        var inTable = new List<(short, int)>();
        using var reader = store.Query("SELECT DISTINCT signal, centi FROM evidence_order ORDER BY 1, 2");
        while (reader.Read())
            inTable.Add((reader.GetInt16(0), reader.GetInt32(1)));
        Assert.Equal(inTable, inMemory);
        return inMemory;
    }

    private static SignalDefinition Signal(string id, string cause) => new()
    {
        Id = id,
        Family = Family.Logistics,
        Subject = Subject.Order,
        Needs = [],
        Cause = cause,
        Unit = "",
        Points = new([(0, 0), (1, 1)]),
        SilencedBy = [],
        Text = new("", ""),
        Source = "",
        Sql = "",
    };
}
