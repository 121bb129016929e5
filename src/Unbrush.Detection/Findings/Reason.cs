using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Unbrush.Core;
using Unbrush.Core.Evidence;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Findings;

/// <summary>
/// Writes reasons as the findings contract has them: a JSON array of one signal's statement each, a full sentence
/// among them. The decibans of all reasons of a subject add up to its evidence.
/// </summary>
internal sealed class ReasonJson(Language language) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _json;

    private static JsonWriterOptions Options => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public void Begin()
    {
        _buffer.ResetWrittenCount();
        _json ??= new(_buffer, Options);
        _json.Reset(_buffer);
        _json.WriteStartArray();
    }

    public string End()
    {
        _json!.WriteEndArray();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    /// <summary>A signal's statement.</summary>
    public void Signal(SignalDefinition signal, double value, double? expected, bool hard, int centi, IReadOnlyList<string> names, IReadOnlyList<string?> detail) =>
        Write(signal.Id, Word(signal.Family), value, expected, centi, hard, Sentences.Fill(signal.Text.In(language), language, value, expected, names, detail));

    /// <summary>What the subject's surroundings lend.</summary>
    public void Surroundings(string of, int centi) =>
        Write("context_" + of, "context", centi / 100.0, null, centi, false, Sentences.Surroundings(of, centi).In(language));

    /// <summary>What a facility's own parcels say of it: a count beside its verdict, no weight in it.</summary>
    public void Doubtful(double doubtful, double parcels) =>
        Write("doubtful_parcels", "logistics", doubtful, null, 0, false, Sentences.Doubtful(doubtful, parcels).In(language));

    /// <summary>Where every subject starts.</summary>
    public void BaseRate(double rate, int centi) =>
        Write("base_rate", "context", Math.Round(rate, 6), null, centi, false, Sentences.BaseRate(rate).In(language));

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();

    private static string Word(Family family) => family.ToString().ToLowerInvariant();

    private void Write(string signal, string family, double value, double? expected, int centi, bool hard, string text)
    {
        var json = _json!;
        json.WriteStartObject();
        json.WriteString("signal", signal);
        json.WriteString("family", family);
        json.WriteNumber("value", Math.Round(value, 6));
        if (expected is { } e && double.IsFinite(e))
            json.WriteNumber("expected", Math.Round(e, 6));
        else
            json.WriteNull("expected");
        json.WriteNumber("db", Math.Round(centi / 100m, 2));
        json.WriteBoolean("hard", hard);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}

/// <summary>The sentences that are not a signal's own, and the filling of placeholders.</summary>
internal static class Sentences
{
    public static Sentence BaseRate(double rate) => new(
        $"Before any evidence, {rate.ToString("P1", CultureInfo.InvariantCulture)} of all in this feed are taken to be fake.",
        $"在没有任何证据之前，按本批数据整体，约 {rate.ToString("P1", CultureInfo.InvariantCulture)} 被视为虚假。");

    public static Sentence Surroundings(string of, int centi)
    {
        var (en, zh) = of switch
        {
            "seller" => ("The other orders of this shop", "该店铺的其他订单"),
            "buyer" => ("The other orders of this buyer", "该买家的其他订单"),
            "origin" => ("The other parcels of this outlet", "该网点的其他包裹"),
            "sender" => ("The other parcels of this sender", "该寄件人的其他包裹"),
            "seller_origin" => ("The other orders of this shop through this outlet", "该店铺经该网点寄出的其他订单"),
            "device" => ("The other orders from this device", "该设备上的其他订单"),
            "payer" => ("The other orders paid from this wallet", "该付款账户支付的其他订单"),
            "paymaster" => ("The other orders of those whom the same private wallet sends money", "同一私人钱包的其他收款人的订单"),
            "ip" => ("The other orders from this network address", "该网络地址的其他订单"),
            "address" => ("The other orders to this address", "该地址的其他订单"),
            "ring" => ("The other orders between the members of its ring", "该团伙成员之间的其他订单"),
            "listing" => ("The other reviews of this item", "该商品的其他评价"),
            _ => ("The others of its group", "同组的其他记录"),
        };
        return centi >= 0
            ? new($"{en} look fake more often than is usual; this counts as prior odds, not as evidence.", $"{zh}比通常更多地显得虚假；这只作为先验，不作为证据。")
            : new($"{en} look ordinary, which speaks for this one.", $"{zh}看起来正常，这对它有利。");
    }

    public static Sentence Doubtful(double doubtful, double parcels)
    {
        var (some, all) = (Math.Max(1, Math.Round(doubtful)).ToString("N0", CultureInfo.InvariantCulture), parcels.ToString("N0", CultureInfo.InvariantCulture));
        return new($"Of the {all} parcels that entered here, about {some} are doubtful by their own evidence; they are judged against the carrier's other facilities of that size.",
            $"在此进入网络的 {all} 个包裹中，约有 {some} 个因自身证据而存疑；判断时已与同一快递公司同等规模的其他网点比较。");
    }

    public static string Fill(string sentence, Language language, double value, double? expected, IReadOnlyList<string> names, IReadOnlyList<string?> detail)
    {
        if (!sentence.Contains('{', StringComparison.Ordinal))
            return sentence;
        var text = new StringBuilder(sentence.Length + 32);
        for (var i = 0; i < sentence.Length; i++)
        {
            var end = sentence[i] == '{' ? sentence.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(sentence[i]);
                continue;
            }

            var name = sentence[(i + 1)..end];
            var filled = name switch
            {
                "value" => Number(value),
                "expected" => expected is { } e ? Number(e) : "–",
                _ => Detail(name, names, detail),
            };
            text.Append(filled);
            i = end;
            if (language == Language.En)
            {
                text.Append(Plural.Agree(sentence, end + 1, filled, out var length));
                i += length;
            }
        }

        return text.ToString();
    }

    private static string Detail(string name, IReadOnlyList<string> names, IReadOnlyList<string?> detail)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i < detail.Count ? detail[i] ?? "–" : "–";
        }

        return "{" + name + "}";
    }

    private static string Number(double number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
