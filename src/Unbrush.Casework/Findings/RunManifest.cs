using System.Text.Json;
using System.Text.Json.Serialization;

namespace Unbrush.Casework.Findings;

/// <summary>A file that the scan read. Its name is left out: people name files after people.</summary>
/// <param name="Format">The format it was read as.</param>
/// <param name="Table">The table it fed.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Read">Rows read.</param>
/// <param name="Kept">Of these, kept.</param>
/// <param name="Superseded">Of these, superseded by newer ones.</param>
/// <param name="Quarantined">Of these, put aside as unreadable.</param>
internal sealed record ImportedFile(string? Format, string? Table, string Sha256, long Read, long Kept, long Superseded, long Quarantined);

/// <summary>What <c>run.json</c> of a findings folder says of the scan; empty where there is none.</summary>
internal sealed record RunManifest
{
    private const string File = "run.json";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>The version of Unbrush that scanned.</summary>
    public string? Version { get; init; }

    /// <summary>The hash of its configuration.</summary>
    public string? Configuration { get; init; }

    /// <summary>What it read.</summary>
    public IReadOnlyList<ImportedFile> Inputs { get; init; } = [];

    /// <summary>Reads it.</summary>
    /// <exception cref="Core.UnbrushException">It is no such manifest.</exception>
    public static RunManifest Of(string folder)
    {
        var file = Path.Combine(folder, File);
        if (!System.IO.File.Exists(file))
            return new();
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            return JsonSerializer.Deserialize<RunManifest>(stream, Json) ?? new();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Faults.Unreadable(
                $"'{file}' is not the manifest of a scan: write the findings again with `unbrush scan --out`.",
                $"'{file}' 不是扫描清单：请用 unbrush scan --out 重新生成。");
        }
    }
}
