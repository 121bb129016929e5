using System.Globalization;

namespace Unbrush.Casework;

/// <summary>Instants as the case store holds them: whole microseconds since 1970-01-01 in UTC, the same on every database.</summary>
internal static class Instants
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static long Micros(this DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Micros(this TimeProvider clock) => clock.GetUtcNow().Micros();

    public static DateTimeOffset ToInstant(this long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static string ToText(this DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static string MicrosToText(this long micros) => micros.ToInstant().ToText();

    /// <summary>Reads an ISO 8601 instant; without an offset it is UTC.</summary>
    public static DateTimeOffset Parse(string text, string option) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw Faults.Usage(
                $"{option} is not an instant: write ISO 8601, for example 2026-03-01T08:00:00Z.",
                $"{option} 不是时间：请用 ISO 8601，例如 2026-03-01T08:00:00Z。");
}

/// <summary>Lengths of time in the store's unit.</summary>
internal static class Microseconds
{
    public const long Second = 1_000_000;
    public const long Day = 86_400 * Second;
}
