using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Demotes a whole shop.</summary>
internal sealed class DemoteShop : Measure
{
    public override string Code => "demote_shop";

    public override Sentence Title => new("Demote the shop in search", "全店搜索降权");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.RankPenalties, overlay);

    public override Sentence Lift => new("The shop ranks as before.", "该店铺恢复原有排名。");
}
