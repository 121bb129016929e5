using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Shuts a shop for a time.</summary>
internal sealed class SuspendShop : Measure
{
    public override string Code => "suspend_shop";

    public override Sentence Title => new("Suspend the shop", "暂停营业");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Shops, overlay, "suspended");

    public override Sentence Lift => new("The shop is open again.", "该店铺恢复营业。");
}
