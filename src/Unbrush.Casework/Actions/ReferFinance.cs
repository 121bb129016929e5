using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Sends the finding onward; decides nothing there.</summary>
internal sealed class ReferFinance : Measure
{
    public override string Code => "refer_finance";

    public override Sentence Title => new("Refer to finance and anti-money-laundering", "移交金融与反洗钱");

    public override bool OnShops => true;

    public override bool OnFacilities => true;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Referrals, overlay, "finance");

    public override Sentence Lift => new("The referral is withdrawn.", "撤回移送。");
}
