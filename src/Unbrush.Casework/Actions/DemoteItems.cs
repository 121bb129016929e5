using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Demotes the items of the offending orders, each by itself.</summary>
internal sealed class DemoteItems : Measure
{
    public override string Code => "demote_items";

    public override Sentence Title => new("Demote items in search", "商品搜索降权");

    public override bool OnShops => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override IReadOnlyList<Subject> Plan(in MeasureBasis basis) => basis.Items;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.RankPenalties, overlay);

    public override Sentence Lift => new("The item ranks as before.", "该商品恢复原有排名。");
}
