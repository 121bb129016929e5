using System.Text.Json;
using DuckDB.NET.Data;
using Unbrush.Core;

namespace Unbrush.Simulation.Evaluation;

/// <summary>Judges findings by the truth.</summary>
public sealed class Evaluator : IDisposable
{
    private static readonly HashSet<string> s_corrections = ["exclude_orders", "hide_reviews", "request_explanation", "protect"];

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly string _truth;
    private readonly string _findings;

    private Evaluator(string truth, string findings)
    {
        _truth = truth;
        _findings = findings;
        _connection.Open();
    }

    /// <summary>Compares a folder of findings (Parquet, else CSV) with a folder of truth.</summary>
    /// <param name="truthFolder">As <see cref="Simulator"/> wrote it.</param>
    /// <param name="findingsFolder">As <c>unbrush scan</c> wrote it.</param>
    /// <exception cref="UnbrushException">A needed table is missing or cannot be read.</exception>
    public static Judgement Judge(string truthFolder, string findingsFolder)
    {
        using var evaluator = new Evaluator(truthFolder, findingsFolder);
        try
        {
            return evaluator.Judge();
        }
        catch (DuckDBException e)
        {
            throw new UnbrushException(
                ExitCode.Unreadable,
                new Sentence(
                    $"The truth in '{truthFolder}' or the findings in '{findingsFolder}' cannot be read: {e.Message} Make them anew with 'unbrush simulate --truth' and 'unbrush scan --out'.",
                    $"无法读取“{truthFolder}”中的真相或“{findingsFolder}”中的结论：{e.Message} 请用 unbrush simulate --truth 和 unbrush scan --out 重新生成。"),
                e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private Judgement Judge()
    {
        View("truth_orders", Path.Combine(_truth, "truth_orders"), true);
        View("found_orders", Path.Combine(_findings, "orders"), true);
        Run("""
            CREATE TABLE judged AS
            SELECT t.platform, t.order_id, t.fake = '1' AS fake, t.victim = '1' AS victim, t.judged = '1' AS judged, t.scenario, t.role,
                   coalesce(CAST(f.score AS DOUBLE), 0) AS score, coalesce(CAST(f.verdict AS VARCHAR), 'clean') AS verdict
            FROM truth_orders t
            LEFT JOIN found_orders f ON f.platform = t.platform AND CAST(f.order_id AS VARCHAR) = t.order_id
            """);
        var (orders, fakes, confirmed, right, caught, genuineReview) = Rows("""
            SELECT count(*), count(*) FILTER (fake), count(*) FILTER (verdict = 'confirmed'), count(*) FILTER (verdict = 'confirmed' AND fake),
                   count(*) FILTER (verdict IN ('confirmed', 'review') AND fake), count(*) FILTER (verdict = 'review' AND NOT fake)
            FROM judged WHERE judged
            """, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)))[0];
        var genuine = orders - fakes;
        var ap = Ranking.AveragePrecision(Rows(
            "SELECT score, count(*) FILTER (fake), count(*) FROM judged WHERE judged GROUP BY score",
            r => (r.GetDouble(0), r.GetInt64(1), r.GetInt64(2))));
        var bins = Rows("""
            SELECT least(9, CAST(floor(score * 10) AS INTEGER)) AS bin, count(*), avg(score), avg(CASE WHEN fake THEN 1.0 ELSE 0.0 END)
            FROM judged WHERE judged GROUP BY bin ORDER BY bin
            """, r => new CalibrationBin(r.GetInt32(0) / 10.0, r.GetInt64(1), r.GetDouble(2), r.GetDouble(3)));
        var unknown = Rows("""
            SELECT count(*) FROM found_orders f
            WHERE NOT EXISTS (SELECT 1 FROM truth_orders t WHERE t.platform = f.platform AND t.order_id = CAST(f.order_id AS VARCHAR))
            """, r => r.GetInt64(0))[0];
        var (parcelPrecision, parcelRecall) = Parcels();
        var sellers = Punished("sellers", "seller_id", "platform", "t.brushing = '0'");
        var facilities = Punished("facilities", "facility_id", "carrier", "t.sells_empties = '0' AND coalesce(t.scenario, '') = '' AND coalesce(t.look_alike, '') <> 'H17b'");
        return new Judgement(
            orders,
            fakes,
            ap,
            Share(right, confirmed),
            Share(right, fakes),
            Share(caught, fakes),
            Share(genuineReview, genuine),
            confirmed - right,
            Share(confirmed - right, genuine) * 10_000,
            orders == 0 ? 0 : bins.Sum(b => b.Orders * Math.Abs(b.MeanScore - b.ShareFake)) / orders,
            Share(fakes, orders) ?? 0,
            parcelPrecision,
            parcelRecall,
            Outlets(),
            sellers.Punished,
            sellers.All,
            facilities.Punished,
            facilities.All,
            Victims(),
            unknown,
            bins,
            Scenarios());
    }

    private List<ScenarioLine> Scenarios() => Rows("""
        SELECT scenario, role, fake, count(*), avg(score),
               avg((verdict = 'clean')::INT), avg((verdict = 'data_quality')::INT), avg((verdict = 'watch')::INT),
               avg((verdict = 'review')::INT), avg((verdict = 'confirmed')::INT), avg((verdict = 'victim')::INT)
        FROM judged GROUP BY scenario, role, fake
        ORDER BY fake DESC, left(scenario, 1), TRY_CAST(regexp_extract(scenario, '[0-9]+') AS INTEGER), scenario, role
        """,
        r => new ScenarioLine(
            r.GetString(0), r.GetString(1), r.GetBoolean(2), r.GetInt64(3), r.GetDouble(4), r.GetDouble(5), r.GetDouble(6), r.GetDouble(7), r.GetDouble(8), r.GetDouble(9), r.GetDouble(10)));

    private (double? Precision, double? Recall) Parcels()
    {
        if (!View("truth_parcels", Path.Combine(_truth, "truth_parcels"), false) || !View("found_parcels", Path.Combine(_findings, "parcels"), false))
            return (null, null);
        // Instants may be written in any zone; carrier and number tell parcels apart save for recycled numbers, and a
        // number whose lives differ in truth is left out.
        var (found, right, empties) = Rows("""
            WITH t AS (SELECT carrier, waybill_no, max(empty) AS empty FROM truth_parcels GROUP BY ALL HAVING min(empty) = max(empty)),
                 f AS (SELECT carrier, CAST(waybill_no AS VARCHAR) AS waybill_no, bool_or(verdict = 'no_physical_parcel') AS found FROM found_parcels GROUP BY ALL)
            SELECT count(*) FILTER (f.found), count(*) FILTER (f.found AND t.empty = '1'), count(*) FILTER (t.empty = '1')
            FROM t LEFT JOIN f USING (carrier, waybill_no)
            """, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)))[0];
        return (Share(right, found), Share(right, empties));
    }

    private double? Outlets()
    {
        if (!View("truth_facilities", Path.Combine(_truth, "truth_facilities"), false) || !View("found_facilities", Path.Combine(_findings, "facilities"), false))
            return null;
        var columns = Rows("SELECT column_name FROM (DESCRIBE found_facilities)", r => r.GetString(0));
        var ranked = columns.Contains("rank") && Rows("SELECT count(*) FROM found_facilities WHERE TRY_CAST(rank AS DOUBLE) IS NOT NULL", r => r.GetInt64(0))[0] > 0;
        var score = ranked ? "coalesce(-TRY_CAST(f.rank AS DOUBLE), -1e18)" : "coalesce(TRY_CAST(f.rate AS DOUBLE), -1)";
        return Ranking.AveragePrecision(Rows($"""
            SELECT {score} AS score, count(*) FILTER (t.sells_empties = '1'), count(*)
            FROM truth_facilities t LEFT JOIN found_facilities f ON f.carrier = t.carrier AND CAST(f.facility_id AS VARCHAR) = t.facility_id
            WHERE t.kind = 'outlet' AND CAST(t.parcels AS BIGINT) > 0
            GROUP BY score
            """, r => (r.GetDouble(0), r.GetInt64(1), r.GetInt64(2))));
    }

    private (List<string> Punished, long All) Punished(string table, string id, string scope, string honest)
    {
        if (!View("truth_" + table, Path.Combine(_truth, "truth_" + table), false))
            return ([], 0);
        var all = Rows($"SELECT count(*) FROM truth_{table} t WHERE {honest}", r => r.GetInt64(0))[0];
        if (!View("found_" + table, Path.Combine(_findings, table), false))
            return ([], all);
        var rows = Rows($"""
            SELECT t.{scope} || '/' || t.{id}, CAST(f.proposals AS VARCHAR)
            FROM truth_{table} t JOIN found_{table} f ON f.{scope} = t.{scope} AND CAST(f.{id} AS VARCHAR) = t.{id}
            WHERE {honest} AND f.proposals IS NOT NULL ORDER BY 1
            """, r => (Id: r.GetString(0), Proposals: r.GetString(1)));
        return ([.. rows.Where(r => Punishes(r.Proposals)).Select(r => r.Id)], all);
    }

    private List<string> Victims()
    {
        var punished = Rows("SELECT 'order ' || platform || '/' || order_id FROM judged WHERE victim AND verdict = 'confirmed' ORDER BY 1", r => r.GetString(0));
        punished.AddRange(Punished("sellers", "seller_id", "platform", "t.victim = '1' AND t.brushing = '0'").Punished.Select(s => "seller " + s));
        if (View("truth_buyers", Path.Combine(_truth, "truth_buyers"), false) && View("found_buyers", Path.Combine(_findings, "buyers"), false))
        {
            punished.AddRange(Rows("""
                SELECT 'buyer ' || t.platform || '/' || t.buyer_id
                FROM truth_buyers t JOIN found_buyers f ON f.platform = t.platform AND CAST(f.buyer_id AS VARCHAR) = t.buyer_id
                WHERE t.role = 'victim' AND f.role = 'brusher' ORDER BY 1
                """, r => r.GetString(0)));
        }

        return punished;
    }

    private static bool Punishes(string proposals)
    {
        if (proposals.Length == 0)
            return false;
        using var json = JsonDocument.Parse(proposals);
        return json.RootElement.ValueKind == JsonValueKind.Array
            && json.RootElement.EnumerateArray().Any(p => p.TryGetProperty("code", out var code) && !s_corrections.Contains(code.GetString() ?? ""));
    }

    private bool View(string name, string stem, bool required)
    {
        var parquet = stem + ".parquet";
        var csv = stem + ".csv";
        string from;
        if (File.Exists(parquet))
        {
            from = $"read_parquet({Quoted(parquet)})";
        }
        else if (File.Exists(csv))
        {
            from = $"read_csv({Quoted(csv)}, header = true, delim = ',', quote = '\"', escape = '\"', all_varchar = true)";
        }
        else if (!required)
        {
            return false;
        }
        else
        {
            throw new UnbrushException(ExitCode.Unreadable, new Sentence(
                $"There is neither {Path.GetFileName(parquet)} nor {Path.GetFileName(csv)} in '{Path.GetDirectoryName(stem)}'; name the folder that holds it.",
                $"“{Path.GetDirectoryName(stem)}”中既没有 {Path.GetFileName(parquet)} 也没有 {Path.GetFileName(csv)}；请指定包含它的文件夹。"));
        }

        Run($"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {from}");
        return true;
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<T> Rows<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = (DuckDBDataReader)command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;

    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
