using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Ledger;

/// <summary>The ledger: append what happened elsewhere, list, verify, sign, write out, erase a person.</summary>
public sealed class LedgerBook(CaseDatabase database, TimeProvider clock)
{
    /// <summary>Appends one entry of any kind; later rooms (cases, appeals, dossiers) record themselves with it.</summary>
    /// <param name="kind">A short word.</param>
    /// <param name="by">Who acts, or null.</param>
    /// <param name="why">The reason, or null; kept as a commitment.</param>
    /// <param name="subject">The subject, or null; kept as a commitment.</param>
    /// <param name="facts">Public facts, without personal data.</param>
    /// <returns>The entry's number.</returns>
    public long Append(string kind, Person? by, string? why, Subject? subject, JsonObject facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var json = facts.ToJsonString(LedgerJson.Options);
        return database.InWrite(clock, write => write.Ledger.Append(kind, json, by, why, subject));
    }

    /// <summary>Appends many entries of one kind in one write.</summary>
    /// <returns>The number of the last one.</returns>
    public long AppendMany(string kind, Person? by, IEnumerable<(Subject? Subject, string? Why, string Facts)> entries) => database.InWrite(clock, write =>
    {
        var last = 0L;
        foreach (var (subject, why, facts) in entries)
            last = write.Ledger.Append(kind, facts, by, why, subject);
        return last;
    });

    /// <summary>Entries in order.</summary>
    /// <param name="after">The number after which to begin.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<LedgerEntry> List(long after = 0, int limit = 100) => database.InRead(connection => connection.Query(
        null,
        r => EntryCodec.Read(r.GetInt64(0), (byte[])r.GetValue(1), (byte[])r.GetValue(2), r.IsDBNull(3) ? null : (byte[])r.GetValue(3)),
        "SELECT seq, entry, hash, opened FROM ledger WHERE seq > @p0 ORDER BY seq LIMIT @p1",
        after,
        (long)limit));

    /// <summary>The last entry's number and hash; 0 and zeros where there is none.</summary>
    public (long Seq, string Hash) Head() => database.InRead(connection => connection.Query(
        null, r => (r.GetInt64(0), Convert.ToHexStringLower((byte[])r.GetValue(1))), "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1")
        is [var head] ? head : (0, Convert.ToHexStringLower(EntryCodec.Genesis)));

    /// <summary>
    /// Writes the hashed bytes of every entry, one a line: each line's <c>prev</c> is the SHA-256 of the line before,
    /// so the chain can be checked without Unbrush. No opened value is written.
    /// </summary>
    /// <returns>The number of entries written.</returns>
    public long WriteLines(Stream to)
    {
        ArgumentNullException.ThrowIfNull(to);
        return database.InRead(connection =>
        {
            using var command = connection.Command(null, "SELECT entry FROM ledger ORDER BY seq");
            using var reader = command.ExecuteReader();
            var count = 0L;
            while (reader.Read())
            {
                to.Write((byte[])reader.GetValue(0));
                to.WriteByte((byte)'\n');
                count++;
            }

            return count;
        });
    }
}

/// <summary>How facts are written into entries: one line, members in the order given.</summary>
internal static class LedgerJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(params ReadOnlySpan<(string Name, JsonNode? Value)> facts)
    {
        var json = new JsonObject();
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                json[name] = value;
        }

        return json.ToJsonString(Options);
    }
}
