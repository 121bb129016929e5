using Unbrush.Core;
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
    private readonly IStore _store;
    private readonly DetectorOptions _options;
    private readonly StepLog _log;

    /// <summary>Prepares a run.</summary>
    public Detector(IStore store, DetectorOptions options)
    {
        _store = store;
        _options = options;
        _log = new(options.Clock, options.Progress);
        Catalogue = SignalCatalogue.Load(options.Signals, options.OwnSignals);
        Model = EvidenceModel.Load(Path.Combine(options.Signals, "evidence.yaml"));
        Weighing = new(Catalogue, Model);
        Runner = new(store, Catalogue);
    }

    /// <summary>The signals of this run.</summary>
    public SignalCatalogue Catalogue { get; }

    /// <summary>The evidence model of this run.</summary>
    public EvidenceModel Model { get; }

    /// <summary>How this run adds evidence.</summary>
    public Weighing Weighing { get; }

    /// <summary>Runs signals, and knows which were skipped and why.</summary>
    public SignalRunner Runner { get; }

    /// <summary>The language of the reasons.</summary>
    public Language Language => _options.Language;

    /// <summary>The base rate from which each kind of subject started, in hundredths of a deciban.</summary>
    public Dictionary<Subject, int> Base { get; } = [];

    /// <summary>Each step with its rows and seconds.</summary>
    public IReadOnlyList<StepRecord> Steps => _log.Steps;

    /// <summary>Runs every step; afterwards the tables <c>finding_…</c> hold the findings.</summary>
    public void Run(CancellationToken cancel = default)
    {
        Weigh(cancel);
        Note();
        new FindingTables(_store, this).Build(_log, cancel);
    }

    /// <summary>Runs the steps up to the verdicts.</summary>
    public void Weigh(CancellationToken cancel = default)
    {
        new FactBuilder(_store, _options.Facts).Build(_log.Run, cancel);
        var provided = SignalRunner.ProvidedBy(_store);
        Runner.Prepare();
        _log.Run("signals.parcel", () => Runner.Run(Subject.Parcel, provided, _log.Say, cancel));
        _log.Run("rings", () => RingStep.Find(_store));
        var parcels = _log.Run("verdicts.parcel", () => ParcelVerdicts.Reach(this, _store));
        _log.Run("signals.order", () => Runner.Run(Subject.Order, provided, _log.Say, cancel));
        var orders = _log.Run("verdicts.order", () => OrderVerdicts.Reach(this, _store, parcels));
        Base[Subject.Parcel] = parcels.Appraisal.BaseCenti;
        Base[Subject.Order] = orders.BaseCenti;
        foreach (var subject in (Subject[])[Subject.Review, Subject.Buyer, Subject.Sender, Subject.Facility, Subject.Seller])
            _log.Run($"signals.{subject.ToString().ToLowerInvariant()}", () => Runner.Run(subject, provided, _log.Say, cancel));
        _log.Run("verdicts.others", () =>
        {
            ReviewVerdicts.Reach(this, _store);
            BuyerRoles.Reach(this, _store);
            SenderVerdicts.Reach(this, _store);
            FacilityVerdicts.Reach(this, _store);
            SellerVerdicts.Reach(this, _store);
        });
    }

    /// <summary>Adds what the run itself has to note to what the import noted.</summary>
    private void Note()
    {
        _store.Execute("CREATE OR REPLACE TABLE run_notes (n INTEGER, level VARCHAR, \"table\" VARCHAR, file VARCHAR, text VARCHAR)");
        var notes = Runner.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new Sentence(
            $"Signal '{s.Key}' was skipped: the feed has no {s.Value}.",
            $"跳过信号“{s.Key}”：数据中没有 {s.Value}。").In(Language)).ToArray();
        _store.Append(
            "run_notes",
            Enumerable.Range(1, notes.Length).ToArray(),
            Enumerable.Repeat("info", notes.Length).ToArray(),
            Runner.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value.Split('.')[0]).ToArray(),
            Enumerable.Repeat("", notes.Length).ToArray(),
            notes);
    }
}
