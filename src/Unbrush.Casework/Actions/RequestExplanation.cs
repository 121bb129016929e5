using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Asks the shop or facility to explain; punishes nobody.</summary>
internal sealed class RequestExplanation : Measure
{
    public override string Code => "request_explanation";

    public override Sentence Title => new("Ask for an explanation", "要求说明");

    public override bool OnShops => true;

    public override bool OnFacilities => true;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.Requests, overlay);

    public override Sentence Lift => new("The request is withdrawn.", "撤回该要求。");
}
