using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Writing;

/// <summary>
/// A folder that receives the files of a run together: they are written into a folder within it and moved into their places
/// when all of them are whole. A full disk, a stop or a kill before that leaves what stood there as it was.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private const string Unfinished = ".unfinished";

    private readonly string _path;

    private OutputFolder(string path) => _path = path;

    /// <summary>Where the files are written until <see cref="Publish"/>.</summary>
    public string Staging => Path.Combine(_path, Unfinished);

    /// <summary>Makes the folder ready, before any long work, so that one that cannot be written to is said at once.</summary>
    /// <param name="path">The folder; made where it is missing.</param>
    /// <exception cref="UnbrushException">The folder cannot be written to.</exception>
    public static OutputFolder Open(string path)
    {
        var folder = new OutputFolder(path);
        folder.Write(staging =>
        {
            // A killed run may have left its own.
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
            return Directory.CreateDirectory(staging);
        });
        return folder;
    }

    /// <summary>Does a piece of the writing.</summary>
    /// <param name="write">Given the folder to write into.</param>
    /// <exception cref="UnbrushException">The disk is full, or the folder may not be written to.</exception>
    public T Write<T>(Func<string, T> write)
    {
        try
        {
            return write(Staging);
        }
        catch (Exception e) when (IsAboutFiles(e))
        {
            var why = ImportContext.FirstLine(e.Message);
            throw new UnbrushException(ExitCode.Fault, ImportContext.IsDiskFull(e)
                ? new($"The disk is full: nothing was written to '{_path}', and what stood there is as it was. Free space or name another folder with --out. ({why})", $"磁盘已满：没有向“{_path}”写入任何内容，原有内容保持不变。请腾出空间，或用 --out 指定其他目录。（{why}）")
                : new($"The folder '{_path}' cannot be written to: {why} Change its permissions or name another folder with --out.", $"无法写入目录“{_path}”：{why} 请修改其权限，或用 --out 指定其他目录。"), e);
        }
    }

    /// <summary>Moves the files into their places.</summary>
    /// <param name="seal">A file that says that the others are whole: its predecessor goes first and it comes last. Null for none.</param>
    /// <exception cref="UnbrushException">A file in its place cannot be replaced.</exception>
    public void Publish(string? seal = null) => Write(staging =>
    {
        if (seal is not null)
            File.Delete(Path.Combine(_path, seal));
        foreach (var name in Directory.EnumerateFiles(staging).Select(f => Path.GetFileName(f)).OrderBy(n => n == seal).ThenBy(n => n, StringComparer.Ordinal))
            File.Move(Path.Combine(staging, name), Path.Combine(_path, name), overwrite: true);
        return _path;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Staging))
            Directory.Delete(Staging, recursive: true);
    }

    private static bool IsAboutFiles(Exception e) =>
        e is IOException or UnauthorizedAccessException || e is DuckDBException && (ImportContext.IsDiskFull(e) || e.Message.StartsWith("IO Error", StringComparison.Ordinal));
}
