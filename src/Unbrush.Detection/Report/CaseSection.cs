using System.Globalization;
using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>The strongest cases told in full: what happened, what weighs for and against, and how it adds up.</summary>
internal static class CaseSection
{
    /// <summary>Chooses the cases before the tables are drawn, so that they can link to them. Each shop of the table above has its strongest order told first, each outlet one parcel.</summary>
    public static List<Account> Choose(Page page)
    {
        var reader = new AccountReader(page.Store, page.Language, page.Zone);
        var orders = Numbers(page, $"""
            SELECT t.order_no AS n FROM (
              SELECT v.order_no, v.centi, o.seller_no, row_number() OVER (PARTITION BY o.seller_no ORDER BY v.centi DESC, v.order_no) AS place
              FROM verdict_order v JOIN fact_order o ON o.order_no = v.order_no WHERE v.verdict = 'confirmed') t
            JOIN fact_seller n ON n.seller_no = t.seller_no
            JOIN finding_sellers f ON f.platform = n.platform AND f.seller_id = n.seller_id
            WHERE t.place <= 2
            ORDER BY t.place, {SellerSection.Order}, t.order_no LIMIT {page.Options.Cases}
            """);
        if (orders.Count == 0)
            orders = Numbers(page, $"SELECT order_no AS n FROM verdict_order WHERE verdict = 'review' ORDER BY centi DESC, order_no LIMIT {page.Options.Cases / 2}");
        var parcels = Numbers(page, $"""
            SELECT parcel_no AS n FROM (
              SELECT v.parcel_no, v.centi, row_number() OVER (PARTITION BY p.origin_no ORDER BY v.centi DESC, v.parcel_no) AS place
              FROM verdict_parcel v JOIN fact_parcel p ON p.parcel_no = v.parcel_no WHERE v.verdict = 'no_physical_parcel') WHERE place = 1
            ORDER BY centi DESC, parcel_no LIMIT {page.Options.Cases / 3}
            """);
        var accounts = reader.Orders(orders).Concat(reader.Parcels(parcels)).ToList();
        for (var i = 0; i < accounts.Count; i++)
            page.Anchors[Page.Key(accounts[i].Kind, accounts[i].Scope, accounts[i].Id)] = $"case-{(i + 1).ToString(CultureInfo.InvariantCulture)}";
        Remember(page, orders, "SELECT s.platform AS scope, s.seller_id AS owner, o.platform AS place, o.order_id AS id, o.order_no AS n FROM fact_order o JOIN fact_seller s ON s.seller_no = o.seller_no WHERE o.order_no", "seller", page.SellerCases);
        Remember(page, parcels, "SELECT f.carrier AS scope, f.facility_id AS owner, p.carrier AS place, p.waybill_no AS id, p.parcel_no AS n FROM fact_parcel p JOIN fact_facility f ON f.facility_no = p.origin_no WHERE p.parcel_no", "facility", page.ParcelCases);
        return accounts;
    }

    public static void Write(Page page, List<Account> accounts)
    {
        page.Open("cases", page.Say("Strongest cases", "最强案例"), page.Say(
            "Each case in full: what happened in order, with gaps marked, and every term of the sum that led to the verdict, those that speak for the subject included. Ten decibans multiply the odds by ten.",
            "每个案例完整列出：按时间顺序的经过（缺失之处已标出），以及得出结论的每一项权重，包括对当事人有利的。每 10 分贝（dB）使赔率乘以十。"));
        if (accounts.Count == 0)
            page.Empty(page.Say("No case is strong enough to be told.", "没有足够强的案例。"));
        foreach (var account in accounts)
            Tell(page, account);
        page.Close();
    }

    private static void Tell(Page page, Account account)
    {
        var html = page.Html;
        var anchor = page.Anchors[Page.Key(account.Kind, account.Scope, account.Id)];
        html.Add($"<article class=\"case\" id=\"{anchor}\"><h3>{Wording.Kind(account.Kind, page.Language)} {Page.Id(account.Scope, account.Id)} {page.Badge(account.Verdict)}");
        if (account.Score is { } score)
            html.Add($" <span class=\"score\">{page.Say("score", "评分")} {Wording.Probability(score)}</span>");
        html.Add($"</h3>\n<div class=\"columns\"><div><dl class=\"facts\">");
        foreach (var fact in account.Facts)
            html.Add($"<dt>{fact.Label}</dt><dd>{fact.Value}</dd>");
        html.Add($"</dl>\n");
        Story(page, account.Timeline);
        html.Add($"</div>\n<div>");
        Waterfall(page, account);
        html.Add($"</div></div></article>\n");
    }

