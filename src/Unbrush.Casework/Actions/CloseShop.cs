using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Closes a shop; only on the conditions that its policy publishes, and liftable like every measure.</summary>
internal sealed class CloseShop : Measure
{
    public override string Code => "close_shop";

    public override Sentence Title => new("Close the shop", "关闭店铺");

    public override bool OnShops => true;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Shops, overlay, "closed");

    public override Sentence Lift => new("The shop is open again.", "该店铺恢复营业。");
}
