namespace Unbrush.Feeds.Bench;

/// <summary>Damage of the kinds that files come to.</summary>
internal static class Damage
{
    private static readonly string[] Shards = ["\"", ",", "\n", "\r", "{", "}", "[", "]", "\\u0000", "\0", "\uFEFF", "【", "1.2E+17", "-1", "null", "9999999999999999999999", "2021-99-99", "'", "=\"", "\t", "#"];

    public static byte[] Of(byte[] bytes, Random random)
    {
        var damaged = new List<byte>(bytes);
        for (var times = random.Next(1, 8); times > 0 && damaged.Count > 0; times--)
        {
            var at = random.Next(damaged.Count);
            var length = Math.Min(random.Next(1, 1 << random.Next(1, 10)), damaged.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(at, length);
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(at, length));
                    break;
                case 3:
                    damaged.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Shards[random.Next(Shards.Length)]));
                    break;
                case 4:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                default:
                    var to = random.Next(damaged.Count);
                    (damaged[at], damaged[to]) = (damaged[to], damaged[at]);
                    break;
            }
        }

        return [.. damaged];
    }
}
