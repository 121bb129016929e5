using Unbrush.Core;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Tests.Signals;

namespace Unbrush.Detection.Tests.Evidence;

/// <summary>What must hold of the shipped constants whatever calibration makes of them, and what a wrong file is answered with.</summary>
public sealed class EvidenceModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evidence-model-").FullName;

    private static EvidenceModel Shipped => EvidenceModel.Load(Path.Combine(SignalBench.Root, "signals", "evidence.yaml"));

    [Fact]
    public void The_rungs_rise_and_confirm_by_evidence_of_its_own_only()
    {
        foreach (var rungs in (Thresholds[])[Shipped.Order, Shipped.Parcel])
        {
            Assert.True(0 < rungs.Watch && rungs.Watch < rungs.Review && rungs.Review < rungs.Confirmed && rungs.Confirmed < 1);
            Assert.True(rungs.OwnEvidence >= 20);
        }

        Assert.True(Shipped.Order.SaleEvidence > 0); // that no parcel came may be the carrier's doing
        Assert.True(Shipped.Order.Confirmed >= 0.98);
    }

    [Fact]
    public void The_strongest_of_a_family_counts_whole_and_the_next_ones_less()
    {
        Assert.Equal(1, Shipped.Damping[0]);
        Assert.Equal(Shipped.Damping.OrderDescending(), Shipped.Damping);
        Assert.True(Shipped.Damping[^1] > 0 && Shipped.Damping.Distinct().Count() == Shipped.Damping.Length);
    }

    [Fact]
    public void More_evidence_gives_a_higher_score_and_the_base_rate_lies_within_its_bounds()
    {
        Assert.Equal(Shipped.Calibration.Count, Shipped.Calibration.Select(p => p[1]).Distinct().Count());
        Assert.True(Shipped.CalibrationMap.Centi(-60) < Shipped.CalibrationMap.Centi(0) && Shipped.CalibrationMap.Centi(0) < Shipped.CalibrationMap.Centi(60));
        Assert.True(Shipped.BaseRateBounds[0] <= Shipped.BaseRate && Shipped.BaseRate <= Shipped.BaseRateBounds[1]);
    }

    [Fact]
    public void Surroundings_may_take_and_give_and_alone_confirm_nothing() =>
        Assert.All(Shipped.Context, c => Assert.True(c.Weight > 0 && c.Cap[0] < 0 && c.Cap[1] > 0 && c.Cap[1] < Shipped.Order.OwnEvidence, c.Of));

    [Fact]
    public void A_missing_or_wrong_file_is_named_with_its_line()
    {
        var path = Path.Combine(_folder, "evidence.yaml");
        var missing = Assert.Throws<UnbrushException>(() => EvidenceModel.Load(path));
        Assert.Equal(ExitCode.Usage, missing.Code);
        Assert.Contains(path, missing.Message, StringComparison.Ordinal);
        File.WriteAllText(path, "base_rate: 0.02\nbase_rte: 0.03\n");
        var wrong = Assert.Throws<UnbrushException>(() => EvidenceModel.Load(path));
        Assert.Equal(ExitCode.Usage, wrong.Code);
        Assert.Contains($"{path}, line 2", wrong.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
