using System.Globalization;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Geography;

/// <summary>A prefecture-level city with its districts (GB/T 2260 codes).</summary>
/// <param name="Code">Six digits.</param>
/// <param name="Name">Its Chinese name.</param>
/// <param name="Latitude">Degrees north of the centre.</param>
/// <param name="Longitude">Degrees east of the centre.</param>
/// <param name="Demand">Relative number of buyers.</param>
/// <param name="Supply">Relative number of sellers.</param>
/// <param name="Zones">The codes of the districts; a city without districts repeats its own code.</param>
internal sealed record City(int Code, string Name, double Latitude, double Longitude, double Demand, double Supply, int[] Zones);

/// <summary>The cities of one world and the way between them.</summary>
internal sealed class Atlas
{
    private readonly float[] _kilometres;
    private readonly Sampler _demand;
    private readonly Sampler _supply;

    public Atlas(int count, Rng rng)
    {
        var all = Read();
        // The greatest markets are in every world; the others come and go with the seed.
        var order = all.Select((c, i) => (City: c, Rank: Math.Log(c.Demand + c.Supply) + (0.6 * rng.Normal()), i))
            .OrderByDescending(x => x.Rank).ThenBy(x => x.i).Take(count).OrderBy(x => x.City.Code).Select(x => x.City);
        Cities = [.. order];
        _kilometres = new float[Cities.Length * Cities.Length];
        for (var a = 0; a < Cities.Length; a++)
            for (var b = 0; b < Cities.Length; b++)
                _kilometres[(a * Cities.Length) + b] = (float)Distance(Cities[a].Latitude, Cities[a].Longitude, Cities[b].Latitude, Cities[b].Longitude);
        _demand = new Sampler([.. Cities.Select(c => c.Demand)]);
        _supply = new Sampler([.. Cities.Select(c => c.Supply)]);
    }

    public City[] Cities { get; }

    public int DrawBuyerCity(Rng rng) => _demand.Draw(rng);

    public int DrawSellerCity(Rng rng) => _supply.Draw(rng);

    /// <summary>Great-circle kilometres between two cities' centres.</summary>
    public double Kilometres(int a, int b) => _kilometres[(a * Cities.Length) + b];

    public static double Distance(double lat1, double lon1, double lat2, double lon2)
    {
        const double Radius = 6371;
        var dLat = (lat2 - lat1) * Math.PI / 180;
        var dLon = (lon2 - lon1) * Math.PI / 180;
        var h = Math.Pow(Math.Sin(dLat / 2), 2) + (Math.Cos(lat1 * Math.PI / 180) * Math.Cos(lat2 * Math.PI / 180) * Math.Pow(Math.Sin(dLon / 2), 2));
        return 2 * Radius * Math.Asin(Math.Sqrt(h));
    }

    private static List<City> Read()
    {
        using var stream = typeof(Atlas).Assembly.GetManifestResourceStream("cities.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var cities = new List<City>();
        while (reader.ReadLine() is { } line)
        {
            var f = line.Split(',');
            var code = int.Parse(f[0], CultureInfo.InvariantCulture);
            var zones = f[6].Length == 0
                ? Enumerable.Repeat(code, 4).ToArray()
                : f[6].Split(';').Select(z => ((code / 100) * 100) + int.Parse(z, CultureInfo.InvariantCulture)).ToArray();
            cities.Add(new City(code, f[1], Number(f[2]), Number(f[3]), Number(f[4]), Number(f[5]), zones));
        }

        return cities;

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
