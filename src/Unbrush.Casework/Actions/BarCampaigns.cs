using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Keeps a shop out of campaigns for a time.</summary>
internal sealed class BarCampaigns : Measure
{
    public override string Code => "bar_campaigns";

    public override Sentence Title => new("Bar from campaigns", "禁止参加活动");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Shops, overlay, "no_campaigns");

    public override Sentence Lift => new("The shop may join campaigns again.", "该店铺恢复参加活动。");
}
