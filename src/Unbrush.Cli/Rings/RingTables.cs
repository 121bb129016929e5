using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Feeds.Writing;
using Unbrush.Graph.Rings;

namespace Unbrush.Cli.Rings;

/// <summary>Writes <c>rings</c> and <c>ring_members</c> as CSV and Parquet, with the columns of the findings and the certificate's figures after them.</summary>
internal sealed class RingTables(DuckDBConnection connection, EdgeList edges, Language language)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(RingResult result, string folder)
    {
        Run("""
            CREATE TEMP TABLE rings (ring_id VARCHAR, buyers INTEGER, sellers INTEGER, orders BIGINT, amount DECIMAL(18,2), density DOUBLE,
              q_value DOUBLE, first_at VARCHAR, last_at VARCHAR, verdict VARCHAR, reasons VARCHAR,
              observed INTEGER, expected DOUBLE, log10_p DOUBLE, log10_q DOUBLE, co_purchases BIGINT)
            """);
        Run("""
            CREATE TEMP TABLE ring_members (ring_id VARCHAR, kind VARCHAR, scope VARCHAR, id VARCHAR, role VARCHAR, orders INTEGER,
              met INTEGER, expected DOUBLE, probability DOUBLE)
            """);
        using (var rings = connection.CreateAppender("rings"))
        using (var members = connection.CreateAppender("ring_members"))
        {
            var named = new HashSet<string>();
            foreach (var ring in result.Rings)
                Append(rings, members, ring, NameOf(ring, named));
        }
        Copy("rings", "ring_id", folder);
        Copy("ring_members", "ring_id, kind, id", folder);
    }

    private void Append(DuckDBAppender rings, DuckDBAppender members, Ring ring, string id)
    {
        var proof = ring.Certificate;
        rings.CreateRow()
            .AppendValue(id)
            .AppendValue(ring.Buyers.Count)
            .AppendValue(ring.Sellers.Count)
            .AppendValue(ring.Orders)
            .AppendValue(edges.Weights.Length > 0 ? ring.Weight / (decimal)EdgeFile.WeightUnit : null)
            .AppendValue(Math.Round(ring.Density, 6))
            .AppendValue(proof.QValue)
            .AppendValue(Date(ring.First))
            .AppendValue(Date(ring.Last))
            .AppendValue(proof.QValue <= 0.01 ? "review" : "watch")
            .AppendValue(Reasons(ring))
            .AppendValue(proof.Observed)
            .AppendValue(proof.Expected)
            .AppendValue(proof.LogP / Math.Log(10))
            .AppendValue(proof.LogQ / Math.Log(10))
            .AppendValue(proof.CoPurchases)
            .EndRow();
        Append(members, id, "buyer", ring.Buyers, edges.LeftIds);
        Append(members, id, "seller", ring.Sellers, edges.RightIds);
    }

    private static void Append(DuckDBAppender table, string ring, string kind, IReadOnlyList<RingMember> members, string[] ids)
    {
        foreach (var m in members)
        {
            table.CreateRow().AppendValue(ring).AppendValue(kind).AppendValue("").AppendValue(ids[m.Id])
                .AppendValue(m.Core ? "core" : "periphery").AppendValue(m.Orders).AppendValue(m.Met)
                .AppendValue(Math.Round(m.Expected, 6)).AppendValue(Math.Round(m.Probability, 6)).EndRow();
        }
    }

    /// <summary>The hash of the smallest member that no stronger ring is named after: the same members, the same name.</summary>
    private string NameOf(Ring ring, HashSet<string> named)
    {
        foreach (var member in ring.Buyers.Select(b => "buyer\n\n" + edges.LeftIds[b.Id]).Concat(ring.Sellers.Select(s => "seller\n\n" + edges.RightIds[s.Id])))
        {
            var name = "R" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(member)))[..12].ToLowerInvariant();
            if (named.Add(name))
                return name;
        }
        throw new InvalidOperationException("Two rings have the same members: a fault of the ring finder.");
    }

    private string Reasons(Ring ring)
    {
        var proof = ring.Certificate;
        var text = new Sentence(
            string.Create(CultureInfo.InvariantCulture, $"{proof.Observed} buyers bought at {(proof.Least == 2 ? "two" : proof.Least.ToString(CultureInfo.InvariantCulture))} or more of these {ring.Sellers.Count} sellers; by chance {proof.Expected:0.##} would have (false-discovery rate {proof.QValue:0.###e+0})."),
            string.Create(CultureInfo.InvariantCulture, $"有 {proof.Observed} 名买家在这 {ring.Sellers.Count} 家店中的{(proof.Least == 2 ? "两" : proof.Least.ToString(CultureInfo.InvariantCulture))}家及以上购买；偶然情况下约为 {proof.Expected:0.##} 名（错误发现率 {proof.QValue:0.###e+0}）。"));
        return JsonSerializer.Serialize(
            new[] { new { signal = "buyers/ring", family = "buyers", value = (double)proof.Observed, expected = Math.Round(proof.Expected, 6), hard = false, text = text.In(language) } },
            Json);
    }

    private string? Date(long? time) => time is not { } t
        ? null
        : edges.TimeKind == TimeKind.Instant
            ? DateTimeOffset.FromUnixTimeSeconds(t).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : t.ToString(CultureInfo.InvariantCulture);

    private void Copy(string table, string order, string folder)
    {
        var path = Path.Combine(folder, table);
        Run($"COPY (SELECT {string.Join(", ", CsvColumns(table))} FROM {table} ORDER BY {order}) TO {EdgeFile.Literal(path + ".csv")} (HEADER)");
        Run($"COPY (SELECT * FROM {table} ORDER BY {order}) TO {EdgeFile.Literal(path + ".parquet")} (FORMAT parquet)");
    }

    private List<string> CsvColumns(string table)
    {
        var columns = new List<string>();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 0";
        using var reader = command.ExecuteReader();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var column = $"\"{reader.GetName(i)}\"";
            columns.Add(reader.GetFieldType(i) == typeof(string) ? $"{LiveFormula.DisarmSql(column)} AS {column}" : column);
        }

        return columns;
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
