using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Unbrush.Graph;

/// <summary>Asks for memory that is needed soon; does nothing where the processor has no such instruction.</summary>
internal static unsafe class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
