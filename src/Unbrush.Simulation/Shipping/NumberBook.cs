using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Shipping;

/// <summary>
/// Gives out waybill numbers: each customer of a carrier has a block at a time and takes the numbers in order, honest
/// shop and number site alike. Blocks are scattered, so that a number tells nothing of its time.
/// </summary>
internal sealed class NumberBook(WorldParameters world, Network network)
{
    private const int BlockSize = 200;
    private readonly Dictionary<(int Carrier, ulong Customer), (int Block, int Next)> _open = [];
    private readonly int[] _blocks = new int[network.Carriers.Length];
    private readonly Queue<(int Block, int Day)>[] _used = [.. network.Carriers.Select(_ => new Queue<(int, int)>())];

    public (ulong Waybill, int Block) Next(int carrier, ulong customer, int day)
    {
        // Whoever is in business already stands somewhere in the middle of a block.
        if (!_open.TryGetValue((carrier, customer), out var stock))
            stock = (Allot(network.Carriers[carrier], day), Mixer.Below(Mixer.Mix(world.Seed, customer, (ulong)carrier), BlockSize));
        else if (stock.Next == BlockSize)
            stock = (Allot(network.Carriers[carrier], day), 0);
        _open[(carrier, customer)] = (stock.Block, stock.Next + 1);
        return (Number(network.Carriers[carrier], stock.Block, stock.Next), stock.Block);
    }

    private int Allot(Carrier carrier, int day)
    {
        var used = _used[carrier.Index];
        int block;
        if (carrier.RecycleDays > 0 && used.Count > 0 && used.Peek().Day + carrier.RecycleDays <= day && Mixer.Unit(Mixer.Mix(world.Seed, (ulong)_blocks[carrier.Index], (ulong)used.Peek().Block)) < 0.15)
            block = used.Dequeue().Block;
        else
            block = _blocks[carrier.Index]++;
        if (carrier.RecycleDays > 0)
            used.Enqueue((block, day));
        return block;
    }

    private ulong Number(Carrier carrier, int block, int next)
    {
        // 29 bits of block and three digits below 200 fit into the twelve digits of the shortest number.
        var scattered = Mixer.Permute((ulong)block, 29, Mixer.Mix(world.Seed, (ulong)carrier.Index, 91));
        return (scattered * 1000) + (ulong)next;
    }
}
