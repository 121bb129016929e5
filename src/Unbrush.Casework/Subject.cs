using Unbrush.Core;

namespace Unbrush.Casework;

/// <summary>What a finding or a measure may be about. The numbers are stored: never renumber.</summary>
public enum SubjectKind
{
    /// <summary>An order on a platform.</summary>
    Order = 1,

    /// <summary>A review on a platform.</summary>
    Review = 2,

    /// <summary>A listing on a platform.</summary>
    Item = 3,

    /// <summary>A seller's shop on a platform.</summary>
    Shop = 4,

    /// <summary>A courier's outlet.</summary>
    Outlet = 5,

    /// <summary>A courier's transfer centre.</summary>
    Centre = 6,

    /// <summary>A sender, by the pseudonym of its address.</summary>
    Sender = 7,

    /// <summary>A buyer on a platform; only ever protected.</summary>
    Buyer = 8,

    /// <summary>A block of waybill numbers sold to one customer.</summary>
    Stock = 9,
}

/// <summary>The identity of one subject: its kind, the platform or carrier that names it, and its id there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Scope">The platform or the carrier.</param>
/// <param name="Id">The id in that scope; ids of two scopes have nothing to do with each other.</param>
public readonly record struct Subject(SubjectKind Kind, string Scope, string Id) : IComparable<Subject>
{
    /// <summary>Orders by kind, scope and id, by code point.</summary>
    public int CompareTo(Subject other)
    {
        var byKind = Kind.CompareTo(other.Kind);
        if (byKind != 0)
            return byKind;
        var byScope = string.CompareOrdinal(Scope, other.Scope);
        return byScope != 0 ? byScope : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>Reads <c>kind/scope/id</c>; the id may itself hold slashes.</summary>
    /// <exception cref="UnbrushException">The text has another form or an unknown kind.</exception>
    public static Subject Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/', 3);
        return parts.Length == 3 && parts[1].Length > 0 && parts[2].Length > 0 && SubjectWords.TryKind(parts[0], out var kind)
            ? new(kind, parts[1], parts[2])
            : throw Faults.Usage(
                $"A subject is written kind/scope/id with one of the kinds {string.Join(", ", SubjectWords.All)}; write for example shop/taobao/1234.",
                $"对象应写成 类别/平台或快递/编号，类别为 {string.Join("、", SubjectWords.All)} 之一，例如 shop/taobao/1234。");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Kind.Word()}/{Scope}/{Id}";

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(Subject a, Subject b) => a.CompareTo(b) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(Subject a, Subject b) => a.CompareTo(b) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(Subject a, Subject b) => a.CompareTo(b) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(Subject a, Subject b) => a.CompareTo(b) >= 0;
}

/// <summary>The words of subject kinds, as policies, exports and the command line spell them.</summary>
public static class SubjectWords
{
    /// <summary>All kinds' words.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["order", "review", "item", "shop", "outlet", "centre", "sender", "buyer", "stock"];

    /// <summary>The word of a kind.</summary>
    public static string Word(this SubjectKind kind) => All[(int)kind - 1];

    /// <summary>The kind of a word.</summary>
    public static bool TryKind(string word, out SubjectKind kind)
    {
        var at = ((List<string>)[.. All]).IndexOf(word);
        kind = (SubjectKind)(at + 1);
        return at >= 0;
    }
}
