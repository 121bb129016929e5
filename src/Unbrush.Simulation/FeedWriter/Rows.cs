using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.FeedWriter;

internal interface IDated
{
    int Time { get; }
}

internal struct ParcelRow : IDated
{
    public byte Carrier;
    public byte Content;
    public byte Scenario;
    public ulong Waybill;
    public int Created;
    public ulong Sender;
    public int SenderRegion;
    public ulong Recipient;
    public int RecipientRegion;
    public int Origin;
    public int Declared;
    public int Weight;
    public int Fee;
    public string? Remark;
    public int Stock;

    public readonly int Time => Created;
}

internal struct LinkRow : IDated
{
    public byte Carrier;
    public byte Platform;
    public ulong Waybill;
    public ulong Order;
    public int Linked;

    public readonly int Time => Linked;
}

internal enum ScanAction : byte
{
    Accepted,
    PickedUp,
    Inspected,
    Departed,
    Arrived,
    OutForDelivery,
    Stored,
    Collected,
    Delivered,
    FailedAttempt,
    Refused,
    Returning,
    Returned,
    Forwarded,
    Customs,
    Problem,
}

internal enum Signer : byte
{
    None,
    Recipient,
    Courier,
    Doorman,
    Neighbour,
    Locker,
    Station,
    Other,
}

internal enum Proof : byte
{
    Unknown,
    Code,
    Photo,
    Signature,
    None,
}

internal struct ScanRow : IDated
{
    public ulong Waybill;
    public ulong Operator;
    public ulong Bag;
    public int At;
    public int Facility;
    public int Next;
    public int Vehicle;
    public int Weight;
    public int Recorded;
    public byte Carrier;
    public ScanAction Action;
    public Signer Signer;
    public Proof Proof;

    public readonly int Time => At;
}

internal enum PaymentKind : byte
{
    Order,
    Refund,
    Transfer,
    Payout,
}

internal struct PaymentRow : IDated
{
    public int At;
    public ulong Payer;
    public ulong Payee;
    public long Amount;
    public PaymentKind Kind;
    public sbyte Platform;
    public ulong Order;
    public string? Memo;

    public readonly int Time => At;
}

internal struct ReviewRow : IDated
{
    public byte Platform;
    public byte Rating;
    public sbyte Pictures;
    public ulong Order;
    public int Listing;
    public int Buyer;
    public int At;
    public int Voice;
    public ulong Salt;

    public readonly int Time => At;
}

internal struct VisitRow : IDated
{
    public byte Platform;
    public byte Source;
    public byte Flags;
    public short Compared;
    public int Keyword;
    public int Buyer;
    public int Listing;
    public int At;
    public int Dwell;
    public ulong Order;

    public readonly int Time => At;
}

internal sealed record ReportRow(int At, string Kind, string SubjectKind, string Scope, string Subject, string Reporter, string Text);

/// <summary>
/// Rows wait here until their own day is written, so that every table is in the order of its own times and a row's
/// place tells nothing about what made it.
/// </summary>
internal sealed class Waiting<T>(int firstDay)
    where T : struct, IDated
{
    private readonly Dictionary<int, List<T>> _days = [];
    private int _written = firstDay;
    private ulong[] _keys = [];
    private int[] _order = [];

    public void Add(in T row)
    {
        var day = Math.Max(_written, row.Time / Clock.Day);
        if (!_days.TryGetValue(day, out var list))
        {
            // A fresh one: a used list's room would be wasted on the few rows of days far ahead.
            list = [];
            _days.Add(day, list);
        }

        list.Add(row);
    }

    /// <summary>Hands over the rows of every day before this one, by time.</summary>
    public void Flush(int beforeDay, Func<T, ulong> tieBreak, Action<T> write)
    {
        for (; _written < beforeDay; _written++)
        {
            if (!_days.Remove(_written, out var list))
                continue;
            if (_keys.Length < list.Count)
            {
                _keys = new ulong[list.Count * 5 / 4];
                _order = new int[_keys.Length];
            }

            for (var i = 0; i < list.Count; i++)
            {
                _keys[i] = ((ulong)list[i].Time << 32) | (Mixer.Mix(tieBreak(list[i])) >> 32);
                _order[i] = i;
            }

            Array.Sort(_keys, _order, 0, list.Count);
            for (var i = 0; i < list.Count; i++)
                write(list[_order[i]]);
        }
    }
}
