using System.Security.Cryptography;
using TicketWorld.Grains.Batches.Worlds;

namespace TicketWorld.Grains.Batches;

/// <inheritdoc cref="IDatasetGrain"/>
internal sealed class DatasetGrain(IWorlds worlds, IChunkStore chunks, DatasetStreams streams) : Grain, IDatasetGrain
{
    public Task<PreparedWorld> Prepare(BatchRequest request) => Task.FromResult(new PreparedWorld(worlds.Get(request).Tickets));

    public async Task WriteCompanyFiles(BatchRequest request)
    {
        foreach (var file in worlds.Get(request).CompanyFiles)
        {
            Turn.Cancellation.ThrowIfCancellationRequested();
            await StoreAsync(file.Name, stream => file.Write(stream, Turn.Cancellation));
        }
    }

    public async Task<SealedDataset> Seal(BatchRequest request)
    {
        var world = worlds.Get(request);
        List<(string Name, string ContentType)> names =
            [(DatasetFiles.TicketArray, DatasetFiles.Json), (DatasetFiles.TicketLines, DatasetFiles.JsonLines), .. world.CompanyFiles.Select(file => (file.Name, file.ContentType))];
        List<BatchFile> files = [.. await Task.WhenAll(names.Select(name => BesideAsync(() => HashAsync(name.Name, name.ContentType, request))))];
        var manifest = world.Manifest(files);
        await StoreAsync(DatasetFiles.Manifest, stream => stream.Write(manifest));
        worlds.Release(request);
        files.Add(new(DatasetFiles.Manifest, manifest.Length, Convert.ToHexStringLower(SHA256.HashData(manifest)), DatasetFiles.Json));
        return new(files);
    }

    /// <summary>Starts work that reads only, on the threads that this turn runs on.</summary>
    private Task<T> BesideAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, Turn.Cancellation, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();

    private async Task StoreAsync(string name, Action<Stream> write)
    {
        var chunk = new ChunkId(Key, name, Turn.Epoch);
        await using var stream = chunks.OpenWrite(chunk);
        write(stream);
        Turn.Keep(chunk, await stream.CompleteAsync());
    }

    private async Task<BatchFile> HashAsync(string name, string contentType, BatchRequest request)
    {
        await using var stream = await streams.OpenAsync(Key, name, request.Tickets, Turn.Cancellation)
            ?? throw new GrainStoreException($"A part of {name} of the batch {Key} is missing in the chunk store. Make the batch again with the same options.");
        var hash = await SHA256.HashDataAsync(stream, Turn.Cancellation);
        return new(name, stream.Length, Convert.ToHexStringLower(hash), contentType);
    }
}
