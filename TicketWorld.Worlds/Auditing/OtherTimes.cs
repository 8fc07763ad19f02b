using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Auditing;

/// <summary>
/// Finds out whether a wrong decision is the right one for the same message at another time: then it is the timeline that was taken wrong
/// (a window counted from the wrong day, a version of a clause that did not hold yet), and not the policy.
/// </summary>
internal sealed class OtherTimes(Checker checker)
{
    private const int MostDays = 120;

    private static readonly TimeSpan[] Shifts =
    [
        .. Enumerable.Range(1, 12).SelectMany(i => new[] { TimeSpan.FromMinutes(-15 * i), TimeSpan.FromMinutes(15 * i) }),
        .. Enumerable.Range(1, MostDays).SelectMany(i => new[] { TimeSpan.FromDays(-i), TimeSpan.FromDays(i) }),
    ];

    /// <summary>The time nearest to the message's at which the actions would be right, in words; null when there is none.</summary>
    public string? FindRight(Message message, Reading reading, ResolutionPlan plan)
    {
        foreach (var shift in Shifts)
        {
            if (Fits(plan, checker.Check(message with { Timestamp = message.Timestamp + shift }, reading)))
                return InWords(shift);
        }

        return null;
    }

    private static bool Fits(ResolutionPlan plan, Verdict verdict)
    {
        if (!verdict.IsUnique || plan.Actions.Length != verdict.Actions.Count)
            return false;
        for (var i = 0; i < plan.Actions.Length; i++)
        {
            if (plan.Actions[i].Type != verdict.Actions[i].Type)
                return false;
        }

        return true;
    }

    private static string InWords(TimeSpan shift)
    {
        var size = shift.Duration();
        var amount = size.TotalDays >= 1 ? $"{size.Days} day{(size.Days == 1 ? "" : "s")}" : $"{size.TotalMinutes} minutes";
        return $"{amount} {(shift < TimeSpan.Zero ? "earlier" : "later")}";
    }
}
