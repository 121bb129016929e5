using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Expels an outlet or a centre.</summary>
internal sealed class ExpelFacility : Measure
{
    public override string Code => "expel_facility";

    public override Sentence Title => new("Expel the facility", "清退");

    public override bool OnFacilities => true;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Facilities, overlay, "expelled");

    public override Sentence Lift => new("The facility is taken back.", "恢复加盟。");
}
