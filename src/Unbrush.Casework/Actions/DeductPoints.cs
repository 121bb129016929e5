using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Deducts points by the platform's table.</summary>
internal sealed class DeductPoints : Measure
{
    public override string Code => "deduct_points";

    public override Sentence Title => new("Deduct points", "扣分");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["points"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Points, overlay, overlay.Terms.Points);

    public override Sentence Lift => new("The points are given back.", "返还扣分。");
}
