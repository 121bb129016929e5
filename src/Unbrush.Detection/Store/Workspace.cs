using System.Security.Cryptography;
using Unbrush.Core;
using Unbrush.Feeds;
using Unbrush.Feeds.Loading;

namespace Unbrush.Detection.Store;

/// <summary>
/// Where feeds accumulate: a folder with the database, the secret under which personal data become pseudonyms, and room to
/// spill; or a temporary one that is deleted at the end. A killed process leaves a workspace that opens again.
/// </summary>
public sealed class Workspace : IDisposable
{
    private const string SchemaVersion = "1";
    private const int SecretBytes = 32;
    private const string SpillFolder = "spill";
    private const string DatabaseFile = "workspace.duckdb";

    private readonly string _folder;
    private readonly FileStream? _hold;

    private Workspace(DuckDbStore store, byte[] secret, string folder, FileStream? hold)
    {
        Store = store;
        Secret = secret;
        _folder = folder;
        _hold = hold;
    }

    /// <summary>The database.</summary>
    public DuckDbStore Store { get; }

    /// <summary>True of a workspace that is deleted at the end.</summary>
    public bool IsTemporary => _hold is null;

    /// <summary>The secret of the pseudonyms. Never leaves the workspace. Empty in a temporary one, where each import makes its own out of its files.</summary>
    public byte[] Secret { get; }

    /// <summary>
    /// A workspace in memory, spilling to a folder that is deleted with it. What memory cannot hold anyhow lies in a database file
    /// in that folder: there it takes a fraction of the room, since files hold columns compressed and memory and spilled memory do not.
    /// </summary>
    /// <param name="options">How it is opened.</param>
    /// <param name="feedBytes">About how many bytes of text are to be read.</param>
    public static Workspace OpenTemporary(StoreOptions options, long feedBytes = 0)
    {
        var folder = Directory.CreateTempSubdirectory("unbrush-").FullName;
        try
        {
            var store = new DuckDbStore(options with { Path = feedBytes > options.Memory ? Path.Combine(folder, DatabaseFile) : null, SpillDirectory = Path.Combine(folder, SpillFolder) });
            return Prepare(new(store, [], folder, null));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Opens a workspace folder, or makes one.</summary>
    /// <exception cref="UnbrushException">It is in use, is broken, or is of another version.</exception>
    public static Workspace Open(string directory, StoreOptions options)
    {
        DuckDbStore? store = null;
        FileStream? hold = null;
        try
        {
            Directory.CreateDirectory(directory);
            hold = Hold(directory);
            var spill = Path.Combine(directory, SpillFolder);
            if (Directory.Exists(spill))
                Directory.Delete(spill, recursive: true);
            var secret = SecretOf(Path.Combine(directory, "secret"));
            store = new(options with { Path = Path.Combine(directory, DatabaseFile), SpillDirectory = spill });
            return Prepare(new(store, secret, directory, hold));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            store?.Dispose();
            hold?.Dispose();
            throw new UnbrushException(ExitCode.Workspace, new($"The workspace '{directory}' cannot be used: {e.Message}", $"无法使用工作区“{directory}”：{e.Message}"), e);
        }
        catch (System.Data.Common.DbException e)
        {
            store?.Dispose();
            hold?.Dispose();
            throw new UnbrushException(ExitCode.Workspace, new($"The workspace '{directory}' is broken: {e.Message.Split('\n')[0]}", $"工作区“{directory}”已损坏：{e.Message.Split('\n')[0]}"), e);
        }
        catch
        {
            store?.Dispose();
            hold?.Dispose();
            throw;
        }
    }

    /// <summary>Imports feeds and keeps the account of it: each file's counts, the notes, the quarantine.</summary>
    public ImportReport Import(IReadOnlyList<string> feeds, ImportOptions options, CancellationToken cancel = default)
    {
        try
        {
            return FeedImporter.Import(Store.Connection, feeds, Secret, options with { ScratchDirectory = options.ScratchDirectory ?? Scratch() }, Keep, cancel);
        }
        catch (Exception e) when (ImportContext.IsDiskFull(e))
        {
            throw new UnbrushException(ExitCode.Workspace, new(
                "The disk is full: nothing of this import was kept. Free some space, or put the workspace or TMPDIR elsewhere, and import again.",
                "磁盘已满：本次导入未保留任何内容。请腾出空间，或把工作区或 TMPDIR 放到别处，然后重新导入。"), e);
        }
        catch (DuckDB.NET.Data.DuckDBException e) when (ImportContext.IsAboutMachine(e))
        {
            throw new UnbrushException(ExitCode.Fault, new(
                $"The database ran out of memory: {e.Message.Split('\n')[0]} Allow more with --memory, or fewer --threads; nothing of this import was kept.",
                $"数据库内存不足：{e.Message.Split('\n')[0]} 请用 --memory 放宽，或减少 --threads；本次导入未保留任何内容。"), e);
        }
    }

    private void Keep(ImportReport report)
    {
        Store.Append(
            "import_file",
            report.Files.Select(f => f.Name).ToArray(), report.Files.Select(f => f.Format).ToArray(), report.Files.Select(f => f.Table).ToArray(), report.Files.Select(f => f.Sha256).ToArray(),
            report.Files.Select(f => f.Read).ToArray(), report.Files.Select(f => f.Kept).ToArray(), report.Files.Select(f => f.Superseded).ToArray(), report.Files.Select(f => f.Quarantined).ToArray());
        Store.Append(
            "import_note",
            report.Notes.Select(n => n.Level).ToArray(), report.Notes.Select(n => n.Table).ToArray(), report.Notes.Select(n => n.File).ToArray(), report.Notes.Select(n => n.Text.En).ToArray(), report.Notes.Select(n => n.Text.Zh).ToArray());
        Store.Append(
            "import_quarantine",
            report.Quarantine.Select(c => c.File).ToArray(), report.Quarantine.Select(c => c.Row).ToArray(), report.Quarantine.Select(c => c.Column).ToArray(), report.Quarantine.Select(c => c.Value).ToArray(),
            report.Quarantine.Select(c => c.Reason.En).ToArray(), report.Quarantine.Select(c => c.Reason.Zh).ToArray());
    }

    /// <summary>Where an import unpacks and mends; what a killed one leaves there goes when the workspace opens again.</summary>
    private string Scratch() => Directory.CreateDirectory(Path.Combine(_folder, SpillFolder)).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        Store.Dispose();
        _hold?.Dispose();
        var leaving = _hold is null ? _folder : Path.Combine(_folder, SpillFolder);
        if (Directory.Exists(leaving))
            Directory.Delete(leaving, recursive: true);
    }

    /// <summary>Holds the workspace for this process; another one, or another thread of this one, is told so.</summary>
    private static FileStream Hold(string directory)
    {
        var path = Path.Combine(directory, "lock");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new UnbrushException(ExitCode.Workspace, new(
                $"The workspace '{directory}' is in use by another process; wait for it, or use another workspace.",
                $"工作区“{directory}”正被另一个进程使用，请等待它结束或改用其他工作区。"), e);
        }
    }

