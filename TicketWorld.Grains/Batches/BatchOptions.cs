using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Batches;

/// <summary>The settings of batches: section <c>Batches</c> of the configuration. None of them changes what is generated.</summary>
public sealed class BatchOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Batches";

    /// <summary>How many tickets a chunk holds.</summary>
    public const int ChunkTickets = 1000;

    /// <summary>How many chunks of one batch may be under way. 1 to 256.</summary>
    public int ChunksInFlight { get; set; } = 16;

    /// <summary>How many worlds a process keeps in memory, the least used leaving first. 1 to 64.</summary>
    public int WorldsInMemory { get; set; } = 2;
}

/// <summary>Checks the settings against their ranges.</summary>
internal sealed class BatchOptionsValidation : IValidateOptions<BatchOptions>
{
    public ValidateOptionsResult Validate(string? name, BatchOptions options)
    {
        if (options.ChunksInFlight is < 1 or > 256)
            return Wrong(nameof(options.ChunksInFlight), options.ChunksInFlight, 256);
        return options.WorldsInMemory is < 1 or > 64 ? Wrong(nameof(options.WorldsInMemory), options.WorldsInMemory, 64) : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Wrong(string key, int value, int most) => ValidateOptionsResult.Fail(
        $"{BatchOptions.Section}:{key} is {value}, and must be from 1 to {most}. Correct it in the configuration, or leave it out for the default.");
}
