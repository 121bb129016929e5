using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>What a measure is planned from.</summary>
/// <param name="Lead">The shop or facility.</param>
/// <param name="Orders">The orders that the occasion rests on.</param>
/// <param name="Reviews">The reviews that it rests on.</param>
/// <param name="Items">The listings of those orders, where the feed names them.</param>
internal readonly record struct MeasureBasis(Subject Lead, IReadOnlyList<Subject> Orders, IReadOnlyList<Subject> Reviews, IReadOnlyList<Subject> Items);

/// <summary>
/// A kind of measure: which subjects it would lie over (plan), what the systems outside see while it lies (apply),
/// and what they see once it is taken back (lift). A measure never changes a fact; everything else about it
/// (idempotence, expiry, the ledger) is the desk's and the same for all.
/// </summary>
internal abstract class Measure
{
    /// <summary>The code, as findings and policies spell it.</summary>
    public abstract string Code { get; }

    /// <summary>Its name.</summary>
    public abstract Sentence Title { get; }

    /// <summary>True where it may follow from a shop's rule.</summary>
    public virtual bool OnShops => false;

    /// <summary>True where it may follow from a facility's rule.</summary>
    public virtual bool OnFacilities => false;

    /// <summary>The terms that a policy must give; alternatives stand between bars.</summary>
    public virtual IReadOnlyList<string> Needs => [];

    /// <summary>The subjects that it would lie over; none where there is nothing to act on.</summary>
    public virtual IReadOnlyList<Subject> Plan(in MeasureBasis basis) => [basis.Lead];

    /// <summary>The row that the outside sees while it has effect.</summary>
    public abstract EffectRow Apply(Overlay overlay);

    /// <summary>What the outside does when it is lifted: the row disappears, and this sentence goes with the event.</summary>
    public abstract Sentence Lift { get; }
}
