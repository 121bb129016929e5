using System.Runtime.InteropServices;

namespace Unbrush.Graph;

/// <summary>
/// An array outside the collected heap, for the largest that live shortest: it is given back at once, where the collector would let
/// it stand beside what comes after. Not cleared; whoever makes one disposes of it.
/// </summary>
internal sealed unsafe class OffHeap<T>(int length) : IDisposable
    where T : unmanaged
{
    /// <summary>The first of them.</summary>
    public T* First { get; private set; } = (T*)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T));

    /// <summary>How many there are, or were.</summary>
    public int Length => length;

    /// <summary>All of them.</summary>
    public Span<T> Span => new(First, First is null ? 0 : length);

    /// <summary>As many zeros.</summary>
    public static OffHeap<T> Zeros(int length)
    {
        var zeros = new OffHeap<T>(length);
        zeros.Span.Clear();
        return zeros;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(First);
        First = null;
    }
}
