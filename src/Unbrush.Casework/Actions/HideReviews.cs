using Unbrush.Casework.Export;
using Unbrush.Core;

namespace Unbrush.Casework.Actions;

/// <summary>Reviews stay (E-Commerce Law art. 39 forbids deleting them) and their ratings do not count.</summary>
internal sealed class HideReviews : Measure
{
    public override string Code => "hide_reviews";

    public override Sentence Title => new("Mark reviews as fake", "标记为虚假评价");

    public override bool OnShops => true;

    public override IReadOnlyList<Subject> Plan(in MeasureBasis basis) => basis.Reviews;

    public override EffectRow Apply(Overlay overlay) => EffectRow.Of(EffectTables.RatingsNotCounted, overlay);

    public override Sentence Lift => new("The rating counts again.", "该评分恢复计入。");
}
