namespace Unbrush.Simulation;

/// <summary>The simulation's time: local seconds since 2010-01-01 00:00 (Asia/Shanghai has no summer time).</summary>
internal static class Clock
{
    public const int Minute = 60;
    public const int Hour = 3600;
    public const int Day = 86400;

    private static readonly DateOnly s_epoch = new(2010, 1, 1);

    /// <summary>Days from the epoch to a date.</summary>
    public static int DayOf(int year, int month, int day) => new DateOnly(year, month, day).DayNumber - s_epoch.DayNumber;

    /// <summary>The date of a day.</summary>
    public static DateOnly DateOf(int day) => s_epoch.AddDays(day);

    /// <summary>The instant as the feed writes it.</summary>
    public static string Text(int time) =>
        s_epoch.ToDateTime(default).AddSeconds(time).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
