using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using TicketWorld.Grains.Batches;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Api.Batches;

/// <summary>What a new batch shall hold. Everything left out takes the command line's default, and equal options give equal bytes.</summary>
internal sealed class CreateBatchRequest
{
    [Description("Name of an installed pack. Default technest.")]
    public string? Pack { get; set; }

    [Description("Number of tickets. Default 100.")]
    [Range(1, WorldOptions.MaximumTickets)]
    public int? Tickets { get; set; }

    [Description("Number of customers. Default 50.")]
    [Range(1, WorldOptions.MaximumCustomers)]
    public int? Customers { get; set; }

    [Description("Number of products. Default 35.")]
    [Range(1, WorldOptions.MaximumProducts)]
    public int? Products { get; set; }

    [Description("Number of orders. Default 70.")]
    [Range(1, WorldOptions.MaximumOrders)]
    public int? Orders { get; set; }

    [Description("The world's seed. Default 1.")]
    [Range(0, (double)(1L << 53) - 1)]
    public ulong? Seed { get; set; }

    [Description("The world's clock, a date. Default 2026-02-15.")]
    public DateOnly? AsOf { get; set; }

    [Description("The company's name in policy and messages. Default: the pack's.")]
    [Length(1, 60)]
    public string? CompanyName { get; set; }

    [Description("Whether tickets carry the keys that begin with _: scenario, facts, proof. Default true.")]
    public bool? Debug { get; set; }

    /// <summary>The request with its defaults filled in, checked.</summary>
    /// <exception cref="WorldException">An option is out of its range.</exception>
    public BatchRequest ToBatch()
    {
        var defaults = new BatchRequest();
        var batch = new BatchRequest
        {
            Pack = Pack ?? defaults.Pack,
            Tickets = Tickets ?? defaults.Tickets,
            Customers = Customers ?? defaults.Customers,
            Products = Products ?? defaults.Products,
            Orders = Orders ?? defaults.Orders,
            Seed = Seed ?? defaults.Seed,
            AsOf = AsOf ?? defaults.AsOf,
            CompanyName = CompanyName ?? defaults.CompanyName,
            Debug = Debug ?? defaults.Debug,
        };
        new WorldOptions
        {
            Pack = batch.Pack,
            Tickets = batch.Tickets,
            Customers = batch.Customers,
            Products = batch.Products,
            Orders = batch.Orders,
            Seed = WorldSeed.OfNumber(batch.Seed),
            AsOf = batch.AsOf,
            CompanyName = batch.CompanyName,
            Debug = batch.Debug,
        }.Validate();
        // The engine also takes a folder as a pack. A caller over HTTP must not make this process read folders of its choice.
        if (!PackSource.EmbeddedPacks.Contains(batch.Pack))
        {
            throw new WorldException(
                "unknown_pack", "There is no installed pack of this name.",
                $"Choose one of: {string.Join(", ", PackSource.EmbeddedPacks)}. Packs in folders are for the command line.", "pack", batch.Pack);
        }
        return batch;
    }
}
