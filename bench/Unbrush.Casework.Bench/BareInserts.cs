using System.Diagnostics;
using System.Security.Cryptography;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Bench;

/// <summary>
/// The baseline: the store's own rows, copied one prepared INSERT at a time, in one transaction, into bare tables of
/// the same engine, without index, chain, salt or check; and for reading, the same rows hashed and nothing else.
/// </summary>
internal static class BareInserts
{
    private const int Rows = 50_000;

    /// <summary>Rows a second into a bare copy of the proposals.</summary>
    public static double Proposals(CaseDatabase store) => Measure(store, "proposals");

    /// <summary>Rows a second into a bare copy of the ledger.</summary>
    public static double Ledger(CaseDatabase store) => Measure(store, "ledger");

    /// <summary>Ledger entries a second, read in order and hashed.</summary>
    public static double Hash(CaseDatabase store) => store.InRead(connection =>
    {
        var watch = Stopwatch.StartNew();
        using var command = connection.Command(null, "SELECT seq, entry, hash, opened FROM ledger ORDER BY seq");
        using var reader = command.ExecuteReader();
        var count = 0;
        for (; reader.Read(); count++)
            SHA256.HashData(reader.GetFieldValue<byte[]>(1));
        return count / watch.Elapsed.TotalSeconds;
    });

    private static double Measure(CaseDatabase store, string table)
    {
        using var connection = store.Connect();
        var rows = connection.Query(null, r =>
        {
            var values = new object[r.FieldCount];
            r.GetValues(values);
            return values;
        }, $"SELECT * FROM {table} LIMIT {Rows}");
        connection.Execute(null, $"CREATE TABLE bare_{table} AS SELECT * FROM {table} WHERE 1 = 0");
        var watch = Stopwatch.StartNew();
        using (var transaction = connection.BeginTransaction())
        {
            var width = rows[0].Length;
            using var command = connection.Command(transaction, $"INSERT INTO bare_{table} VALUES ({string.Join(", ", Enumerable.Range(0, width).Select(i => $"@p{i}"))})", rows[0]);
            var types = Enumerable.Range(0, width).Select(i => rows.Select(r => r[i]).FirstOrDefault(v => v is not DBNull)).ToList();
            for (var i = 0; i < width; i++)
                command.Parameters[i].DbType = types[i] switch { byte[] => System.Data.DbType.Binary, string => System.Data.DbType.String, _ => System.Data.DbType.Int64 };
            command.Prepare();
            foreach (var row in rows)
            {
                for (var i = 0; i < width; i++)
                    command.Parameters[i].Value = row[i];
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        var rate = rows.Count / watch.Elapsed.TotalSeconds;
        connection.Execute(null, $"DROP TABLE bare_{table}");
        return rate;
    }
}
