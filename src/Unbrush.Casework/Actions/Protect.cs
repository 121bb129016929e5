using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Marks orders whose seller or buyer is a victim, so that nobody is punished for them.</summary>
internal sealed class Protect : Measure
{
    public override string Code => "protect";

    public override Sentence Title => new("Protect from consequences", "保护受害方");

    public override bool OnShops => true;

    public override IReadOnlyList<Subject> Plan(in MeasureBasis basis) => basis.Orders;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Protections, overlay);

    public override Sentence Lift => new("The protection ends.", "保护结束。");
}
