using System.Globalization;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>How findings write values of records.</summary>
internal static class RecordText
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "null";

    public static string Boolean(bool value) => value ? "true" : "false";
}
