using System.Diagnostics;
using System.Globalization;
using Unbrush.Detection;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

// Measures every signal against known truth: how often it fires on fakes and on genuine orders, what that is worth in
// decibans, and what the signal gives itself. Prints the totals too. The recipe is in docs/evidence.md.
//   calibration FEED TRUTH_ORDERS.csv [FEED TRUTH …] [--signals DIR] [--facts DIR]
var signals = Option("--signals") ?? ProductData.Signals;
var facts = Option("--facts") ?? ProductData.Facts;
var pairs = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).Chunk(2).ToList();
using var all = new DuckDbStore();
all.Execute("CREATE TABLE fired (world INTEGER, order_no INTEGER, signal VARCHAR, centi INTEGER, hard BOOLEAN)");
all.Execute("CREATE TABLE judged (world INTEGER, order_no INTEGER, fake BOOLEAN, victim BOOLEAN, scenario VARCHAR, score DOUBLE, centi INTEGER, own_centi INTEGER, sale_centi INTEGER, families INTEGER, hard BOOLEAN, verdict VARCHAR)");
for (var world = 0; world < pairs.Count; world++)
{
    var watch = Stopwatch.StartNew();
    var path = Path.Combine(Path.GetTempPath(), $"calibration-{Environment.ProcessId}-{world}");
    Directory.CreateDirectory(path);
    using (var workspace = Workspace.OpenTemporary(new StoreOptions()))
    {
        var store = workspace.Store;
        workspace.Import([pairs[world][0]], new());
        var detector = new Detector(store, new DetectorOptions { Signals = signals, Facts = facts });
        detector.Weigh();
        if (pairs.Count == 1)
        {
            foreach (var step in detector.Steps)
                Console.Error.WriteLine($"  {step.Name,-20}{step.Seconds,7:0.00} s");
        }

        foreach (var (id, missing) in detector.Runner.Skipped.Where(_ => pairs.Count == 1))
            Console.Error.WriteLine($"  skipped {id}: no {missing}");
        var names = string.Join(", ", detector.Catalogue.Signals.Select(s => $"'{s.Id}'"));
        store.Execute($"CREATE TEMP TABLE truth AS SELECT platform, order_id, fake::INTEGER = 1 AS fake, victim::INTEGER = 1 AS victim, scenario FROM read_csv('{pairs[world][1]}', all_varchar=true)");
        store.Execute($"""
            COPY (SELECT {world} AS world, e.order_no, [{names}][e.signal + 1] AS signal, max(e.centi) AS centi, bool_or(e.hard) AS hard
                  FROM (SELECT order_no, signal, centi, hard FROM evidence_order UNION ALL
                        SELECT c.order_no, e.signal, e.centi, e.hard FROM evidence_parcel e JOIN order_parcel c ON c.parcel_no = e.parcel_no) e
                  GROUP BY e.order_no, e.signal) TO '{path}/fired.parquet';
            COPY (SELECT {world} AS world, v.order_no, coalesce(t.fake, false) AS fake, coalesce(t.victim, false) AS victim, coalesce(t.scenario, '') AS scenario,
                         v.score, v.centi, v.own_centi, v.sale_centi, v.families, v.hard, v.verdict
                  FROM verdict_order v JOIN fact_order o USING (order_no) LEFT JOIN truth t ON t.platform = o.platform AND t.order_id = o.order_id) TO '{path}/judged.parquet';
            """);
    }

    all.Execute($"INSERT INTO fired SELECT * FROM '{path}/fired.parquet'; INSERT INTO judged SELECT * FROM '{path}/judged.parquet'");
    Directory.Delete(path, true);
    Console.Error.WriteLine($"world {world}: {pairs[world][0]} {watch.Elapsed.TotalSeconds:0.0} s");
}

