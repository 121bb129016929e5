using System.Text.Json;
using System.Text.Json.Serialization;

namespace Unbrush.Casework.Policy;

/// <summary>A number of a policy, or the place for one that an organisation must fill in.</summary>
/// <param name="Value">The number; null where it is to be filled in.</param>
[JsonConverter(typeof(FigureConverter))]
public readonly record struct Figure(decimal? Value)
{
    /// <summary>True where nobody has published a number and none was filled in: a rule with it rests.</summary>
    public bool IsBlank => Value is null;
}

/// <summary>Bounds on a value; those that are given must all hold.</summary>
public sealed record Bounds
{
    /// <summary>The value is this or more.</summary>
    public Figure? AtLeast { get; init; }

    /// <summary>The value is this or less.</summary>
    public Figure? AtMost { get; init; }

    /// <summary>The value is more than this.</summary>
    public Figure? MoreThan { get; init; }

    /// <summary>The value is less than this.</summary>
    public Figure? Below { get; init; }

    /// <summary>True where a bound waits to be filled in.</summary>
    public bool IsBlank => AtLeast is { IsBlank: true } || AtMost is { IsBlank: true } || MoreThan is { IsBlank: true } || Below is { IsBlank: true };

    /// <summary>True where all bounds hold. A blank bound never does.</summary>
    public bool Hold(decimal value) =>
        !IsBlank
        && (AtLeast is not { } least || value >= least.Value)
        && (AtMost is not { } most || value <= most.Value)
        && (MoreThan is not { } more || value > more.Value)
        && (Below is not { } below || value < below.Value);

    /// <summary>True where <c>part / whole</c> is within the bounds, computed without dividing.</summary>
    public bool HoldShare(long part, long whole) =>
        !IsBlank
        && whole > 0
        && (AtLeast is not { Value: { } least } || part >= least * whole)
        && (AtMost is not { Value: { } most } || part <= most * whole)
        && (MoreThan is not { Value: { } more } || part > more * whole)
        && (Below is not { Value: { } below } || part < below * whole);
}

/// <summary>How long a measure lasts: so many days, a range that the decision fills, or until it is lifted.</summary>
/// <param name="Fixed">The days, or null.</param>
/// <param name="AtLeast">The least that a decision may set, or null.</param>
/// <param name="AtMost">The most that a decision may set, or null.</param>
/// <param name="IsOpen">True where the decision must set the days.</param>
/// <param name="IsBlank">True where the figure waits to be filled in.</param>
[JsonConverter(typeof(DaysConverter))]
public readonly record struct Days(int? Fixed, int? AtLeast, int? AtMost, bool IsOpen, bool IsBlank);

internal sealed class FigureConverter : JsonConverter<Figure>
{
    public override Figure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? new(reader.GetDecimal()) : new(null);

    public override void Write(Utf8JsonWriter writer, Figure value, JsonSerializerOptions options)
    {
        if (value.Value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue("fill_in");
    }
}

internal sealed class DaysConverter : JsonConverter<Days>
{
    public override Days Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return new(reader.GetInt32(), null, null, false, false);
            case JsonTokenType.String:
                var word = reader.GetString();
                return new(null, null, null, word == "decide", word == "fill_in");
            default:
                var bounds = JsonSerializer.Deserialize<Bounds>(ref reader, options)!;
                return new(null, (int?)bounds.AtLeast?.Value, (int?)bounds.AtMost?.Value, true, bounds.IsBlank);
        }
    }

    public override void Write(Utf8JsonWriter writer, Days value, JsonSerializerOptions options)
    {
        if (value.Fixed is { } days)
        {
            writer.WriteNumberValue(days);
            return;
        }

        if (value.IsBlank || (value.AtLeast is null && value.AtMost is null))
        {
            writer.WriteStringValue(value.IsBlank ? "fill_in" : "decide");
            return;
        }

        writer.WriteStartObject();
        if (value.AtLeast is { } least)
            writer.WriteNumber("at_least", least);
        if (value.AtMost is { } most)
            writer.WriteNumber("at_most", most);
        writer.WriteEndObject();
    }
}
