using System.Security.Cryptography;
using Unbrush.Casework.Storage;
using Unbrush.Core;

namespace Unbrush.Casework.Ledger;

/// <summary>What verification found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Head">The last entry's hash.</param>
/// <param name="FirstBroken">The number of the first broken entry, or null where the ledger is whole.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record LedgerVerification(long Entries, string Head, long? FirstBroken, Sentence? Fault)
{
    /// <summary>True where nothing is broken.</summary>
    public bool IsWhole => FirstBroken is null;
}

/// <summary>
/// Reads the whole chain and names the first entry that is changed, missing, inserted or out of order. A cut tail
/// and a chain rewritten from some entry on show only against a checkpoint that was kept elsewhere.
/// </summary>
public sealed class LedgerVerifier(CaseDatabase database)
{
    private const int BatchSize = 8192;

    /// <summary>Verifies the chain, and each checkpoint against it.</summary>
    /// <param name="checkpoints">Checkpoints whose signatures were already verified; see <see cref="Checkpoint.Read"/>.</param>
    public LedgerVerification Verify(params IReadOnlyList<Checkpoint> checkpoints)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        var chain = new Chain([.. checkpoints.OrderBy(c => c.Seq)]);
        // One batch is hashed while the next is read; the chain itself is compared in order.
        Task<Checked>? pending = null;
        foreach (var batch in Batches())
        {
            var next = Task.Run(() => Check(batch));
            if (pending is not null && chain.Take(pending.GetAwaiter().GetResult()))
                return chain.Result();
            pending = next;
        }

        if (pending is not null)
            chain.Take(pending.GetAwaiter().GetResult());
        return chain.Finish();
    }

    private IEnumerable<Batch> Batches()
    {
        using var connection = database.Connect();
        using var command = connection.Command(null, "SELECT seq, entry, hash, opened FROM ledger ORDER BY seq");
        using var reader = command.ExecuteReader();
        var batch = new Batch(BatchSize);
        while (reader.Read())
        {
            batch.Add(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3));
            if (batch.Count < BatchSize)
                continue;
            yield return batch;
            batch = new Batch(BatchSize);
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private static Checked Check(Batch batch)
    {
        var faults = new EntryFault?[batch.Count];
        var previous = new byte[batch.Count * EntryCodec.HashBytes];
        var half = batch.Count / 2;
        Parallel.Invoke(() => Range(0, half), () => Range(half, batch.Count));
        return new(batch, faults, previous);

        void Range(int from, int to)
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (var i = from; i < to; i++)
                faults[i] = EntryCodec.Check(sha, batch.Seq[i], batch.Entry[i], batch.Hash[i], batch.Opened[i], previous.AsSpan(i * EntryCodec.HashBytes, EntryCodec.HashBytes));
        }
    }

    private sealed record Checked(Batch Batch, EntryFault?[] Faults, byte[] Previous);

    private sealed class Batch(int size)
    {
        public long[] Seq { get; } = new long[size];

        public byte[][] Entry { get; } = new byte[size][];

        public byte[][] Hash { get; } = new byte[size][];

        public byte[]?[] Opened { get; } = new byte[]?[size];

        public int Count { get; private set; }

        public void Add(long seq, byte[] entry, byte[] hash, byte[]? opened)
        {
            (Seq[Count], Entry[Count], Hash[Count], Opened[Count]) = (seq, entry, hash, opened);
            Count++;
        }
    }

    private sealed class Chain(Checkpoint[] checkpoints)
    {
        private byte[] last = EntryCodec.Genesis;
        private long expected = 1;
        private long entries;
        private int checkpoint;
        private long? broken;
        private Sentence? fault;

        public bool Take(Checked part)
        {
            for (var i = 0; i < part.Batch.Count; i++)
            {
                var seq = part.Batch.Seq[i];
                if (seq != expected)
                    return Break(expected, Missing(expected));
                if (part.Faults[i] is { } own)
                    return Break(seq, Words(seq, own));
                if (!part.Previous.AsSpan(i * EntryCodec.HashBytes, EntryCodec.HashBytes).SequenceEqual(last))
                    return Break(seq, new(
                        $"Entry {seq} does not follow entry {seq - 1}: one of the two was changed, inserted or moved.",
                        $"第 {seq} 条与第 {seq - 1} 条不相接：其中一条被更改、插入或移动。"));
                last = part.Batch.Hash[i];
                for (; checkpoint < checkpoints.Length && checkpoints[checkpoint].Seq == seq; checkpoint++)
                {
                    if (!last.AsSpan().SequenceEqual(Convert.FromHexString(checkpoints[checkpoint].Hash)))
                        return Break(seq, new(
                            $"Entry {seq} is not the one that was signed: the chain was rewritten at or before it.",
                            $"第 {seq} 条与签名时不同：该条或之前的内容被重写。"));
                }

                expected++;
                entries++;
            }

            return false;
        }

        public LedgerVerification Finish()
        {
            if (broken is null && checkpoint < checkpoints.Length)
                Break(expected, new(
                    $"Entry {expected} is missing: the ledger ends at {expected - 1}, and a checkpoint signed entry {checkpoints[^1].Seq}; the tail was cut.",
                    $"缺少第 {expected} 条：台账止于 {expected - 1}，而签名检查点到 {checkpoints[^1].Seq}，末尾被截去。"));
            return Result();
        }

        public LedgerVerification Result() => new(entries, Convert.ToHexStringLower(last), broken, fault);

        private bool Break(long seq, Sentence sentence)
        {
            (broken, fault) = (seq, sentence);
            return true;
        }

        private static Sentence Missing(long seq) => new($"Entry {seq} is missing.", $"缺少第 {seq} 条。");

        private static Sentence Words(long seq, EntryFault own) => own switch
        {
            EntryFault.Renumbered => new($"Entry {seq} carries another number: it was inserted or moved.", $"第 {seq} 条的编号不符：系插入或移动而来。"),
            EntryFault.Opened => new($"The who, why or subject of entry {seq} is not what was recorded.", $"第 {seq} 条的人员、理由或对象与当时记录不符。"),
            _ => new($"Entry {seq} was changed: its bytes do not give its hash.", $"第 {seq} 条被更改：内容与哈希不符。"),
        };
    }
}