    /// <summary>The timeline: a date where it changes, the hour beside each happening, the gap before each scan.</summary>
    private static void Story(Page page, IReadOnlyList<Happening> timeline)
    {
        if (timeline.Count == 0)
        {
            page.Empty(page.Say("No scan tells of this parcel.", "没有任何扫描记录。"));
            return;
        }

        page.Html.Add($"<ol class=\"timeline\">");
        var day = "";
        foreach (var h in timeline)
        {
            var name = h.Kind == HappeningKind.Missing ? "missing" : h.IsOdd ? "odd" : h.Kind.ToString().ToLowerInvariant();
            if (h.At is { } on && page.Time(on, "yyyy-MM-dd") is var date && date != day)
            {
                page.Html.Add($"<li class=\"day\">{date}</li>");
                day = date;
            }

            var time = h.At is { } at ? Html.Of($"<time datetime=\"{at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{page.Time(at, "HH:mm")}</time>") : Html.Of($"<time>–</time>");
            var gap = h.SinceLast is { } since && since >= TimeSpan.FromHours(1) ? Html.Of($" <span class=\"gap\">+{Wording.Span(since, page.Language)}</span>") : Markup.None;
            page.Html.Add($"<li class=\"{name}\">{time}<div><b>{h.Title}</b> {h.Place}{gap} <small>{h.Note}</small></div></li>");
        }

        page.Html.Add($"</ol>\n");
    }

    /// <summary>Base rate, surroundings, then each reason, as steps from nothing to the sum.</summary>
    private static void Waterfall(Page page, Account account)
    {
        var html = page.Html;
        var prior = account.Reasons.Where(r => r.Family == "context" && r.Signal != "base_rate").ToList();
        var steps = account.Reasons.Where(r => r.Signal == "base_rate").Select(r => (Reason: r, Db: r.Db ?? 0)).ToList();
        if (prior.Count > 0)
            steps.Add((new("context", "context", null, null, prior.Sum(r => r.Db ?? 0), false, ""), prior.Sum(r => r.Db ?? 0)));
        steps.AddRange(account.Reasons.Where(r => r.Family != "context").OrderByDescending(r => r.Db ?? 0).Select(r => (r, r.Db ?? 0)));
        double sum = 0, least = 0, greatest = 0;
        foreach (var (_, db) in steps)
        {
            sum += db;
            (least, greatest) = (Math.Min(least, sum), Math.Max(greatest, sum));
        }

        html.Add($"<table class=\"waterfall\"><caption>{page.Say("How it adds up", "如何得出")}</caption><thead><tr><th scope=\"col\">{page.Say("Reason", "理由")}</th><th scope=\"col\" class=\"n\">dB</th><th scope=\"col\"><span class=\"hidden\">{page.Say("Drawn", "图示")}</span></th></tr></thead><tbody>");
        double at = 0;
        foreach (var (reason, db) in steps)
        {
            var name = reason.Family == "context" ? "context" : db == 0 ? "none" : db < 0 ? "good" : reason.Hard ? "bad hard" : "bad";
            html.Add($"<tr class=\"{name}\"><td>{Tag(page, reason, db)} {(reason.Signal == "context" ? Surroundings(page, prior) : Html.Of($"{reason.Text}"))}</td><td class=\"n\">{Decibans(db)}</td><td>{(db == 0 ? Markup.None : Charts.Step(at, at + db, least, greatest, name))}</td></tr>");
            at += db;
        }

        html.Add($"<tr class=\"sum\"><td>{page.Say("Sum", "合计")}</td><td class=\"n\">{Decibans(account.EvidenceDb ?? at)}</td><td>{Charts.Step(0, at, least, greatest, "total")}</td></tr></tbody></table>\n");
    }

    private static Markup Tag(Page page, AccountReason reason, double db)
    {
        var family = reason.Signal == "base_rate" ? page.Say("base rate", "基准") : reason.Family == "context" ? page.Say("prior odds", "先验") : Wording.Family(reason.Family, page.Language);
        var mark = reason.Hard && db != 0 ? Html.Of($" <span class=\"badge bad\">{page.Say("contradiction", "硬矛盾")}</span>")
            : db == 0 && reason.Family != "context" ? Html.Of($" <span class=\"badge dim\">{page.Say("not counted", "不计")}</span>")
            : db < 0 && reason.Family != "context" ? Html.Of($" <span class=\"badge good\">{page.Say("in favour", "有利")}</span>")
            : Markup.None;
        return Html.Of($"<span class=\"family\">{family}</span>{mark}");
    }

    /// <summary>What the surroundings lend, in one line: names and weights, the sentences as their titles.</summary>
    private static Markup Surroundings(Page page, List<AccountReason> prior) => Html.Of($"{page.Say("The record of its surroundings, without itself (no evidence):", "其周边记录（不含自身，不作为证据）：")} {Html.Join(prior.OrderByDescending(r => Math.Abs(r.Db ?? 0)).Select(r => Html.Of($"<span class=\"term\" title=\"{r.Text}\">{Wording.Surroundings(r.Signal, page.Language)} <b>{Decibans(r.Db ?? 0)}</b></span>")), " ")}");

    private static string Decibans(double db) => db.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);

    private static List<int> Numbers(Page page, string sql) => [.. Row.Of(page.Store, sql).Select(r => r.Number("n"))];

    private static void Remember(Page page, List<int> numbers, string sql, string kind, Dictionary<string, (string Scope, string Id)> cases)
    {
        if (numbers.Count == 0)
            return;
        var found = Row.Of(page.Store, $"{sql} IN ({string.Join(", ", numbers)})").ToDictionary(r => r.Number("n"), r => (Key: Page.Key(kind, r.Word("scope"), r.Word("owner")), Case: (r.Word("place"), r.Word("id"))));
        foreach (var number in numbers)
        {
            if (found.TryGetValue(number, out var one))
                cases.TryAdd(one.Key, one.Case);
        }
    }
}
