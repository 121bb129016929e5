using Unbrush.Core;
using Unbrush.Detection.Signals;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Unbrush.Detection.Evidence;

/// <summary>
/// The constants by which evidence is added and judged, read from <c>signals/evidence.yaml</c>: what is measured on
/// calibration runs is data, not code.
/// </summary>
public sealed class EvidenceModel
{
    /// <summary>The share of fakes that a feed is taken to hold before anything is known of it.</summary>
    public double BaseRate { get; init; } = 0.02;

    /// <summary>The least and greatest share that a feed's own evidence may move the base rate to.</summary>
    public double[] BaseRateBounds { get; init; } = [0.002, 0.15];

    /// <summary>Which evidence is strong, and how often fakes and genuine subjects have as much: the base rate of a feed is read from it.</summary>
    public StrongEvidence StrongEvidence { get; init; } = new();

    /// <summary>How much of a family's strongest, second, third … signal counts; the last holds for all that follow.</summary>
    public double[] Damping { get; init; } = [1];

    /// <summary>The sum, in decibans, from which a family speaks at all.</summary>
    public double FamilyFloor { get; init; } = 3;

    /// <summary>Decibans by which a weight may exceed what its rarity in the feed bears (see <see cref="SignalRunner.BoundByRarity"/>).</summary>
    public double RarityAllowance { get; init; } = 3;

    /// <summary>How the share of the genuine that show a signal is told from the share among all.</summary>
    public GenuineShareModel GenuineShare { get; init; } = new();

    /// <summary>What the record of a subject's surroundings, without the subject itself, may add or take.</summary>
    public List<ContextModel> Context { get; init; } = [];

    /// <summary>How often the surroundings are looked at again with what they taught; two lets brushers name their shops and those shops their other brushers.</summary>
    public int ContextRounds { get; init; } = 2;

    /// <summary>Thresholds of the ladder, as calibrated probabilities.</summary>
    public Thresholds Order { get; init; } = new();

    /// <summary>Thresholds of the parcels' ladder.</summary>
    public Thresholds Parcel { get; init; } = new();

    /// <summary>The map from summed decibans to the calibrated log-odds in decibans, for orders.</summary>
    public List<double[]> Calibration { get; init; } = [[-100, -100], [100, 100]];

    /// <summary>The calibration as a monotone map.</summary>
    [YamlIgnore]
    public Points CalibrationMap => new([.. Calibration.Select(p => (p[0], p[1]))]);

    /// <summary>Reads the model.</summary>
    /// <exception cref="UnbrushException">The file is missing or wrong; the sentence names file and line.</exception>
    public static EvidenceModel Load(string path)
    {
        if (!File.Exists(path))
            throw new UnbrushException(ExitCode.Usage, new($"The evidence model '{path}' is missing.", $"缺少证据模型文件“{path}”。"));
        try
        {
            return new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .Build()
                .Deserialize<EvidenceModel>(File.ReadAllText(path));
        }
        catch (YamlException e)
        {
            throw new UnbrushException(ExitCode.Usage, new($"{path}, line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", $"{path} 第 {e.Start.Line} 行：{e.InnerException?.Message ?? e.Message}"), e);
        }
    }
}

/// <summary>
/// Evidence that hardly any genuine subject has. How many have it in a feed tells how many fakes there are, where weak evidence, of
/// which honest feeds are full, does not.
/// </summary>
public sealed class StrongEvidence
{
    /// <summary>From how many decibans of own evidence.</summary>
    public double From { get; init; } = 20;

    /// <summary>The share of genuine subjects that have as much.</summary>
    public double Genuine { get; init; } = 0.0004;

    /// <summary>The share of fakes that have as much in a feed that tells of their parcels.</summary>
    public double Fake { get; init; } = 0.35;

    /// <summary>The share of fakes that have as much in a feed without tracks.</summary>
    public double FakeWithoutTracks { get; init; } = 0.05;

    /// <summary>From how many decibans of own evidence and surroundings together.</summary>
    public double FromWithSurroundings { get; init; } = 28;

    /// <summary>The share of genuine subjects that have as much, in the worst honest feed.</summary>
    public double GenuineWithSurroundings { get; init; } = 0.003;

    /// <summary>The share of fakes that have as much.</summary>
    public double FakeWithSurroundings { get; init; } = 0.45;

    /// <summary>How many subjects at the base rate of the model are taken to have been seen before, so that a small feed says little.</summary>
    public double Prior { get; init; } = 200;
}

/// <summary>How the share of the genuine that show a signal is told from the share among all (see <see cref="Evidence.GenuineShare"/>).</summary>
public sealed class GenuineShareModel
{
    /// <summary>How often the share is corrected by what it taught; 0 leaves it at the share among all.</summary>
    public int Rounds { get; init; }

    /// <summary>The most decibans by which the correction may raise what a signal can be worth.</summary>
    public double Most { get; init; }

    /// <summary>Decibans of the correction that are given to its own uncertainty.</summary>
    public double Doubt { get; init; }

    /// <summary>The greatest share of fakes that a feed is taken to hold here.</summary>
    public double MostFakes { get; init; } = 0.1;

    /// <summary>Causes that one accident (an upload that never came in) makes together: no evidence for each other.</summary>
    public List<string> Together { get; init; } = [];
}

/// <summary>From which calibrated probability each rung of the ladder begins.</summary>
public sealed class Thresholds
{
    /// <summary>Kept, shown to nobody.</summary>
    public double Watch { get; init; } = 0.1;

    /// <summary>A person must decide.</summary>
    public double Review { get; init; } = 0.5;

    /// <summary>Confirmed, where the families and a hard contradiction agree.</summary>
    public double Confirmed { get; init; } = 0.99;

    /// <summary>The least decibans of its own evidence, surroundings aside, that confirm: nobody is convicted by his company.</summary>
    public double OwnEvidence { get; init; }

    /// <summary>
    /// The least decibans against the sale itself that confirm an order: of acts of the buyer, of money, reviews, visits or people. That a
    /// parcel did not travel may be the carrier's doing, a thief's or a clerk's.
    /// </summary>
    public double SaleEvidence { get; init; }
}

/// <summary>One kind of surroundings whose other members' record serves as prior odds.</summary>
public sealed class ContextModel
{
    /// <summary>The surroundings: <c>seller</c>, <c>buyer</c>, <c>origin</c>, <c>sender</c>, …</summary>
    public string Of { get; init; } = "";

    /// <summary>How many ordinary cases the surroundings are taken to have had before (the Beta prior's weight).</summary>
    public double Weight { get; init; } = 20;

    /// <summary>The most that it may take away and add, in decibans.</summary>
    public double[] Cap { get; init; } = [-6, 10];
}
