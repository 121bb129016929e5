using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Facts;
using Unbrush.Detection.Findings;
using Unbrush.Detection.Rings;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Pipeline;

/// <summary>What a run of the detector is to do.</summary>
public sealed record DetectorOptions
{
    /// <summary>The language of the reasons.</summary>
    public Language Language { get; init; }

    /// <summary>A user's own signals, or null.</summary>
    public string? OwnSignals { get; init; }

    /// <summary>The folder of facts.</summary>
    public string Facts { get; init; } = ProductData.Facts;

    /// <summary>The folder of the product's signals.</summary>
    public string Signals { get; init; } = ProductData.Signals;

    /// <summary>True where nobody asks for the feed's tables after this run: they are dropped once they have been read.</summary>
    public bool ForgetsFeed { get; init; }

    /// <summary>Told what is being done, for people who wait.</summary>
    public IProgress<StepProgress>? Progress { get; init; }

    /// <summary>The clock that measures the steps; never reaches a finding.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// Runs the way of the data over a store that holds a feed: facts, signals, rings, evidence, verdicts, findings. Each
/// step is a table that the next ones read; nothing flows back.
/// </summary>
public sealed class Detector
{
    private const string Judging = "signals.parcel+order";
    private const string Rest = "signals.others";

    private static readonly Subject[] s_rest = [Subject.Review, Subject.Buyer, Subject.Sender, Subject.Facility, Subject.Seller];

    private readonly IStore _store;
    private readonly DetectorOptions _options;

    /// <summary>Prepares a run.</summary>
    public Detector(IStore store, DetectorOptions options)
    {
        _store = store;
        _options = options;
        Log = new(options.Clock, options.Progress);
        Catalogue = SignalCatalogue.Load(options.Signals, options.OwnSignals);
        Model = EvidenceModel.Load(Path.Combine(options.Signals, "evidence.yaml"));
        Weighing = new(Catalogue, Model);
        Runner = new(store, Catalogue);
        Crew = new(store);
    }

    /// <summary>The signals of this run.</summary>
    public SignalCatalogue Catalogue { get; }

    /// <summary>The evidence model of this run.</summary>
    public EvidenceModel Model { get; }

    /// <summary>How this run adds evidence.</summary>
    public Weighing Weighing { get; }

    /// <summary>Runs signals, and knows which were skipped and why.</summary>
    public SignalRunner Runner { get; }

    /// <summary>The tables, and their columns as <c>table.column</c>, that the feed fills.</summary>
    public HashSet<string> Provided { get; private set; } = [];

    /// <summary>The language of the reasons.</summary>
    public Language Language => _options.Language;

    /// <summary>The base rate from which each kind of subject started, in hundredths of a deciban.</summary>
    public Dictionary<Subject, int> Base { get; } = [];

    /// <summary>Runs what may run beside each other.</summary>
    internal Crew Crew { get; }

    /// <summary>Times the steps and tells who waits.</summary>
    internal StepLog Log { get; }

    /// <summary>Each step with its rows and seconds.</summary>
    public IReadOnlyList<StepRecord> Steps => Log.Steps;

    /// <summary>Runs every step; afterwards the tables <c>finding_…</c> hold the findings.</summary>
    public void Run(CancellationToken cancel = default)
    {
        Weigh(cancel);
        Note();
        RunRecord.Write(_store, this);
        new FindingTables(_store, this).Build(Log, cancel);
    }

