using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Sends the finding onward; decides nothing there.</summary>
internal sealed class ReferRegulator : Measure
{
    public override string Code => "refer_regulator";

    public override Sentence Title => new("Refer to the regulator", "移送监管部门");

    public override bool OnShops => true;

    public override bool OnFacilities => true;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Referrals, overlay, "regulator");

    public override Sentence Lift => new("The referral is withdrawn.", "撤回移送。");
}
