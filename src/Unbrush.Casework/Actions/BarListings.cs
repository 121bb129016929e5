using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Keeps a shop from listing anew for a time.</summary>
internal sealed class BarListings : Measure
{
    public override string Code => "bar_listings";

    public override Sentence Title => new("Bar new listings", "禁止上新");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Shops, overlay, "no_new_listings");

    public override Sentence Lift => new("The shop may list again.", "该店铺恢复上新。");
}
