using System.Globalization;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Shopee;

/// <summary>The order log of the Shopee order-brushing competition (2020): <c>orderid,shopid,userid,event_time</c>. It has no amounts.</summary>
internal sealed class ShopeeFormat : IFeedFormat
{
    private static readonly (string Theirs, string Ours)[] Columns = [("orderid", "order_id"), ("shopid", "seller_id"), ("userid", "buyer_id"), ("event_time", "created_at")];

    public string Name => "shopee";

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content == Content.Delimited && Columns.All(c => Header.Of(file.Text).IndexOf(c.Theirs) >= 0)
            ? new(90, new("its columns orderid, shopid, userid and event_time are those of the Shopee order log", "其列 orderid、shopid、userid、event_time 与 Shopee 订单日志一致"))
            : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, _) in files)
        {
            var header = Header.Of(file.Text);
            context.NoteUnknown("orders", file, header.Names.Where(n => n != "Unnamed: 0" && Columns.All(c => !string.Equals(c.Theirs, n, StringComparison.OrdinalIgnoreCase))));
            var csv = DelimitedText.Read(file, header, context);
            var cells = string.Join(", ", Columns.Select(c => string.Create(CultureInfo.InvariantCulture, $"c{header.IndexOf(c.Theirs)} AS {c.Ours}")));
            context.Note("info", "orders", file.Name, "The Shopee log has no amounts; what needs them stays silent.", "Shopee 日志没有金额，需要金额的信号不作判断。");
            yield return new(FeedSchema.Find("orders")!, $"SELECT 'shopee' AS platform, {cells} FROM {csv.Strict}", ["platform", .. Columns.Select(c => c.Ours)], file)
            {
                FileColumns = Columns.ToDictionary(c => c.Ours, c => c.Theirs),
                Tolerant = rejects => $"SELECT file_row, 'shopee' AS platform, {cells} FROM {csv.Tolerant(rejects)}",
            };
        }
    }
}
