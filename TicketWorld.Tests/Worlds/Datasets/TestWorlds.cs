using System.Buffers;
using System.Security.Cryptography;
using TicketWorld.Tests.Worlds.Messages;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Datasets;

/// <summary>Worlds for tests.</summary>
internal static class TestWorlds
{
    public static Pack Pack => TechNest.Pack;

    /// <summary>As many orders as tickets, so that every ticket has an order line of its own.</summary>
    public static WorldOptions Roomy(int tickets, ulong seed) => new()
    {
        Tickets = tickets,
        Orders = tickets,
        Customers = Math.Max(1, tickets / 2),
        Products = 150,
        Seed = seed,
    };

    /// <summary>The tickets of a world, made at once.</summary>
    public static List<ReadOnlyMemory<byte>> Lines(World world) => Lines(world, 0, world.TicketCount);

    /// <summary>A run of a world's tickets as the lines of the JSON Lines file, each with its line feed.</summary>
    public static List<ReadOnlyMemory<byte>> Lines(World world, int first, int count)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        var lengths = new int[count];
        world.WriteTickets(first, count, buffer, lengths);
        var lines = new List<ReadOnlyMemory<byte>>(count);
        var start = 0;
        foreach (var length in lengths)
        {
            lines.Add(buffer.WrittenMemory.Slice(start, length));
            start += length;
        }

        Assert.Equal(buffer.WrittenCount, start);
        return lines;
    }

    /// <summary>What making all tickets reports, with the shares beside their targets.</summary>
    public static (World World, ChunkReport Report, IReadOnlyList<ShareLine> Shares) Report(WorldOptions options)
    {
        var world = World.Create(Pack, options);
        var report = world.WriteTickets(0, world.TicketCount, new ArrayBufferWriter<byte>(), new int[world.TicketCount]);
        return (world, report, Shares.Of(world, report));
    }

    /// <summary>Name and digest of every file of a folder but the lock of a command at work.</summary>
    public static SortedDictionary<string, string> Digests(string folder) => new(
        Directory.GetFiles(folder).Where(f => Path.GetFileName(f) != ".ticketworld-lock").ToDictionary(f => Path.GetFileName(f)!, f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))),
        StringComparer.Ordinal);

    /// <summary>Asserts that a folder holds one complete set: exactly the files of its manifest, with their sizes and digests.</summary>
    public static Manifest AssertComplete(string folder)
    {
        var manifest = DatasetFolder.ReadManifest(folder);
        Assert.NotNull(manifest);
        Assert.Equal(Manifest.FileNames.Order(), manifest.Files.Select(f => f.Name).Order());
        Assert.Equal([.. Manifest.FileNames.Append(Manifest.FileName).Order(StringComparer.Ordinal)], Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        foreach (var file in manifest.Files)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, file.Name));
            Assert.Equal(file.Size, bytes.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        return manifest;
    }
}
