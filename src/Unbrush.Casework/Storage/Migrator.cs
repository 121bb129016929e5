using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Unbrush.Casework.Storage;

/// <summary>Runs the numbered SQL files of a dialect once each, in order, and refuses a store whose files were others.</summary>
internal static class Migrator
{
    private const string Bookkeeping =
        "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)";

    public static void Migrate(CaseDatabase database, TimeProvider clock)
    {
        var files = Files(database.Dialect);
        if (UpToDate(database, files))
            return;
        using var connection = database.Connect();
        using var transaction = database.BeginWrite(connection);
        connection.Execute(transaction, Bookkeeping);
        var applied = Applied(connection, transaction);
        Check(applied, files);
        foreach (var file in files.Skip(applied.Count))
        {
            connection.Execute(transaction, file.Sql);
            connection.Execute(transaction, "INSERT INTO migrations (number, name, sha256, applied_at) VALUES (@p0, @p1, @p2, @p3)", file.Number, file.Name, file.Hash, clock.Micros());
        }

        transaction.Commit();
    }

    /// <summary>The migrations of a dialect, as they are shipped.</summary>
    internal static IReadOnlyList<Migration> Files(string dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"migrations/{dialect}/";
        return [.. assembly.GetManifestResourceNames()
            .Select(n => n.Replace('\\', '/'))
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select((name, i) => Read(assembly, name, i + 1))];
    }

    private static Migration Read(Assembly assembly, string resource, long number)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new(number, Path.GetFileNameWithoutExtension(resource), sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    private static bool UpToDate(CaseDatabase database, IReadOnlyList<Migration> files)
    {
        using var connection = database.Connect();
        try
        {
            var applied = Applied(connection, null);
            Check(applied, files);
            return applied.Count == files.Count;
        }
        catch (System.Data.Common.DbException)
        {
            // A new store has no such table yet; a store that is no store fails again, in the open, below.
            return false;
        }
    }

    private static List<(long Number, string Hash)> Applied(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction? within) =>
        connection.Query(within, r => (r.GetInt64(0), r.GetString(1)), "SELECT number, sha256 FROM migrations ORDER BY number");

    private static void Check(List<(long Number, string Hash)> applied, IReadOnlyList<Migration> files)
    {
        if (applied.Count > files.Count)
            throw Faults.Store(
                $"The case store is of a newer Unbrush (migration {applied.Count}, this version knows {files.Count}): update Unbrush.",
                $"案件库由更新版本的 Unbrush 建立（迁移 {applied.Count}，本版本只到 {files.Count}）：请升级 Unbrush。");
        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i].Hash != files[i].Hash)
                throw Faults.Store(
                    $"Migration {files[i].Name} of the case store differs from the one of this version: restore the store from a backup or use the Unbrush that made it.",
                    $"案件库的迁移 {files[i].Name} 与本版本不一致：请从备份恢复，或使用建立它的 Unbrush 版本。");
        }
    }

    internal sealed record Migration(long Number, string Name, string Sql, string Hash);
}
