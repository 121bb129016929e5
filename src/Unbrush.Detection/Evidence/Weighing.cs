using System.Numerics;
using Unbrush.Core.Evidence;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Evidence;

/// <summary>What the evidence on one subject comes to.</summary>
/// <param name="Centi">The sum of what every item contributes, in hundredths of a deciban.</param>
/// <param name="Speaking">Which families speak against it itself, not only against a group that it belongs to, one bit each.</param>
/// <param name="HardCauses">How many independent hard contradictions there are.</param>
/// <param name="Effects">The effects of the items that were not silenced, one bit each.</param>
/// <param name="Strongest">The weight of the strongest item against it.</param>
/// <param name="Lent">Of the sum, what is its own and may lend prior odds to others: without what a signal says of a whole group.</param>
/// <param name="Sale">What speaks against the sale itself, hundredths of a deciban: the families' sums above zero, without those that speak of the parcel (logistics and weight), without what is said of a whole shop or outlet, and with half of what visits say.</param>
public readonly record struct Weighed(int Centi, byte Speaking, byte HardCauses, byte Effects, int Strongest, int Lent, int Sale)
{
    /// <summary>How many families speak against it.</summary>
    public int Families => BitOperations.PopCount(Speaking);

    /// <summary>True where that family speaks against it.</summary>
    public bool Speaks(Family family) => (Speaking & (1 << (int)family)) != 0;

    /// <summary>True where an item with that effect counts.</summary>
    public bool Has(Effect effect) => (Effects & (1 << (int)effect)) != 0;
}

/// <summary>
/// Adds the evidence on a subject. What an innocent explanation silences counts nothing. Within a family the strongest
/// item counts whole and the next ones less, because they share causes; families add. Items against and items for
/// are damped apart, so that a weak excuse does not shield a strong contradiction from its like.
/// </summary>
public sealed class Weighing
{
    private const int FamilyCount = (int)Family.Human + 1;

    private readonly byte[] _family;
    private readonly byte[] _effect;
    private readonly bool[] _lends;
    private readonly bool[] _ofParcel;
    private readonly short[] _cause;
    private readonly ulong[][] _silencers;
    private readonly ulong[][] _saleSilencers;
    private readonly double[] _damping;
    private readonly int _familyFloor;
    private readonly int _words;
    private readonly int[] _group;
    private readonly bool[] _independent;
    private readonly bool[] _ownNull;

    /// <summary>Prepares the weighing of a catalogue's signals under a model.</summary>
    public Weighing(SignalCatalogue catalogue, EvidenceModel model)
    {
        var signals = catalogue.Signals;
        _family = [.. signals.Select(s => (byte)s.Family)];
        _effect = [.. signals.Select(s => (byte)s.Effect)];
        _lends = [.. signals.Select(s => s.Lends)];
        _ofParcel = [.. signals.Select(s => s.Subject == Subject.Parcel)];
        var causes = signals.Select(s => s.Cause).Distinct(StringComparer.Ordinal).Select((c, i) => (c, i)).ToDictionary(p => p.c, p => (short)p.i, StringComparer.Ordinal);
        _cause = [.. signals.Select(s => causes[s.Cause])];
        _words = (signals.Count + 63) / 64;
        _silencers = [.. signals.Select(s => Mask(s.SilencedBy))];
        _saleSilencers = [.. signals.Select(s => Mask([.. s.SilencedBy, .. s.SilencedForSaleBy]))];
        _damping = model.Damping;
        _familyFloor = (int)Math.Round(100 * model.FamilyFloor);
        var groups = signals.Select(GroupOf).Distinct(StringComparer.Ordinal).ToList();
        Groups = groups.Count;
        _group = [.. signals.Select(s => groups.IndexOf(GroupOf(s)))];
        _ownNull = [.. signals.Select(s => s.OwnNull)];
        // What is read from the parcels' verdict tells their evidence again, and what is said of a whole group is not one subject's own.
        _independent = [.. signals.Select(s => s.Lends && !s.Sql.Contains("verdict_parcel", StringComparison.Ordinal))];

        string GroupOf(SignalDefinition signal) =>
            signal.Family != Family.Logistics ? signal.Family.ToString() : model.GenuineShare.Together.Contains(signal.Cause) ? "together" : "logistics." + signal.Cause;

        ulong[] Mask(IReadOnlyList<string> ids)
        {
            var mask = new ulong[_words];
            foreach (var id in ids)
                mask[catalogue.NumberOf(id) / 64] |= 1UL << (catalogue.NumberOf(id) % 64);
            return mask;
        }
    }

    /// <summary>How many groups of signals there are that no one accident makes speak together.</summary>
    public int Groups { get; }