    /// <summary>Runs the steps up to the verdicts.</summary>
    public void Weigh(CancellationToken cancel = default)
    {
        var facts = new FactBuilder(_store, _options.Facts);
        facts.Prepare();
        var provided = Provided = SignalRunner.ProvidedBy(_store);
        var jobs = facts.Jobs().Select(f => f with { Run = on => Log.Run(f.Name, () => f.Run(on), () => Rows.Count(on, f.Name)) });
        Crew.Run(Lifetimes.Bound([.. jobs], IsKept()), cancel);
        Runner.Prepare();
        ParcelResult parcels = null!;
        var ofParcels = Signals(Judging, Subject.Parcel, provided);
        Log.Run(
            Judging,
            () => Crew.Run(
                [
                    new(RingStep.Name, [], on => Log.Run(RingStep.Name, () => new RingStep(on, Language).Find())),
                    .. ofParcels,
                    new(ParcelVerdicts.Name, [.. ofParcels.Select(s => s.Name)], on => parcels = Log.Run(ParcelVerdicts.Name, () => ParcelVerdicts.Reach(this, on))),
                    .. Signals(Judging, Subject.Order, provided),
                ],
                cancel),
            () => EvidenceOn(Subject.Parcel, Subject.Order));
        Log.Run("rings.backing", () => RingBacking.Reach(_store, Catalogue.NumberOf("ring_purchase")));
        var orders = Log.Run("verdicts.order", () => OrderVerdicts.Reach(this, _store, parcels));
        Base[Subject.Parcel] = parcels.Appraisal.BaseCenti;
        Base[Subject.Order] = orders.BaseCenti;
        Log.Run(Rest, () => Crew.Run([.. s_rest.SelectMany(s => Signals(Rest, s, provided))], cancel), () => EvidenceOn(s_rest));
        Log.Run("verdicts.others", () => Crew.Run(
            [
                new("review", [], on => ReviewVerdicts.Reach(this, on)),
                new("buyer", [], on => BuyerRoles.Reach(this, on)),
                new("sender", [], on => SenderVerdicts.Reach(this, on)),
                new("facility", [], on => FacilityVerdicts.Reach(this, on)),
                new("seller", ["review"], on => SellerVerdicts.Reach(this, on)),
            ],
            cancel));
    }

    /// <summary>Which tables are read after the facts are there. What a user's signals read is not looked into: they may ask for any.</summary>
    private Func<string, bool> IsKept()
    {
        if (_options.OwnSignals is not null)
            return _ => true;
        var read = Catalogue.Signals.SelectMany(s => FactBuilder.ReadBy(s.Sql)).Concat(Lifetimes.ReadByProgram).ToHashSet(StringComparer.Ordinal);
        return table => read.Contains(table) || (!_options.ForgetsFeed && FeedSchema.Find(table) is not null);
    }

    /// <summary>The running of the signals about one kind of subject, each once the steps that run beside it have made what it reads.</summary>
    private List<Job> Signals(string step, Subject subject, HashSet<string> provided) =>
        [.. Runner.Jobs(subject, provided).Select(s => s with { Run = on => Log.Part(step, s.Name, () => s.Run(on)) })];

    private long EvidenceOn(params Subject[] subjects) => subjects.Sum(s => (long)Rows.Count(_store, SignalRunner.TableOf(s)));

    /// <summary>Puts together what the import noted, what it quarantined, and which signals were skipped.</summary>
    private void Note()
    {
        var text = Language == Language.Zh ? "zh" : "en";
        _store.Execute("CREATE OR REPLACE TEMP TABLE skipped_signal (\"table\" VARCHAR, text VARCHAR)");
        var skipped = Runner.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).ToList();
        _store.Append("skipped_signal", skipped.Select(s => s.Value.Split('.')[0]).ToArray(), skipped.Select(s => new Sentence(
            $"Signal '{s.Key}' was skipped: the feed has no {s.Value}.",
            $"跳过信号“{s.Key}”：数据中没有 {s.Value}。").In(Language)).ToArray());
        _store.Execute($"""
            CREATE OR REPLACE TABLE run_notes AS
            WITH noted AS (
              SELECT 1 AS part, level, "table", file, {text} AS text FROM import_note
              UNION ALL
              SELECT 2, 'warning', "table", name, {(Language == Language.Zh
                  ? "CAST(read AS VARCHAR) || ' 行中有 ' || CAST(quarantined AS VARCHAR) || ' 行无法读取，已隔离，见 quarantine.csv。'"
                  : "CAST(quarantined AS VARCHAR) || ' of ' || CAST(read AS VARCHAR) || ' rows could not be read and are in quarantine.csv.'")} FROM import_file WHERE quarantined > 0
              UNION ALL
              SELECT 3, 'info', "table", '', text FROM skipped_signal
              UNION ALL
              SELECT 4, 'warning', 'parcel_orders', '', {(Language == Language.Zh
                  ? "'数据没有说明哪个包裹属于哪个订单：系统按收货地址、寄件人和发货时间为 ' || CAST(count(DISTINCT order_no) AS VARCHAR) || ' 个订单找到了包裹。'"
                  : "'The feed does not say which parcel carries which order: for ' || CAST(count(DISTINCT order_no) AS VARCHAR) || ' orders one was found by address, sender and time of shipping.'")}
              FROM fact_link WHERE guessed HAVING count(*) > 0
            )
            SELECT CAST(row_number() OVER (ORDER BY part, level DESC, "table", file, text) AS INTEGER) AS n, level, "table", file, text
            FROM (SELECT DISTINCT * FROM noted)
            """);
    }
}