Print("signals: share firing on fakes and genuine, measured LR in dB, mean dB given, hard shares", """
    WITH n AS (SELECT count(*) FILTER (WHERE fake) AS f, count(*) FILTER (WHERE NOT fake AND NOT victim) AS g, count(*) FILTER (WHERE victim) AS v FROM judged)
    SELECT signal, count(*) FILTER (WHERE fake) AS fakes, count(*) FILTER (WHERE NOT fake AND NOT victim) AS genuine, count(*) FILTER (WHERE victim) AS victims,
           round(10 * log10(((count(*) FILTER (WHERE fake) + 0.5) / (any_value(f) + 1)) / ((count(*) FILTER (WHERE NOT fake AND NOT victim) + 0.5) / (any_value(g) + 1))), 1) AS lr_db,
           round(avg(r.centi) / 100, 1) AS given_db,
           round(avg(r.centi) FILTER (WHERE fake) / 100, 1) AS given_fake,
           count(*) FILTER (WHERE r.hard AND fake) AS hard_fake, count(*) FILTER (WHERE r.hard AND NOT fake AND NOT victim) AS hard_genuine
    FROM fired r JOIN judged j USING (world, order_no) CROSS JOIN n
    GROUP BY signal ORDER BY lr_db DESC
    """);
Print("weights against what they are worth: by signal and given dB, measured LR", """
    WITH n AS (SELECT count(*) FILTER (WHERE fake) AS f, count(*) FILTER (WHERE NOT fake AND NOT victim) AS g FROM judged)
    SELECT signal, 3 * floor(r.centi / 300) AS given_from, count(*) FILTER (WHERE fake) AS fakes, count(*) FILTER (WHERE NOT fake AND NOT victim) AS genuine,
           round(10 * log10(((count(*) FILTER (WHERE fake) + 0.5) / (any_value(f) + 1)) / ((count(*) FILTER (WHERE NOT fake AND NOT victim) + 0.5) / (any_value(g) + 1))), 1) AS lr_db
    FROM fired r JOIN judged j USING (world, order_no) CROSS JOIN n
    GROUP BY signal, given_from HAVING count(*) >= 60 ORDER BY signal, given_from
    """);
Print("by world", """
    WITH ranked AS (
      SELECT world, score, count(*) FILTER (WHERE fake) AS f, count(*) AS n FROM judged WHERE NOT victim GROUP BY world, score),
    curve AS (
      SELECT world, f, sum(f) OVER w AS tp, sum(n) OVER w AS k, sum(f) OVER (PARTITION BY world) AS total FROM ranked
      WINDOW w AS (PARTITION BY world ORDER BY score DESC)),
    ap AS (SELECT world, sum(f * 1.0 / total * tp / k) AS ap FROM curve GROUP BY world),
    bins AS (SELECT world, least(9, floor(score * 10)) AS b, count(*) AS n, avg(score) AS s, avg(fake::INTEGER) AS t FROM judged WHERE NOT victim GROUP BY ALL),
    ece AS (SELECT world, sum(n * abs(s - t)) / sum(n) AS ece FROM bins GROUP BY world)
    SELECT j.world, count(*) AS orders, count(*) FILTER (WHERE fake) AS fakes, round(any_value(ap), 4) AS ap,
           round(count(*) FILTER (WHERE verdict = 'confirmed' AND fake) / count(*) FILTER (WHERE verdict = 'confirmed' AND NOT victim), 4) AS conf_precision,
           round(count(*) FILTER (WHERE verdict = 'confirmed' AND fake) / count(*) FILTER (WHERE fake), 3) AS conf_recall,
           round(count(*) FILTER (WHERE verdict IN ('confirmed', 'review') AND fake) / count(*) FILTER (WHERE fake), 3) AS rev_recall,
           round(1e4 * count(*) FILTER (WHERE verdict = 'review' AND NOT fake AND NOT victim) / count(*) FILTER (WHERE NOT fake AND NOT victim), 1) AS review_genuine_1e4,
           round(1e4 * count(*) FILTER (WHERE verdict = 'confirmed' AND NOT fake AND NOT victim) / count(*) FILTER (WHERE NOT fake AND NOT victim), 2) AS wrong_1e4,
           count(*) FILTER (WHERE verdict = 'confirmed' AND victim) AS victims_confirmed, round(any_value(ece), 4) AS ece
    FROM judged j JOIN ap USING (world) JOIN ece USING (world) GROUP BY j.world ORDER BY j.world
    """);
