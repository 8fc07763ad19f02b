namespace TicketWorld.Grains.Runtime;

/// <summary>Cancelling what runs code of others.</summary>
internal static class CallingOff
{
    /// <summary>
    /// Cancels, whatever those who are told do with it. Npgsql throws out of its callback when its connection breaks at the same moment; who
    /// cancels can do nothing about that, and the others are told all the same.
    /// </summary>
    public static async Task CallOffAsync(this CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync();
        }
        catch (AggregateException)
        {
            // What was called off finds its token cancelled or its connection broken, and ends either way.
        }
    }
}
