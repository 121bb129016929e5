using Unbrush.Detection.Store;

namespace Unbrush.Detection.Evidence;

/// <summary>
/// The evidence on orders: their own and, as if it were their own, that on their parcel. Of several parcels of one
/// order the most innocent speaks for it: a split order is not fake because one of its parcels looks so.
/// </summary>
public sealed class OrderEvidence
{
    private readonly EvidenceSheet _orders;
    private readonly EvidenceSheet _parcels;

    /// <summary>Joins the evidence on orders with that on their chosen parcels.</summary>
    /// <param name="orders">Evidence by order.</param>
    /// <param name="parcels">Evidence by parcel.</param>
    /// <param name="parcelOf">Each order's parcel, 0 for none; index is the order's number.</param>
    public OrderEvidence(EvidenceSheet orders, EvidenceSheet parcels, int[] parcelOf)
    {
        _orders = orders;
        _parcels = parcels;
        ParcelOf = parcelOf;
    }

    /// <summary>Each order's parcel, 0 for none.</summary>
    public int[] ParcelOf { get; }

    /// <summary>Weighs every order.</summary>
    public Weighed[] Weigh(Weighing weighing)
    {
        var weighed = new Weighed[_orders.Subjects + 1];
        var buffer = new EvidenceItem[16];
        var sharers = new int[ParcelOf.Max() + 1];
        for (var order = 1; order < weighed.Length; order++)
            sharers[ParcelOf[order]]++;
        for (var order = 1; order < weighed.Length; order++)
            weighed[order] = weighing.Weigh(Items(order, ref buffer), sharers: sharers[ParcelOf[order]], asSale: true);
        return weighed;
    }

    /// <summary>The items of one order and its parcel, by signal number.</summary>
    /// <param name="order">The order's number.</param>
    /// <param name="buffer">Holds the result; grown where it is too short.</param>
    public ReadOnlySpan<EvidenceItem> Items(int order, ref EvidenceItem[] buffer)
    {
        var own = _orders[order];
        if (ParcelOf[order] == 0)
            return own;
        var inherited = _parcels[ParcelOf[order]];
        if (own.IsEmpty || inherited.IsEmpty)
            return own.IsEmpty ? inherited : own;
        if (buffer.Length < own.Length + inherited.Length)
            buffer = new EvidenceItem[2 * (own.Length + inherited.Length)];
        int i = 0, j = 0, n = 0;
        while (i < own.Length || j < inherited.Length)
            buffer[n++] = j == inherited.Length || (i < own.Length && own[i].Signal <= inherited[j].Signal) ? own[i++] : inherited[j++];
        return buffer.AsSpan(0, n);
    }

    /// <summary>Chooses each order's most innocent parcel; ties go to the smallest number.</summary>
    public static int[] Choose(IStore store, int orders, Weighed[] parcels)
    {
        var chosen = new int[orders + 1];
        using var reader = store.Query("SELECT order_no, parcel_no FROM fact_link");
        while (reader.Read())
        {
            int order = reader.GetInt32(0), parcel = reader.GetInt32(1), best = chosen[order];
            if (best == 0 || parcels[parcel].Centi < parcels[best].Centi || (parcels[parcel].Centi == parcels[best].Centi && parcel < best))
                chosen[order] = parcel;
        }

        return chosen;
    }
}
