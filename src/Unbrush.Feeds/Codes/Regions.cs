namespace Unbrush.Feeds.Codes;

/// <summary><c>codes/regions.csv</c> (GB/T 2260): the code of a place by its names, and what is left of an address behind them.</summary>
internal static class Regions
{
    private static readonly string[] CityEndings = ["市", "地区", "自治州", "盟"];
    private static readonly string[] DistrictEndings = ["特区", "林区", "新区", "自治县", "自治旗", "区", "县", "市", "旗"];
    private static readonly string[] Peoples = ["壮族", "回族", "维吾尔", "藏族", "彝族", "苗族", "侗族", "布依族", "土家族", "傣族", "景颇族", "白族", "哈尼族", "朝鲜族", "蒙古族", "蒙古", "哈萨克", "柯尔克孜", "羌族", "傈僳族", "满族", "瑶族", "各族"];
    private static readonly string[] Municipalities = ["11", "12", "31", "50"];

    private static readonly Names Provinces = new();
    private static readonly Dictionary<string, Names> Cities = [];
    private static readonly Dictionary<string, Names> Districts = [];
    private static readonly Names AllCities = new();

    /// <summary>Names by their first character, the longest first.</summary>
    private sealed class Names
    {
        private readonly Dictionary<char, List<(string Name, string Code)>> _byFirst = [];

        public void Add(string name, string code)
        {
            var list = _byFirst.TryGetValue(name[0], out var found) ? found : _byFirst[name[0]] = [];
            list.Add((name, code));
            list.Sort((a, b) => b.Name.Length != a.Name.Length ? b.Name.Length - a.Name.Length : string.CompareOrdinal(a.Code, b.Code));
        }

        public (string Code, int Length)? Match(ReadOnlySpan<char> text)
        {
            if (text.IsEmpty || !_byFirst.TryGetValue(text[0], out var names))
                return null;
            foreach (var (name, code) in names)
            {
                if (text.StartsWith(name))
                    return (code, name.Length);
            }

            return null;
        }
    }

    static Regions()
    {
        foreach (var row in CodeFile.Rows("regions.csv"))
        {
            string code = row[0], name = row[1];
            if (code.EndsWith("0000", StringComparison.Ordinal))
                Add(Provinces, name, code, ["特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"]);
            else if (code.EndsWith("00", StringComparison.Ordinal))
            {
                Add(Of(Cities, code[..2]), name, code, CityEndings);
                Add(AllCities, name, code, CityEndings);
            }
            else
                Add(Of(Districts, code[..4]), name, code, DistrictEndings);
        }

    }

    /// <summary>
    /// Reads province, city and district off the beginning of an address without blanks. Each may be missing its ending (广东 for 广东省)
    /// and the province may be left out before a city.
    /// </summary>
    /// <returns>The finest code found, or null; and how many characters the names take.</returns>
    public static (string? Code, int Length) Read(ReadOnlySpan<char> address)
    {
        var at = 0;
        string? code = null;
        if (Provinces.Match(address) is { } province)
        {
            code = province.Code;
            at = province.Length;
        }

        var isMunicipality = code is not null && Municipalities.Contains(code[..2]);
        if (isMunicipality)
        {
            // 上海上海市浦东新区, 北京市市辖区东城区
            if (Provinces.Match(address[at..]) is { } again && again.Code == code)
                at += again.Length;
            foreach (var filler in (string[])["市辖区", "县"])
            {
                if (address[at..].StartsWith(filler) && address[(at + filler.Length)..].Length > 2 && DistrictIn(code![..2], address[(at + filler.Length)..]) is not null)
                    at += filler.Length;
            }

            if (DistrictIn(code![..2], address[at..]) is { } urban)
                return (urban.Code, at + urban.Length);
            return (code, at);
        }

        var city = code is null ? AllCities.Match(address) : Cities.GetValueOrDefault(code[..2])?.Match(address[at..]);
        if (city is { } c)
        {
            code = c.Code;
            at += c.Length;
        }

        if (code is null)
            return (null, 0);
        if ((code.EndsWith("0000", StringComparison.Ordinal) ? DistrictIn(code[..2], address[at..]) : Districts.GetValueOrDefault(code[..4])?.Match(address[at..])) is { } district)
            return (district.Code, at + district.Length);
        return (code, at);
    }

    /// <summary>The code of names given apart; names that are not found leave the coarser code standing.</summary>
    public static string? Of(params ReadOnlySpan<string?> names)
    {
        var all = string.Concat(names.ToArray().Select(n => n?.Trim()));
        return all.Length == 0 ? null : Read(all).Code;
    }

    private static (string Code, int Length)? DistrictIn(string province, ReadOnlySpan<char> rest)
    {
        (string Code, int Length)? best = null;
        foreach (var (prefix, list) in Districts)
        {
            if (prefix.StartsWith(province, StringComparison.Ordinal) && list.Match(rest) is { } found && (best is null || found.Length > best.Value.Length))
                best = found;
        }

        return best;
    }

    private static Names Of(Dictionary<string, Names> map, string key) => map.TryGetValue(key, out var list) ? list : map[key] = new();

    /// <summary>Adds a name, and its short form where that has two characters or more.</summary>
    private static void Add(Names list, string name, string code, string[] endings)
    {
        list.Add(name, code);
        foreach (var ending in endings)
        {
            if (!name.EndsWith(ending, StringComparison.Ordinal) || name.Length - ending.Length < 2)
                continue;
            var bare = name[..^ending.Length];
            list.Add(bare, code);
            while (Peoples.FirstOrDefault(p => bare.EndsWith(p, StringComparison.Ordinal) && bare.Length - p.Length >= 2) is { } people)
                bare = bare[..^people.Length];
            if (bare.Length < name.Length - ending.Length)
                list.Add(bare, code);
            return;
        }
    }
}
