namespace Unbrush.Detection.Evidence;

/// <summary>One signal's weight on one subject.</summary>
/// <param name="Signal">The signal's number in the catalogue.</param>
/// <param name="Centi">Hundredths of a deciban.</param>
/// <param name="IsHard">True for a contradiction, false for an oddity.</param>
public readonly record struct EvidenceItem(short Signal, int Centi, bool IsHard);

/// <summary>
/// All evidence about one kind of subject, held by subject: the items of subject <c>n</c> stand together, in the
/// order of their signals' numbers, whatever the order in which they were found. About eight bytes an item.
/// </summary>
public sealed class EvidenceSheet
{
    private readonly int[] _start;
    private readonly EvidenceItem[] _items;

    private EvidenceSheet(int[] start, EvidenceItem[] items)
    {
        _start = start;
        _items = items;
    }

    /// <summary>How many subjects there are; their numbers run from 1 to this.</summary>
    public int Subjects => _start.Length - 2;

    /// <summary>How many items there are in all.</summary>
    public int Items => _items.Length;

    /// <summary>The items of one subject, by signal number.</summary>
    public ReadOnlySpan<EvidenceItem> this[int subject] => _items.AsSpan(_start[subject], _start[subject + 1] - _start[subject]);

    /// <summary>Where the items of a subject begin among all.</summary>
    public int Start(int subject) => _start[subject];

    /// <summary>The same sheet with each item changed; an item keeps its signal, and the items of one signal their order.</summary>
    /// <param name="change">Gets an item and its place among all.</param>
    public EvidenceSheet With(Func<EvidenceItem, int, EvidenceItem> change) => new(_start, [.. _items.Select(change)]);

    /// <summary>Sorts items by subject (counting sort, linear) and within a subject by signal.</summary>
    /// <param name="subjects">The number of subjects.</param>
    /// <param name="found">Each item with its subject's number, in any order.</param>
    public static EvidenceSheet Of(int subjects, IReadOnlyList<(int Subject, EvidenceItem Item)> found)
    {
        var start = new int[subjects + 2];
        foreach (var (subject, _) in found)
            start[subject + 1]++;
        for (var i = 1; i < start.Length; i++)
            start[i] += start[i - 1];
        var items = new EvidenceItem[found.Count];
        var next = (int[])start.Clone();
        foreach (var (subject, item) in found)
            items[next[subject]++] = item;
        for (var subject = 0; subject <= subjects; subject++)
        {
            var own = items.AsSpan(start[subject], start[subject + 1] - start[subject]);
            if (own.Length > 1)
                own.Sort(static (a, b) => a.Signal != b.Signal ? a.Signal.CompareTo(b.Signal) : a.Centi != b.Centi ? b.Centi.CompareTo(a.Centi) : b.IsHard.CompareTo(a.IsHard));
        }

        return new(start, items);
    }
}
