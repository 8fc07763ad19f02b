using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Datasets;

/// <summary>A share of the tickets beside its target.</summary>
/// <param name="Target">The quota: largest remainder of the pack's share.</param>
/// <param name="Cause">Why the count is more than one ticket off, or null.</param>
public sealed record ShareLine(string Dimension, string Label, int Target, int Tickets, string? Cause);

/// <summary>Compares what was made with the pack's shares.</summary>
public static class Shares
{
    public static IReadOnlyList<ShareLine> Of(GenerationResult made) => Of(made.World, made.Report);

    public static IReadOnlyList<ShareLine> Of(World world, ChunkReport report)
    {
        var settings = world.Pack.Settings;
        return
        [
            .. Lines("ticket_type", settings.TicketTypes),
            .. Lines("complexity", settings.Complexity),
            .. Lines("customer_tier", world.Tables.Tiers),
            .. Lines("completeness", settings.Completeness),
        ];

        IEnumerable<ShareLine> Lines(string dimension, Share[] shares)
        {
            var targets = Quota.Split(report.Tickets - report.Twins, shares);
            for (var i = 0; i < shares.Length; i++)
            {
                var actual = report.Labels.GetValueOrDefault($"{dimension}/{shares[i].Name}");
                var cause = Math.Abs(actual - targets[i]) > 1 ? Cause(world, report, dimension, shares[i].Name) : null;
                yield return new ShareLine(dimension, shares[i].Name, targets[i], actual, cause);
            }
        }
    }

    private static string Cause(World world, ChunkReport report, string dimension, string label)
    {
        var options = world.Options;
        if (dimension == "completeness")
            return $"{report.CompletenessChanges} tickets cannot have their planned completeness";
        if (dimension == "customer_tier")
        {
            return world.Book.Customers.All(c => c.Tier != label)
                ? $"none of {options.Customers} customers has the tier"
                : $"{options.Orders} orders of {options.Customers} customers for {report.Tickets} tickets";
        }

        return options.AllTickets > options.Orders
            ? $"only some scenarios have an order ({options.Orders} orders, {options.Products} products)"
            : $"only some scenarios have a product ({options.Products} products)";
    }
}
