using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Orders stay on record (E-Commerce Law art. 31) and do not count as displayed sales.</summary>
internal sealed class ExcludeOrders : Measure
{
    public override string Code => "exclude_orders";

    public override Sentence Title => new("Exclude orders from displayed sales", "订单不计入销量");

    public override bool OnShops => true;

    public override IReadOnlyList<Subject> Plan(in MeasureBasis basis) => basis.Orders;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.OrdersNotCounted, overlay);

    public override Sentence Lift => new("The order counts again.", "该订单恢复计入销量。");
}