Print("by scenario", """
    SELECT scenario, count(*) AS n, round(avg(fake::INTEGER), 2) AS fake, round(avg(victim::INTEGER), 2) AS victim, round(avg(score), 3) AS score,
           round(quantile_cont(centi / 100.0, 0.1), 1) AS db10, round(quantile_cont(centi / 100.0, 0.5), 1) AS db50, round(quantile_cont(centi / 100.0, 0.9), 1) AS db90, round(avg(own_centi) / 100, 1) AS own,
           round(avg((verdict = 'confirmed')::INTEGER), 3) AS confirmed, round(avg((verdict = 'review')::INTEGER), 3) AS review, round(avg((verdict = 'watch')::INTEGER), 3) AS watch,
           round(avg((verdict = 'victim')::INTEGER), 3) AS victims, round(avg(hard::INTEGER), 2) AS hard, round(avg(families), 1) AS families
    FROM judged GROUP BY scenario ORDER BY fake DESC, scenario
    """);
Print("calibration: total decibans against the share of fakes", """
    SELECT floor(centi / 300) * 3 AS db, count(*) AS n, count(*) FILTER (WHERE fake) AS fakes, round(avg(score), 4) AS score, round(avg(fake::INTEGER), 4) AS share,
           round(10 * log10((count(*) FILTER (WHERE fake) + 0.5) / (count(*) FILTER (WHERE NOT fake) + 0.5)), 1) AS true_db
    FROM judged WHERE NOT victim GROUP BY 1 ORDER BY 1
    """);
Print("genuine orders wrongly confirmed", """
    SELECT j.world, j.order_no, j.scenario, j.own_centi / 100.0 AS own, j.centi / 100.0 AS total, j.families,
           string_agg(signal || ' ' || round(r.centi / 100.0, 1) || CASE WHEN r.hard THEN '!' ELSE '' END, ', ' ORDER BY r.centi DESC) AS signals
    FROM judged j JOIN fired r USING (world, order_no) WHERE j.verdict = 'confirmed' AND NOT j.fake AND r.centi > 100 GROUP BY ALL ORDER BY total DESC LIMIT 40
    """);
Print("what confirming at another weight of own evidence would give", """
    SELECT least_own, count(*) FILTER (WHERE fake) AS fakes, count(*) FILTER (WHERE NOT fake AND NOT victim) AS genuine FROM judged, (VALUES (0), (10), (14), (18), (22), (26), (30)) t(least_own)
    WHERE verdict = 'confirmed' AND own_centi >= 100 * least_own GROUP BY ALL ORDER BY 1
    """);
Print("what confirming at another weight against the sale itself would give", """
    SELECT least_sale, count(*) FILTER (WHERE fake) AS fakes, count(*) FILTER (WHERE NOT fake) AS genuine FROM judged, (VALUES (0), (3), (3.5), (4), (4.5), (5), (6), (8)) t(least_sale)
    WHERE verdict = 'confirmed' AND sale_centi >= 100 * least_sale GROUP BY ALL ORDER BY 1
    """);
Print("genuine orders ranked too high: the signals behind them", """
    WITH wrong AS (SELECT * FROM judged WHERE NOT fake AND NOT victim ORDER BY score DESC LIMIT 200)
    SELECT scenario, signal, count(*) AS n, round(avg(r.centi) / 100, 1) AS db FROM wrong JOIN fired r USING (world, order_no) WHERE r.centi > 200 GROUP BY ALL ORDER BY n DESC LIMIT 25
    """);
return 0;

string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 ? args[at + 1] : null;
}

void Print(string title, string sql)
{
    Console.WriteLine($"\n## {title}");
    using var reader = all.Query(sql);
    var rows = new List<string[]> { Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray() };
    while (reader.Read())
        rows.Add(Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!).ToArray());
    var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
    foreach (var row in rows)
        Console.WriteLine(string.Join("  ", row.Select((c, i) => i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))));
}
