using System.Globalization;
using Unbrush.Core.Evidence;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Findings;

/// <summary>
/// Writes <c>reasons_order</c>, <c>reasons_parcel</c> …: the account of every subject that is not clean, and of a clean order that
/// ten decibans or more weigh against by themselves; <c>explain</c> gives it of any. An order's account holds its parcel's evidence as its own.
/// </summary>
internal sealed class ReasonTables(Detector detector)
{
    /// <summary>About how many subjects a slice holds, and how many slices there are at most.</summary>
    private const int Slice = 100_000;

    private const int MostSlices = 16;

    private static readonly Subject[] s_subjects = [Subject.Order, Subject.Parcel, Subject.Review, Subject.Seller, Subject.Facility, Subject.Sender];

    /// <summary>Which subjects of a kind owe a reason, as a SELECT of their numbers that takes further conditions.</summary>
    public static string Owing(Subject subject) => subject switch
    {
        Subject.Order => "SELECT order_no FROM verdict_order WHERE (verdict <> 'clean' OR own_centi >= 1000)",
        Subject.Parcel => "SELECT parcel_no FROM verdict_parcel WHERE verdict NOT IN ('physical', 'unknown')",
        Subject.Review => "SELECT review_no FROM verdict_review WHERE verdict <> 'clean'",
        Subject.Seller => "SELECT seller_no FROM verdict_seller WHERE true",
        Subject.Facility => "SELECT facility_no FROM verdict_facility WHERE true",
        Subject.Sender => "SELECT sender_no FROM verdict_sender WHERE true",
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "Subjects of this kind give no reasons."),
    };

    /// <summary>The writing of all accounts, in slices of subjects that are read, put into words and kept one at a time.</summary>
    public IReadOnlyList<Job> Jobs(IStore store)
    {
        var jobs = new List<Job>();
        foreach (var subject in s_subjects)
        {
            var column = SignalDefinition.ColumnOf(subject);
            var kind = column[..^3];
            store.Execute($"CREATE OR REPLACE TABLE reasons_{kind} ({column} INTEGER, reasons VARCHAR)");
            var subjects = Rows.Count(store, $"verdict_{kind}");
            var slices = Math.Clamp(subjects / Slice, 1, MostSlices);
            for (var i = 0; i < slices; i++)
            {
                var (from, to) = ((long)subjects * i / slices, (long)subjects * (i + 1) / slices);
                var owing = $"{Owing(subject)} AND {column} > {from} AND {column} <= {to}";
                jobs.Add(new(slices == 1 ? kind : $"{kind}.{i + 1}", [], on => Write(on, subject, $"reasons_{kind}", owing)));
            }
        }

        return jobs;
    }

    private void Write(IStore store, Subject subject, string table, string owing)
    {
        List<int> subjects = [];
        List<string> reasons = [];
        using (var json = new ReasonJson(detector.Language))
        {
            Read(store, subject, owing, (n, account) =>
            {
                subjects.Add(n);
                reasons.Add(Render(subject, account, json));
            });
        }

        store.Append(table, subjects.ToArray(), reasons.ToArray());
    }

    /// <summary>The account of one subject, owing or not, and the items that it weighs.</summary>
    public (string Json, EvidenceItem[] Items) Of(IStore store, Subject subject, int number)
    {
        using var json = new ReasonJson(detector.Language);
        (string, EvidenceItem[])? found = null;
        Read(store, subject, $"SELECT {number.ToString(CultureInfo.InvariantCulture)} AS {SignalDefinition.ColumnOf(subject)}", (_, account) => found = (Render(subject, account, json), [.. account.Items]));
        return found ?? (Render(subject, new(), json), []);
    }

    private static void Read(IStore store, Subject subject, string owing, Action<int, Account> tell)
    {
        var column = SignalDefinition.ColumnOf(subject);
        store.Execute($"CREATE OR REPLACE TEMP TABLE owing AS {owing}");
        var own = $"SELECT e.{column} AS n, e.signal, e.value, e.expected, e.hard, e.centi, e.detail, NULL AS surroundings FROM {SignalRunner.TableOf(subject)} e SEMI JOIN owing w ON w.{column} = e.{column}";
        if (subject == Subject.Order)
            own += $" UNION ALL SELECT c.order_no, e.signal, e.value, e.expected, e.hard, e.centi, e.detail, NULL FROM {SignalRunner.TableOf(Subject.Parcel)} e JOIN order_parcel c ON c.parcel_no = e.parcel_no SEMI JOIN owing w ON w.order_no = c.order_no";
        if (subject is Subject.Order or Subject.Parcel)
            own += $" UNION ALL SELECT e.{column}, CAST(-1 AS SMALLINT), NULL, NULL, false, e.centi, NULL, e.surroundings FROM context_{column[..^3]} e SEMI JOIN owing w ON w.{column} = e.{column}";
        if (subject == Subject.Facility)
            own += " UNION ALL SELECT v.facility_no, CAST(-1 AS SMALLINT), v.doubtful, CAST(v.parcels AS DOUBLE), false, 0, NULL, 'parcels' FROM verdict_facility v SEMI JOIN owing w ON w.facility_no = v.facility_no WHERE v.verdict <> 'clean' AND v.doubtful >= 0.5";
        using var reader = store.Query($"SELECT * FROM ({own}) ORDER BY n, signal, centi DESC, hard DESC, surroundings, value, hash(detail)");
        var account = new Account();
        var current = 0;
        while (reader.Read())
        {
            var n = reader.GetInt32(0);
            if (n != current && current != 0)
                Finish();
            current = n;
            var signal = reader.GetInt16(1);
            if (signal < 0)
            {
                account.Surroundings.Add((reader.GetString(7), reader.GetInt32(5), reader.IsDBNull(2) ? 0 : reader.GetDouble(2), reader.IsDBNull(3) ? 0 : reader.GetDouble(3)));
                continue;
            }

            account.Items.Add(new(signal, reader.GetInt32(5), reader.GetBoolean(4)));
            account.Values.Add((reader.GetDouble(2), reader.IsDBNull(3) ? null : reader.GetDouble(3)));
            account.Details.Add(reader.IsDBNull(6) ? [] : [.. (IEnumerable<string?>)reader.GetValue(6)]);
        }

        if (current != 0)
            Finish();

        void Finish()
        {
            tell(current, account);
            account.Clear();
        }
    }

    private string Render(Subject subject, Account account, ReasonJson json)
    {
        var items = account.Items.ToArray();
        Span<int> given = items.Length <= 64 ? stackalloc int[items.Length] : new int[items.Length];
        detector.Weighing.Weigh(items, given, asSale: subject == Subject.Order);
        json.Begin();
        Span<int> order = items.Length <= 64 ? stackalloc int[items.Length] : new int[items.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var j = i;
            for (; j > 0 && given[order[j - 1]] < given[i]; j--)
                order[j] = order[j - 1];
            order[j] = i;
        }

        foreach (var i in order)
        {
            if (i > 0 && items[i - 1].Signal == items[i].Signal)
                continue;
            var signal = detector.Catalogue.Signals[items[i].Signal];
            json.Signal(signal, account.Values[i].Value, account.Values[i].Expected, items[i].IsHard, given[i], detector.Runner.NamesOf(items[i].Signal), account.Details[i]);
        }

        foreach (var (of, centi, doubtful, parcels) in account.Surroundings)
        {
            if (subject == Subject.Facility)
                json.Doubtful(doubtful, parcels);
            else
                json.Surroundings(of, centi);
        }

        if (subject is Subject.Order or Subject.Parcel)
            json.BaseRate(new Decibans(detector.Base[subject]).ToProbability(), detector.Base[subject]);
        return json.End();
    }

    private sealed class Account
    {
        public List<EvidenceItem> Items { get; } = [];

        public List<(double Value, double? Expected)> Values { get; } = [];

        public List<IReadOnlyList<string?>> Details { get; } = [];

        /// <summary>What surrounds the subject; of a facility, its doubtful parcels among all.</summary>
        public List<(string Of, int Centi, double Doubtful, double Parcels)> Surroundings { get; } = [];

        public void Clear()
        {
            Items.Clear();
            Values.Clear();
            Details.Clear();
            Surroundings.Clear();
        }
    }
}
