using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>A warning, with nothing attached.</summary>
internal sealed class Warn : Measure
{
    public override string Code => "warn";

    public override Sentence Title => new("Warn", "警告");

    public override bool OnShops => true;

    public override bool OnFacilities => true;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Requests, overlay);

    public override Sentence Lift => new("The warning is withdrawn.", "撤回警告。");
}