    /// <summary>The group of a signal: its family, of logistics its cause.</summary>
    public int GroupOf(short signal) => _group[signal];

    /// <summary>False for what tells other evidence again, or the same of a whole group: it shows nobody else's share of a signal to be the fakes'.</summary>
    public bool IsIndependent(short signal) => _independent[signal];

    /// <summary>True for a signal that no share of the feed bounds.</summary>
    public bool HasOwnNull(short signal) => _ownNull[signal];

    /// <summary>Weighs the items of one subject.</summary>
    /// <param name="items">The items, in the order of their signals' numbers; a signal's strongest item first.</param>
    /// <param name="contributions">Receives what each item contributes, in hundredths of a deciban; may be empty.</param>
    /// <param name="sharers">How many orders inherit the parcel's items: what the parcel shows is told once, so each of them lends its part.</param>
    /// <param name="asSale">True for an order, where the question is whether it was a sale: then what silences a signal for the sale only counts too.</param>
    public Weighed Weigh(ReadOnlySpan<EvidenceItem> items, Span<int> contributions = default, int sharers = 1, bool asSale = false)
    {
        if (items.IsEmpty)
            return default;
        Span<ulong> present = stackalloc ulong[_words];
        present.Clear();
        var silencers = asSale ? _saleSilencers : _silencers;
        foreach (var item in items)
            present[item.Signal / 64] |= 1UL << (item.Signal % 64);

        Span<int> order = items.Length <= 64 ? stackalloc int[items.Length] : new int[items.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        SortByWeight(items, order);

        Span<int> family = stackalloc int[FamilyCount];
        Span<int> ofGroup = stackalloc int[FamilyCount];
        Span<byte> against = stackalloc byte[FamilyCount];
        Span<byte> inFavour = stackalloc byte[FamilyCount];
        Span<short> causes = stackalloc short[8];
        family.Clear();
        ofGroup.Clear();
        against.Clear();
        inFavour.Clear();
        int total = 0, lent = 0, hard = 0, strongest = 0;
        byte effects = 0;
        foreach (var i in order)
        {
            var item = items[i];
            var given = 0;
            if (!IsSilenced(silencers[item.Signal], present) && !IsRepeated(items, i))
            {
                var f = _family[item.Signal];
                var rank = item.Centi >= 0 ? against[f]++ : inFavour[f]++;
                given = (int)Math.Round(item.Centi * _damping[Math.Min(rank, _damping.Length - 1)], MidpointRounding.AwayFromZero);
                family[f] += given;
                total += given;
                if (!_lends[item.Signal])
                    ofGroup[f] += Math.Max(0, given);
                else
                    lent += _ofParcel[item.Signal] ? given / sharers : given;
                strongest = Math.Max(strongest, given);
                effects |= (byte)(1 << _effect[item.Signal]);
                if (item.IsHard && hard < causes.Length && !causes[..hard].Contains(_cause[item.Signal]))
                    causes[hard++] = _cause[item.Signal];
            }

            if (!contributions.IsEmpty)
                contributions[i] = given;
        }

        byte speaking = 0;
        var sale = 0;
        for (var f = 0; f < FamilyCount; f++)
        {
            // What is said of a whole shop or outlet is no second kind of evidence on one order.
            if (family[f] - ofGroup[f] >= _familyFloor)
                speaking |= (byte)(1 << f);
            var told = Math.Max(0, family[f] - ofGroup[f]);
            sale += (Family)f switch
            {
                Family.Logistics or Family.Weight => 0,
                // Real buyers look for as long and compare as much as the scripted ones by chance: a strong pattern is asked for.
                Family.Traffic => told / 2,
                _ => told,
            };
        }

        return new(total, speaking, (byte)hard, effects, strongest, lent, sale);
    }

    private static bool IsSilenced(ulong[] mask, ReadOnlySpan<ulong> present)
    {
        for (var w = 0; w < mask.Length; w++)
        {
            if ((mask[w] & present[w]) != 0)
                return true;
        }

        return false;
    }

    /// <summary>A signal speaks once about a subject: its strongest item, which stands first.</summary>
    private static bool IsRepeated(ReadOnlySpan<EvidenceItem> items, int i) => i > 0 && items[i - 1].Signal == items[i].Signal;

    /// <summary>Strongest first, ties by signal number: a handful of items, so plain insertion.</summary>
    private static void SortByWeight(ReadOnlySpan<EvidenceItem> items, Span<int> order)
    {
        for (var i = 1; i < order.Length; i++)
        {
            var moved = order[i];
            var j = i;
            while (j > 0 && Math.Abs(items[order[j - 1]].Centi) < Math.Abs(items[moved].Centi))
            {
                order[j] = order[j - 1];
                j--;
            }

            order[j] = moved;
        }
    }
}
