using System.Globalization;

namespace TicketWorld.Grains.Batches;

/// <summary>The names of a batch's parts in the chunk store.</summary>
internal static class ChunkNames
{
    public static string Tickets(int number) => string.Create(CultureInfo.InvariantCulture, $"tickets-{number:D6}");

    public static string Index(int number) => string.Create(CultureInfo.InvariantCulture, $"index-{number:D6}");
}
