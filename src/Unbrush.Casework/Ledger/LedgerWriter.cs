using System.Buffers;
using System.Security.Cryptography;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Ledger;

/// <summary>Appends to the chain within a write. Entries are loaded together just before the commit.</summary>
internal sealed class LedgerWriter(Write write) : IDisposable
{
    private static readonly string[] Columns = ["seq", "entry", "hash", "opened"];
    private readonly ArrayBufferWriter<byte> scratch = new(512);
    private readonly byte[] salts = new byte[4096];
    private readonly List<object?[]> entries = [];
    private int saltsLeft;
    private long head = -1;
    private byte[] previous = EntryCodec.Genesis;

    /// <summary>Appends one entry and returns its number.</summary>
    /// <param name="kind">See <see cref="LedgerKinds"/>.</param>
    /// <param name="facts">A JSON object without personal data.</param>
    /// <param name="who">The person who acts, or null.</param>
    /// <param name="why">The reason, or null.</param>
    /// <param name="subject">The subject, or null.</param>
    public long Append(string kind, string facts, Person? who = null, string? why = null, Subject? subject = null)
    {
        ReadHead();
        var (commitments, opened) = EntryCodec.Seal(NextSalt, who?.Name, why, subject?.ToString());
        var seq = ++head;
        var entry = EntryCodec.Encode(scratch, seq, previous, commitments, write.Now, kind, facts);
        previous = SHA256.HashData(entry);
        entries.Add([seq, entry, previous, opened]);
        return seq;
    }

    public void Flush()
    {
        if (entries.Count == 0)
            return;
        write.Load("ledger", Columns, null, entries);
        entries.Clear();
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(salts);

    private void ReadHead()
    {
        if (head >= 0)
            return;
        var last = write.Query(r => (r.GetInt64(0), (byte[])r.GetValue(1)), "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1");
        (head, previous) = last.Count > 0 ? last[0] : (0, EntryCodec.Genesis);
    }

    private bool NextSalt(Span<byte> salt)
    {
        if (saltsLeft < salt.Length)
        {
            RandomNumberGenerator.Fill(salts);
            saltsLeft = salts.Length;
        }

        salts.AsSpan(saltsLeft - salt.Length, salt.Length).CopyTo(salt);
        saltsLeft -= salt.Length;
        return true;
    }
}
