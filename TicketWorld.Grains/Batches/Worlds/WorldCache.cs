using Microsoft.Extensions.Options;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Grains.Batches.Worlds;

/// <summary>Makes worlds and keeps the last used, so that the chunks of a batch share one. Its tables are large, hence the bound.</summary>
internal sealed class WorldCache(IOptions<BatchOptions> options) : IWorlds
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(BatchRequest Request, Lazy<IBatchWorld> World)> _kept = new();

    public void Check(BatchRequest request)
    {
        // A batch comes over HTTP, where a pack is a name and never a path.
        if (!PackSource.EmbeddedPacks.Contains(request.Pack, StringComparer.Ordinal))
            throw new GrainCallException("unknown_pack", $"There is no pack '{request.Pack}'. Choose one of: {string.Join(", ", PackSource.EmbeddedPacks)}.");
        Translate<object?>(() =>
        {
            OptionsOf(request).Validate();
            return null;
        });
    }

    public IBatchWorld Get(BatchRequest request)
    {
        Lazy<IBatchWorld> world;
        lock (_gate)
        {
            world = Find(request);
            while (_kept.Count > options.Value.WorldsInMemory)
                _kept.RemoveLast();
        }

        try
        {
            return world.Value;
        }
        catch
        {
            Release(request);
            throw;
        }
    }

    public void Release(BatchRequest request)
    {
        lock (_gate)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Request != request)
                    continue;
                _kept.Remove(node);
                return;
            }
        }
    }

    private static WorldOptions OptionsOf(BatchRequest request) => new()
    {
        Pack = request.Pack,
        Tickets = request.Tickets,
        Customers = request.Customers,
        Products = request.Products,
        Orders = request.Orders,
        Seed = request.Seed,
        AsOf = request.AsOf,
        CompanyName = request.CompanyName,
        Debug = request.Debug,
    };

    /// <summary>The engine's refusals become those of the grain, with their codes and remedies.</summary>
    internal static T Translate<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (WorldException error)
        {
            throw new GrainCallException(error.Code, $"{error.Message} {error.Remedy}", nameof(WorldException), error);
        }
        catch (PackException error)
        {
            throw new GrainCallException("invalid_pack", error.Message, nameof(PackException), error);
        }
    }

    private Lazy<IBatchWorld> Find(BatchRequest request)
    {
        for (var node = _kept.First; node is not null; node = node.Next)
        {
            if (node.Value.Request != request)
                continue;
            _kept.Remove(node);
            _kept.AddFirst(node);
            return node.Value.World;
        }

        var made = new Lazy<IBatchWorld>(() => Translate<IBatchWorld>(() => new GeneratedWorld(World.Create(OptionsOf(request)))));
        _kept.AddFirst((request, made));
        return made;
    }

}
