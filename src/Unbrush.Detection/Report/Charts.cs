namespace Unbrush.Detection.Report;

/// <summary>Small drawings in SVG. Their colours are classes of the style sheet, so that they follow light, dark and paper.</summary>
internal static class Charts
{
    private const double Width = 150;

    /// <summary>A share with its interval, against a greatest share.</summary>
    public static Markup Interval(double share, double low, double high, double greatest, string label)
    {
        double X(double v) => Math.Clamp(v / greatest, 0, 1) * (Width - 2) + 1;
        return Html.Of($"<svg class=\"interval\" viewBox=\"0 0 {Width} 16\" role=\"img\" aria-label=\"{label}\"><rect class=\"track\" x=\"0\" y=\"6\" width=\"{Width}\" height=\"4\" rx=\"2\"/><rect class=\"band\" x=\"{X(low)}\" y=\"4\" width=\"{Math.Max(1.5, X(high) - X(low))}\" height=\"8\" rx=\"2\"/><rect class=\"point\" x=\"{X(share) - 1}\" y=\"1\" width=\"2\" height=\"14\"/></svg>");
    }

    /// <summary>A rate as a dot with its interval as whiskers, beside the rate of the peers. A whisker that leaves the scale ends in an arrow.</summary>
    public static Markup Whisker(double rate, double low, double high, double peers, double greatest, string label)
    {
        double X(double v) => 4 + (Math.Clamp(v / greatest, 0, 1) * (Width - 10));
        var end = high > greatest
            ? Html.Of($"<path class=\"whisker\" d=\"M{Width - 7} 5 L{Width - 2} 9 L{Width - 7} 13\"/>")
            : Html.Of($"<line class=\"whisker\" x1=\"{X(high)}\" x2=\"{X(high)}\" y1=\"5\" y2=\"13\"/>");
        return Html.Of($"<svg class=\"whiskers\" viewBox=\"0 0 {Width} 18\" role=\"img\" aria-label=\"{label}\"><line class=\"axis\" x1=\"4\" x2=\"{Width - 6}\" y1=\"9\" y2=\"9\"/><line class=\"peer\" x1=\"{X(peers)}\" x2=\"{X(peers)}\" y1=\"1\" y2=\"17\"/><line class=\"whisker\" x1=\"{X(low)}\" x2=\"{X(high)}\" y1=\"9\" y2=\"9\"/><line class=\"whisker\" x1=\"{X(low)}\" x2=\"{X(low)}\" y1=\"5\" y2=\"13\"/>{end}<circle class=\"dot\" cx=\"{X(rate)}\" cy=\"9\" r=\"3.5\"/></svg>");
    }

