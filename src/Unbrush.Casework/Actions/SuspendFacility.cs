using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Suspends an outlet or a centre for a time.</summary>
internal sealed class SuspendFacility : Measure
{
    public override string Code => "suspend_facility";

    public override Sentence Title => new("Suspend the facility", "停业整顿");

    public override bool OnFacilities => true;

    public override IReadOnlyList<string> Needs => ["days"];

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Facilities, overlay, "suspended");

    public override Sentence Lift => new("The facility works again.", "恢复营业。");
}
