using System.Diagnostics.CodeAnalysis;

namespace Unbrush.Casework.Actions;

/// <summary>All kinds of measure. A new one is a file beside this one and a line here.</summary>
internal static class Measures
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        new ExcludeOrders(), new HideReviews(), new RequestExplanation(), new Protect(),
        new DemoteItems(), new DemoteShop(), new HideShop(), new SuspendShop(), new CloseShop(), new FreezePayout(),
        new DeductPoints(), new BarCampaigns(), new BarListings(),
        new Warn(), new Fine(), new BlockStock(), new SuspendFacility(), new ExpelFacility(),
        new ReferHeadquarters(), new ReferRegulator(), new ReferFinance(),
    ];

    private static readonly Dictionary<string, Measure> ByCode = All.ToDictionary(m => m.Code);

    public static bool TryFind(string code, [NotNullWhen(true)] out Measure? measure) => ByCode.TryGetValue(code, out measure);

    public static Measure Of(string code) => ByCode[code];
}
