using Unbrush.Casework.Actions;
using Unbrush.Casework.Proposals;

namespace Unbrush.Casework.Tests;

/// <summary>Random sequences of propose, decide, apply, lift, expire and re-scan, held against an obvious model.</summary>
public abstract class SequenceTests : OnBothStores
{
    public sealed class OnSqlite : SequenceTests
    {
        protected override bool IsPostgres => false;

        protected override int Sequences => 12;
    }

    public sealed class OnPostgres : SequenceTests
    {
        protected override bool IsPostgres => true;

        protected override int Sequences => 6;
    }

    protected abstract int Sequences { get; }

    /// <summary>What the model remembers of one measure.</summary>
    private sealed class Laid
    {
        public required string Code { get; init; }

        public required Subject Subject { get; init; }

        public required DateTimeOffset From { get; init; }

        public DateTimeOffset? Until { get; init; }

        public bool IsLifted { get; set; }
    }

    [Fact]
    public void Whatever_happens_the_export_is_the_models_and_lifting_takes_everything_back()
    {
        for (var seed = 0; seed < Sequences; seed++)
        {
            using var world = new World(IsPostgres);
            world.Run(new Random(seed));
        }
    }

    /// <summary>One store with its model.</summary>
    private sealed class World(bool isPostgres) : OnBothStores
    {
        private readonly List<Laid> laid = [];
        private readonly List<FindingsBuilder> scans = [];
        private SortedDictionary<string, string> empty = [];

        protected override bool IsPostgres => isPostgres;

        public void Run(Random random)
        {
            empty = Export(parquet: true);
            for (var step = 0; step < 14; step++)
            {
                switch (random.Next(7))
                {
                    case 6: Rescan(random); break;
                    case 0: Scan(random); break;
                    case 1: Decide(random, adopt: true); break;
                    case 2: Decide(random, adopt: false); break;
                    case 3: Clock.Move(TimeSpan.FromDays(random.Next(1, 12))); break;
                    case 4: Lift(random); break;
                    default: AdoptAndTakeBack(random); break;
                }

                Apply();
                CheckAgainstTheModel();
            }

            var entries = Ledger.Head().Seq;
            foreach (var proposal in Proposals.List(new(Standing.Found), limit: 1000))
                Desk.LiftProposal(proposal.Id, Ben, "all of it");
            Assert.Equal(empty, Export(parquet: true));
            Assert.True(Verify().IsWhole);
            Assert.DoesNotContain(Proposals.List(new(), limit: 1000), p => p.Standing == Standing.Found);
            Assert.True(Ledger.Head().Seq >= entries);
            NothingIsHeldAgainstAnybody();
        }

        /// <summary>What was lifted is no earlier occurrence, and the evidence it rested on proposes nothing any more.</summary>
        private void NothingIsHeldAgainstAnybody()
        {
            RejectOpen();
            var decided = Cleared();
            foreach (var scan in scans)
            {
                // What a newer scan had overtaken before anybody looked at it may come up; what was decided may not.
                Propose(scan);
                Assert.DoesNotContain(Open().SelectMany(BasisOf), decided.Contains);
                RejectOpen();
            }

            foreach (var scan in scans)
                Propose(scan);
            Assert.Empty(Open());
            Clock.Move(TimeSpan.FromDays(1));
            Propose(new FindingsBuilder().Orders("s0", 1, platform: "jd", prefix: "new").Orders("s1", 1, platform: "douyin", prefix: "new").Facility("f1", 30, 29, 0.9, verdict: "confirmed", at: Clock.Now.AddHours(-1)));
            Assert.NotEmpty(Open("shop/jd/s0"));
            Assert.NotEmpty(Open("outlet/yto/f1"));
            Assert.All(Open(), p => Assert.Equal(1, p.Occurrence));
        }

        private void RejectOpen()
        {
            foreach (var proposal in Open())
                Decider.Reject(proposal.Id, new(Ann, "all of it"));
        }

        private HashSet<(string, Subject, string)> Cleared() => [.. Proposals.List(new(), limit: 1000)
            .SelectMany(p => Proposals.Basis(p.Id).Where(b => b.IsCleared).Select(b => (p.Policy, b.Subject, b.Digest)))];

