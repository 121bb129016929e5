using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>A fine by a published amount or by the organisation's own table.</summary>
internal sealed class Fine : Measure
{
    public override string Code => "fine";

    public override Sentence Title => new("Fine", "罚款");

    public override bool OnShops => true;

    public override bool OnFacilities => true;

    public override IReadOnlyList<string> Needs => ["amount|fine_table"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Fines, overlay, overlay.Terms.Amount, overlay.Terms.Currency);

    public override Sentence Lift => new("The fine is paid back.", "退还罚款。");
}
