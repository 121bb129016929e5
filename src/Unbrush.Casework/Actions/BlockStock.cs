using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>No new waybill numbers are sold to a facility; numbers already sold run on.</summary>
internal sealed class BlockStock : Measure
{
    public override string Code => "block_stock";

    public override Sentence Title => new("Block waybill stock", "停发单号");

    public override bool OnFacilities => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.BlockedStock, overlay);

    public override Sentence Lift => new("Waybill numbers are sold to it again.", "恢复发放单号。");
}
