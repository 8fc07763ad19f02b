using System.Buffers;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Makes the files of a dataset again from the options in its manifest. It is the only class of the verifier that runs the generator;
/// what it makes is compared with files and tickets that every other layer has judged without it.
/// </summary>
internal sealed class Reproduction
{
    private readonly World _world;
    private readonly Manifest _manifest;

    private Reproduction(World world)
    {
        _world = world;
        _manifest = Manifest.Of(world, []);
    }

    public int Tickets => _world.TicketCount;

    /// <summary>Prepares to make the files again; null with a reason when it cannot be done.</summary>
    public static Reproduction? Prepare(ManifestRecord manifest, out string? reason)
    {
        reason = null;
        var options = manifest.Options;
        if (manifest.PackName is not { } name || manifest.AsOf is not { } asOf || manifest.Debug is not { } debug || !WorldSeed.TryParse(manifest.Seed, out var seed)
            || options[0] is not { } tickets || options[1] is not { } customers || options[2] is not { } products || options[3] is not { } orders)
        {
            reason = "the manifest does not state all options";
            return null;
        }

        var pack = manifest.PackFolder ?? name;
        if (manifest.PackFolder is null && !PackSource.EmbeddedPacks.Contains(name))
        {
            reason = $"the pack {name} is not embedded; name its folder with --pack";
            return null;
        }

        try
        {
            return new Reproduction(World.Create(Pack.Load(pack), new WorldOptions
            {
                Pack = pack,
                Tickets = tickets,
                Customers = customers,
                Products = products,
                Orders = orders,
                Seed = seed,
                AsOf = asOf,
                CompanyName = manifest.Company,
                Debug = debug,
                Appended = manifest.Appended,
                Twins = manifest.Twins,
            }));
        }
        catch (Exception e) when (e is PackException or WorldException or IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
            return null;
        }
    }

    /// <summary>What the manifest says of the program and the pack, and what it would say now.</summary>
    public IEnumerable<(string Field, string? Found, string Expected)> Versions(ManifestRecord manifest) =>
    [
        ("engine_version", manifest.EngineVersion, _manifest.EngineVersion),
        ("pack.version", manifest.PackVersion, _manifest.PackVersion),
        ("pack.content_hash", manifest.PackHash, _manifest.PackContentHash),
    ];

    public void WriteDatabase(Stream output, CancellationToken cancellation) => _world.WriteDatabase(output, cancellation);

    public void WritePolicyText(Stream output) => _world.WritePolicyText(output);

    public void WritePolicyGraph(Stream output) => _world.WritePolicyGraph(output);

    public void WriteTwins(Stream output) => _world.WriteTwins(output);

    /// <summary>Whether this line, without its end, is the ticket with an index.</summary>
    /// <param name="reading">What the second oracle took from the line's text.</param>
    public bool Makes(long index, ReadOnlySpan<byte> line, Reading reading)
    {
        try
        {
            return index < Tickets && _world.IsTicket((int)index, line, reading);
        }
        catch (WorldException)
        {
            // A ticket that cannot be made is not the one in the file; comparing all tells why.
            return false;
        }
    }

    /// <summary>Why a ticket could not be made, on one thread or several; null for any other error.</summary>
    public static string? WhyUnmade(Exception error) => error switch
    {
        WorldException => error.Message,
        AggregateException all when all.Flatten().InnerExceptions.All(e => e is WorldException) => all.Flatten().InnerExceptions[0].Message,
        _ => null,
    };

    /// <summary>Tickets of a range, as the bytes of the file of lines.</summary>
    public ReadOnlyMemory<byte> WriteBlock(int first, int count, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(count * 6144);
        _world.WriteTickets(first, count, buffer, new int[count], cancellation);
        return buffer.WrittenMemory;
    }

    /// <summary>Tickets of a range, as the lines of the file without their ends.</summary>
    public void WriteTickets(int first, ReadOnlyMemory<byte>[] lines, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(lines.Length * 4096);
        var lengths = new int[lines.Length];
        _world.WriteTickets(first, lines.Length, buffer, lengths, cancellation);
        var start = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = buffer.WrittenMemory.Slice(start, lengths[i]).TrimEnd((byte)'\n');
            start += lengths[i];
        }
    }
}
