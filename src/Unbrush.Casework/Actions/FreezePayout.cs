using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Holds a shop's payouts; the money stays the shop's.</summary>
internal sealed class FreezePayout : Measure
{
    public override string Code => "freeze_payout";

    public override Sentence Title => new("Freeze payouts", "冻结货款");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Shops, overlay, "payout_frozen");

    public override Sentence Lift => new("Payouts run again.", "恢复放款。");
}
