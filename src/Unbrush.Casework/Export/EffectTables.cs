using System.Globalization;
using Unbrush.Casework.Actions;

namespace Unbrush.Casework.Export;

/// <summary>One table that the outside reads: its name and the columns before the common ones.</summary>
/// <param name="Name">The file's stem.</param>
/// <param name="ScopeColumn">How it calls the platform or carrier.</param>
/// <param name="IdColumn">How it calls the subject's id.</param>
/// <param name="HasKind">True where a row says what kind its subject is.</param>
/// <param name="Extra">Further columns with their DuckDB types.</param>
internal sealed record EffectTable(string Name, string ScopeColumn, string IdColumn, bool HasKind, params (string Name, string Type)[] Extra)
{
    private static readonly (string Name, string Type)[] Common =
    [
        ("since", "TIMESTAMP"), ("until", "TIMESTAMP"), ("measure", "BIGINT"), ("code", "VARCHAR"),
        ("policy", "VARCHAR"), ("policy_version", "VARCHAR"), ("rule", "VARCHAR"),
    ];

    /// <summary>All columns with their DuckDB types.</summary>
    public IReadOnlyList<(string Name, string Type)> Columns { get; } =
        [(ScopeColumn, "VARCHAR"), .. HasKind ? [("kind", "VARCHAR")] : ((string, string)[])[], (IdColumn, "VARCHAR"), .. Extra, .. Common];
}

/// <summary>The tables of an export. Which measure writes which is the measure's own word.</summary>
internal static class EffectTables
{
    public static readonly EffectTable OrdersNotCounted = new("orders_not_counted", "platform", "order_id", false);
    public static readonly EffectTable RatingsNotCounted = new("ratings_not_counted", "platform", "review_id", false);
    public static readonly EffectTable RankPenalties = new("rank_penalties", "platform", "id", true);
    public static readonly EffectTable Shops = new("shops", "platform", "seller_id", false, ("state", "VARCHAR"));
    public static readonly EffectTable Points = new("points", "platform", "seller_id", false, ("points", "BIGINT"));
    public static readonly EffectTable Facilities = new("facilities", "carrier", "facility_id", true, ("state", "VARCHAR"));
    public static readonly EffectTable BlockedStock = new("blocked_stock", "carrier", "facility_id", true);
    public static readonly EffectTable Fines = new("fines", "scope", "id", true, ("amount", "DECIMAL(18,4)"), ("currency", "VARCHAR"));
    public static readonly EffectTable Referrals = new("referrals", "scope", "id", true, ("to", "VARCHAR"));
    public static readonly EffectTable Requests = new("requests", "scope", "id", true);
    public static readonly EffectTable Protections = new("protections", "platform", "id", true);

    /// <summary>Measures that are announced and not yet in effect, so that third parties can move.</summary>
    public static readonly EffectTable Notices = new("notices", "scope", "id", true);

    public static IReadOnlyList<EffectTable> All { get; } =
        [OrdersNotCounted, RatingsNotCounted, RankPenalties, Shops, Points, Facilities, BlockedStock, Fines, Referrals, Requests, Protections, Notices];
}

/// <summary>One row of an export: cells in the table's column order, null for empty.</summary>
internal sealed record EffectRow(EffectTable Table, Subject Subject, long Measure, string?[] Cells) : IComparable<EffectRow>
{
    /// <summary>The row of an overlay: the table's own cells, then the common ones.</summary>
    public static EffectRow Of(EffectTable table, Overlay overlay, params ReadOnlySpan<object?> extra)
    {
        ArgumentNullException.ThrowIfNull(table);
        var cells = new List<string?>(table.Columns.Count) { overlay.Subject.Scope };
        if (table.HasKind)
            cells.Add(overlay.Subject.Kind.Word());
        cells.Add(overlay.Subject.Id);
        foreach (var value in extra)
            cells.Add(Convert.ToString(value, CultureInfo.InvariantCulture));
        cells.AddRange(
        [
            overlay.StartsAt.ToText(), overlay.EndsAt?.ToText(), overlay.Measure.ToString(CultureInfo.InvariantCulture),
            overlay.Code, overlay.Policy, overlay.Version, overlay.Rule,
        ]);
        return new(table, overlay.Subject, overlay.Measure, [.. cells]);
    }

    /// <summary>By subject, then by measure.</summary>
    public int CompareTo(EffectRow? other)
    {
        if (other is null)
            return 1;
        var bySubject = Subject.CompareTo(other.Subject);
        return bySubject != 0 ? bySubject : Measure.CompareTo(other.Measure);
    }
}