        private IEnumerable<(string, Subject, string)> BasisOf(Proposal p) => Proposals.Basis(p.Id).Select(b => (p.Policy, b.Subject, b.Digest));

        private void Scan(Random random)
        {
            var builder = new FindingsBuilder();
            for (var shop = 0; shop < 3; shop++)
                builder.Orders($"s{shop}", random.Next(0, 4), random.Next(4) == 0 ? "victim" : "confirmed", Clock.Now.AddDays(-random.Next(1, 3)), random.Next(2) == 0 ? "douyin" : "jd", prefix: $"p{random.Next(3)}");
            scans.Add(builder.Facility("f1", 20, random.Next(0, 15), 0.1, verdict: "confirmed", at: Clock.Now.AddDays(-1)));
            Propose(scans[^1]);
            var head = Ledger.Head();
            Assert.Equal(0, Propose(scans[^1]).Proposals);
            Assert.Equal(head, Ledger.Head());
        }

        /// <summary>An earlier scan comes once more, with whatever was decided since.</summary>
        private void Rescan(Random random)
        {
            if (scans.Count == 0)
                return;
            var before = Export();
            Propose(scans[random.Next(scans.Count)]);
            Assert.Equal(before, Export());
        }

        private void Decide(Random random, bool adopt)
        {
            if (Pick(random) is not { } proposal)
                return;
            if (adopt)
                TryAdopt(proposal);
            else
                Decider.Reject(proposal.Id, new(Ann, "no"));
        }

        /// <summary>The heart of it: at a fixed instant, laying a proposal's measures and lifting them leaves the very same bytes.</summary>
        private void AdoptAndTakeBack(Random random)
        {
            if (Pick(random) is not { } proposal)
                return;
            Apply();
            var before = Export();
            if (!TryAdopt(proposal))
                return;
            Desk.Apply();
            Assert.NotEqual(before, Export());
            Desk.LiftProposal(proposal.Id, Ben, "granted");
            Assert.Equal(before, Export());
            Assert.Empty(Desk.LiftProposal(proposal.Id, Ben, "granted again").Lifted);
            Assert.Equal(before, Export());
        }

        private bool TryAdopt(Proposal proposal)
        {
            try
            {
                Adopt(proposal);
                return Proposals.Get(proposal.Id).Standing == Standing.Found;
            }
            catch (Core.UnbrushException e) when (e.Message.Contains("occurrence", StringComparison.Ordinal))
            {
                return false;
            }
        }

        private void Apply()
        {
            foreach (var proposal in Proposals.List(new(Standing.Found), limit: 1000).Where(p => p.AppliedAt is null))
            {
                foreach (var target in Proposals.Targets(proposal.Id))
                    laid.Add(new() { Code = proposal.Code, Subject = target, From = Clock.Now, Until = proposal.Terms.Days?.Fixed is { } days ? Clock.Now.AddDays(days) : null });
            }

            Desk.Apply();
            Assert.Equal(new ApplyResult(0, 0), Desk.Apply());
        }

        private void Lift(Random random)
        {
            var standing = laid.Where(l => !l.IsLifted).ToList();
            if (standing.Count == 0)
                return;
            var subject = standing[random.Next(standing.Count)].Subject;
            Desk.LiftSubject(subject, Ben, "granted");
            foreach (var measure in laid.Where(l => l.Subject == subject))
                measure.IsLifted = true;
        }

        private Proposal? Pick(Random random) => Open() is { Count: > 0 } open ? open[random.Next(open.Count)] : null;

        private void CheckAgainstTheModel()
        {
            var expected = laid.Where(l => !l.IsLifted && l.From <= Clock.Now && (l.Until is not { } until || Clock.Now < until)).Select(l => $"{l.Code} {l.Subject}").Order();
            var actual = new MeasureTable(Store).At(Clock.Now).Select(m => $"{m.Code} {m.Subject}").Order();
            Assert.Equal(expected, actual);
            var rows = Export().Where(f => f.Key.EndsWith(".csv", StringComparison.Ordinal)).Sum(f => Convert.FromBase64String(f.Value).Count(b => b == '\n') - 1);
            Assert.Equal(expected.Count(), rows);
        }
    }
}
