using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Sends the finding onward; decides nothing there.</summary>
internal sealed class ReferHeadquarters : Measure
{
    public override string Code => "refer_headquarters";

    public override Sentence Title => new("Refer to the courier's headquarters", "移交快递总部");

    public override bool OnShops => true;

    public override bool OnFacilities => true;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Referrals, overlay, "headquarters");

    public override Sentence Lift => new("The referral is withdrawn.", "撤回移送。");
}
