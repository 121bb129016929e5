using Unbrush.Graph.Links;

namespace Unbrush.Graph.Rings;

/// <summary>What a buyer's devices, payers, addresses, wallets and phones add: ln P(shares with the ring | brusher) / P(by chance).</summary>
internal sealed class RingResources
{
    private const double Cap = 8;
    private readonly BuyerTies _ties;
    private readonly Dictionary<int, double> _users = [];
    private readonly Dictionary<int, double> _members = [];
    private readonly double _share;
    private readonly double _sharing;

    public RingResources(BuyerTies ties, List<Belonging> members, double population)
    {
        _ties = ties;
        double size = 0;
        foreach (var (b, weight, _) in members)
        {
            size += weight;
            _members[b] = weight;
            foreach (var (resource, _) in ties.Of(b))
                _users[resource] = _users.GetValueOrDefault(resource) + weight;
        }
        double sharing = 0;
        foreach (var (b, weight, _) in members)
        {
            foreach (var (resource, _) in ties.Of(b))
            {
                if (_users[resource] - weight >= 0.5)
                {
                    sharing += weight;
                    break;
                }
            }
        }
        _share = Math.Min(0.5, size / population);
        // How many of its members share, with a doubt of one who does and ten who do not.
        _sharing = (sharing + 0.5) / (size + 10);
    }

    public double LogRatio(int buyer)
    {
        var own = _members.GetValueOrDefault(buyer);
        double sum = 0;
        foreach (var (resource, users) in _ties.Of(buyer))
        {
            if (_users.GetValueOrDefault(resource) - own < 0.5)
                continue;
            var byChance = 1 - Math.Pow(1 - _share, users - 1);
            sum += Math.Max(0, Math.Log(_sharing / Math.Max(byChance, 1e-12)));
        }
        return Math.Min(sum, Cap);
    }
}