    /// <summary>Parts of a whole as one bar. Parts too small to see are drawn one unit wide.</summary>
    public static Markup Stack(IReadOnlyList<(string Class, double Part, string Title)> parts, string label, double width = 600, double height = 18)
    {
        var whole = parts.Sum(p => p.Part);
        if (whole <= 0)
            return Markup.None;
        var pieces = new List<Markup>();
        double x = 0;
        foreach (var (name, part, title) in parts.Where(p => p.Part > 0))
        {
            var w = Math.Max(width / 300, width * part / whole);
            pieces.Add(Html.Of($"<rect class=\"{name}\" x=\"{Math.Min(x, width - w)}\" y=\"0\" width=\"{w}\" height=\"{height}\"><title>{title}</title></rect>"));
            x += width * part / whole;
        }

        return Html.Of($"<svg class=\"stack\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">{Html.Join(pieces)}</svg>");
    }

    /// <summary>One bar of a waterfall, from one sum to the next, on a scale in decibans.</summary>
    public static Markup Step(double from, double to, double least, double greatest, string name)
    {
        const double width = 200;
        double X(double v) => (v - least) / Math.Max(0.01, greatest - least) * (width - 4) + 2;
        var (a, b) = (Math.Min(X(from), X(to)), Math.Max(X(from), X(to)));
        return Html.Of($"<svg class=\"step\" viewBox=\"0 0 {width} 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><line class=\"zero\" x1=\"{X(0)}\" x2=\"{X(0)}\" y1=\"0\" y2=\"16\"/><rect class=\"{name}\" x=\"{a}\" y=\"3\" width=\"{Math.Max(1.5, b - a)}\" height=\"10\"/></svg>");
    }

    /// <summary>A matrix of sellers (rows) by buyers (columns): darker the more orders, in the colour of the worst verdict.</summary>
    public static Markup Matrix(IReadOnlyList<string> sellers, IReadOnlyList<string> buyers, IReadOnlyDictionary<(string Seller, string Buyer), (int Orders, bool Confirmed)> cells, string label)
    {
        const int size = 11;
        var pieces = new List<Markup>();
        for (var r = 0; r < sellers.Count; r++)
        {
            pieces.Add(Html.Of($"<rect class=\"none\" x=\"0\" y=\"{r * size}\" width=\"{(buyers.Count * size) - 1}\" height=\"{size - 1}\"/>"));
            for (var c = 0; c < buyers.Count; c++)
            {
                if (cells.TryGetValue((sellers[r], buyers[c]), out var cell))
                    pieces.Add(Html.Of($"<rect class=\"{(cell.Confirmed ? "bad" : "ask")}{(cell.Orders > 1 ? "" : " half")}\" x=\"{c * size}\" y=\"{r * size}\" width=\"{size - 1}\" height=\"{size - 1}\"><title>{sellers[r]} × {buyers[c]}: {cell.Orders}</title></rect>"));
            }
        }

        double width = buyers.Count * size, height = sellers.Count * size;
        return Html.Of($"<svg class=\"matrix\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{label}\">{Html.Join(pieces)}</svg>");
    }

    /// <summary>A small graph: sellers on an inner circle, buyers on an outer one near the sellers they buy from.</summary>
    public static Markup Graph(IReadOnlyList<string> sellers, IReadOnlyList<string> buyers, IReadOnlyDictionary<(string Seller, string Buyer), (int Orders, bool Confirmed)> cells, string label)
    {
        const double size = 240, centre = size / 2;
        var inner = sellers.Count == 1 ? 0 : 52;
        var sellerAt = sellers.Select((s, i) => (s, Angle: 2 * Math.PI * i / sellers.Count)).ToDictionary(p => p.s, p => (p.Angle, X: centre + (inner * Math.Cos(p.Angle)), Y: centre + (inner * Math.Sin(p.Angle))), StringComparer.Ordinal);
        var pulled = buyers.Select(b =>
        {
            var own = cells.Keys.Where(k => k.Buyer == b).Select(k => sellerAt[k.Seller].Angle).ToList();
            return (b, Angle: own.Count == 0 ? 0 : Math.Atan2(own.Sum(Math.Sin), own.Sum(Math.Cos)));
        }).OrderBy(p => p.Angle).ThenBy(p => p.b, StringComparer.Ordinal).ToList();
        var buyerAt = pulled.Select((p, i) => (p.b, Angle: (2 * Math.PI * i / buyers.Count) - Math.PI)).ToDictionary(p => p.b, p => (X: centre + (108 * Math.Cos(p.Angle)), Y: centre + (108 * Math.Sin(p.Angle))), StringComparer.Ordinal);
        var pieces = new List<Markup>();
        foreach (var (seller, buyer) in cells.Keys.OrderBy(k => k.Seller, StringComparer.Ordinal).ThenBy(k => k.Buyer, StringComparer.Ordinal))
            pieces.Add(Html.Of($"<line class=\"{(cells[(seller, buyer)].Confirmed ? "bad" : "ask")}\" x1=\"{sellerAt[seller].X}\" y1=\"{sellerAt[seller].Y}\" x2=\"{buyerAt[buyer].X}\" y2=\"{buyerAt[buyer].Y}\"/>"));
        foreach (var buyer in buyers)
            pieces.Add(Html.Of($"<circle class=\"buyer\" cx=\"{buyerAt[buyer].X}\" cy=\"{buyerAt[buyer].Y}\" r=\"3.5\"><title>{buyer}</title></circle>"));
        foreach (var seller in sellers)
            pieces.Add(Html.Of($"<rect class=\"seller\" x=\"{sellerAt[seller].X - 5}\" y=\"{sellerAt[seller].Y - 5}\" width=\"10\" height=\"10\" rx=\"2\"><title>{seller}</title></rect>"));
        return Html.Of($"<svg class=\"graph\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{label}\">{Html.Join(pieces)}</svg>");
    }

    /// <summary>A round number not below a value, for the end of a scale.</summary>
    public static double Round(double value)
    {
        if (value <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in (double[])[1, 2, 2.5, 5, 10])
        {
            if (step * power >= value - 1e-12)
                return Math.Round(step * power, 10);
        }

        return value;
    }
}