    private static Workspace Prepare(Workspace workspace)
    {
        var store = workspace.Store;
        store.Execute($"""
            {FeedTables.CreateAll};
            CREATE TABLE IF NOT EXISTS workspace_version (version VARCHAR);
            CREATE TABLE IF NOT EXISTS import_file (name VARCHAR, format VARCHAR, "table" VARCHAR, sha256 VARCHAR, read BIGINT, kept BIGINT, superseded BIGINT, quarantined BIGINT);
            CREATE TABLE IF NOT EXISTS import_note (level VARCHAR, "table" VARCHAR, file VARCHAR, en VARCHAR, zh VARCHAR);
            CREATE TABLE IF NOT EXISTS import_quarantine (file VARCHAR, row_no BIGINT, "column" VARCHAR, value VARCHAR, en VARCHAR, zh VARCHAR);
            INSERT INTO workspace_version SELECT '{SchemaVersion}' WHERE NOT EXISTS (SELECT 1 FROM workspace_version);
            """);
        using var reader = store.Query("SELECT version FROM workspace_version");
        if (reader.Read() && reader.GetString(0) != SchemaVersion)
        {
            throw new UnbrushException(ExitCode.Workspace, new(
                $"The workspace is of version {reader.GetString(0)}, this program of version {SchemaVersion}; make a new workspace and import again.",
                $"工作区版本为 {reader.GetString(0)}，本程序版本为 {SchemaVersion}；请新建工作区并重新导入。"));
        }

        return workspace;
    }

    /// <summary>Reads the secret, or makes one that only its owner may read.</summary>
    private static byte[] SecretOf(string path)
    {
        if (!File.Exists(path))
        {
            var part = path + ".part";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(part, options))
                file.Write(RandomNumberGenerator.GetBytes(SecretBytes));
            File.Move(part, path);
        }

        var secret = File.ReadAllBytes(path);
        return secret.Length == SecretBytes ? secret : throw new UnbrushException(ExitCode.Workspace, new(
            $"The workspace's secret '{path}' is damaged: restore it from a copy; without it the same person would get two pseudonyms.",
            $"工作区密钥“{path}”已损坏：请从备份恢复；否则同一个人会得到两个化名。"));
    }
}
