using System.Buffers;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Grains.Batches.Worlds;

/// <summary>A world of the engine as batches use it.</summary>
internal sealed class GeneratedWorld(World world) : IBatchWorld
{
    public int Tickets => world.TicketCount;

    public IReadOnlyList<CompanyFile> CompanyFiles { get; } =
    [
        new("customer_database.json", DatasetFiles.Json, world.WriteDatabase),
        new("company_policy.txt", DatasetFiles.Text, (stream, _) => world.WritePolicyText(stream)),
        new("policy_graph.json", DatasetFiles.Json, (stream, _) => world.WritePolicyGraph(stream)),
    ];

    public void WriteTickets(int first, int count, IBufferWriter<byte> lines, CancellationToken cancellation) =>
        WorldCache.Translate(() => world.WriteTickets(first, count, lines, new int[count], cancellation));

    public byte[] Manifest(IReadOnlyList<BatchFile> files) => TicketWorld.Worlds.Datasets.Manifest.Of(
        world, [.. files.Select(file => new DatasetFile(file.Name, file.Size, file.Sha256))]).ToBytes();
}
