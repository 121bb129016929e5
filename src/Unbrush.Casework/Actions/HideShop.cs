using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Hides a shop from search and recommendation; its orders run on.</summary>
internal sealed class HideShop : Measure
{
    public override string Code => "hide_shop";

    public override Sentence Title => new("Hide the shop", "隐藏店铺");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Shops, overlay, "hidden");

    public override Sentence Lift => new("The shop is shown again.", "该店铺恢复展示。");
}
