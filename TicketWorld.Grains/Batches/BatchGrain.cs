using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using TicketWorld.Grains.Batches.Worlds;

namespace TicketWorld.Grains.Batches;

/// <inheritdoc cref="IBatchGrain"/>
internal sealed class BatchGrain(
    [PersistentState("batch")] IPersistentState<BatchState> batch, IWorlds worlds, IOptions<BatchOptions> options) : Grain, IBatchGrain
{
    public Task<BatchView> Start(BatchRequest request)
    {
        var state = batch.State;
        if (state.Request is not null)
        {
            return state.Request == request ? Task.FromResult(ViewOf(state)) : throw new GrainCallException(
                "batch_exists", $"The batch {Key} exists with other options. Choose another id, or ask for it with the options that it has.");
        }

        worlds.Check(request);
        state.Request = request;
        state.CreatedAt = Turn.Now;
        state.ChunksTotal = (request.Tickets + BatchOptions.ChunkTickets - 1) / BatchOptions.ChunkTickets;
        _ = Dataset(nameof(Prepared)).Prepare(request);
        return Task.FromResult(Publish(state));
    }

    public Task<BatchView> View() => Task.FromResult(ViewOf(Started()));

    public Task<BatchView> Cancel()
    {
        var state = Started();
        if (state.Status is not (BatchStatus.Queued or BatchStatus.Running))
            return Task.FromResult(ViewOf(state));
        End(state, BatchStatus.Cancelled);
        return Task.FromResult(Publish(state));
    }

    public async Task Prepared(Reply<PreparedWorld> reply)
    {
        var state = Started();
        if (state.Status == BatchStatus.Cancelled)
            return;
        if (reply.Failure is not null)
        {
            Fail(state, reply, reply.Failure);
            return;
        }

        Resume(state, reply);
        state.StartedAt = Turn.Now;
        await Dataset(nameof(CompanyFilesFinished)).WriteCompanyFiles(state.Request!);
        SendChunks(state);
        Publish(state);
    }

    public Task ChunkFinished(Reply<ChunkResult> reply)
    {
        var state = Started();
        if (state.Status == BatchStatus.Cancelled)
            return Task.CompletedTask;
        if (reply.Failure is not null)
        {
            Fail(state, reply, reply.Failure);
            return Task.CompletedTask;
        }

        if (!state.Done.Add(reply.Value!.Number))
            return Task.CompletedTask;
        state.TicketsDone += reply.Value.Tickets;
        state.LastChunkAt = Turn.Now;
        Resume(state, reply);
        SendChunks(state);
        SealWhenWhole(state);
        Publish(state);
        return Task.CompletedTask;
    }

    public Task CompanyFilesFinished(Reply reply)
    {
        var state = Started();
        if (state.Status == BatchStatus.Cancelled)
            return Task.CompletedTask;
        if (reply.Failure is not null)
        {
            Fail(state, reply, reply.Failure);
            return Task.CompletedTask;
        }

        state.CompanyFilesDone = true;
        Resume(state, reply);
        SendChunks(state);
        SealWhenWhole(state);
        Publish(state);
        return Task.CompletedTask;
    }

    public Task Sealed(Reply<SealedDataset> reply)
    {
        var state = Started();
        if (state.Status == BatchStatus.Cancelled)
            return Task.CompletedTask;
        if (reply.Failure is not null)
        {
            Fail(state, reply, reply.Failure);
            return Task.CompletedTask;
        }

        Resume(state, reply);
        End(state, BatchStatus.Completed);
        var order = 0;
        foreach (var file in reply.Value!.Files)
        {
            Stage("insert_batch_file", new
            {
                batch_id = Key,
                position = order++,
                name = file.Name,
                size = file.Size,
                sha256 = file.Sha256,
                content_type = file.ContentType,
            });
        }

        Publish(state);
        return Task.CompletedTask;
    }

    private BatchState Started() => batch.State.Request is not null ? batch.State : throw new GrainCallException(
        "not_found", $"There is no batch {Key}. List the batches, or start one.");

    private IDatasetGrain Dataset(string replyTo) => Grains.GetGrain<IDatasetGrain>(Key, new() { ReplyTo = replyTo });

    /// <summary>Sends out chunks until as many are under way as may be.</summary>
    private void SendChunks(BatchState state)
    {
        var request = state.Request!;
        while (state.Status == BatchStatus.Running && state.NextChunk < state.ChunksTotal && state.NextChunk - state.Done.Count < options.Value.ChunksInFlight)
        {
            var number = state.NextChunk++;
            var first = number * BatchOptions.ChunkTickets;
            var chunk = Grains.GetGrain<IChunkGrain>(
                string.Create(CultureInfo.InvariantCulture, $"{Key}/{number:D6}"), new() { ReplyTo = nameof(ChunkFinished) });
            _ = chunk.Generate(new(Key, request, number, first, Math.Min(BatchOptions.ChunkTickets, request.Tickets - first)));
        }
    }

    private void SealWhenWhole(BatchState state)
    {
        if (!state.CompanyFilesDone || state.Done.Prefix < state.ChunksTotal || state.Sealing)
            return;
        state.Sealing = true;
        _ = Dataset(nameof(Sealed)).Seal(state.Request!);
    }

    /// <summary>Work goes on after a failure when every message that failed has been replayed with success; other successes do not end it.</summary>
    private static void Resume(BatchState state, Reply reply)
    {
        state.Failed.Remove(reply.MessageId);
        if (state.Failed.Count > 0)
            return;
        state.Error = null;
        state.FinishedAt = null;
        state.Status = BatchStatus.Running;
    }

    private void Fail(BatchState state, Reply reply, GrainFailure failure)
    {
        state.Failed.Add(reply.MessageId);
        state.Error = new(failure.Code, failure.Message);
        End(state, BatchStatus.Failed);
        Publish(state);
    }

    private void End(BatchState state, BatchStatus status)
    {
        state.Status = status;
        state.FinishedAt = Turn.Now;
    }

    /// <summary>Puts the new view into the read model.</summary>
    private BatchView Publish(BatchState state)
    {
        state.Revision++;
        var view = ViewOf(state);
        Stage("upsert_batch", new
        {
            batch_id = Key,
            created_at = state.CreatedAt.ToUnixTimeMilliseconds(),
            status = JsonNamingPolicy.SnakeCaseLower.ConvertName(state.Status.ToString()),
            chunks_ready = state.Done.Prefix,
            content = JsonSerializer.Serialize(view, GrainJson.Options),
        });
        Announce(new(BatchView.Topic(Key), state.Revision.ToString(CultureInfo.InvariantCulture)));
        return view;
    }

    private BatchView ViewOf(BatchState state)
    {
        double? rate = state is { TicketsDone: > 0, StartedAt: { } started, LastChunkAt: { } last } && last > started
            ? Math.Round(state.TicketsDone / (last - started).TotalSeconds, 1)
            : null;
        var left = state.Request!.Tickets - state.TicketsDone;
        return new()
        {
            BatchId = Key,
            Status = state.Status,
            Options = state.Request,
            TicketsDone = state.TicketsDone,
            TicketsTotal = state.Request.Tickets,
            ChunksDone = state.Done.Count,
            ChunksTotal = state.ChunksTotal,
            TicketsPerSecond = rate,
            Eta = rate > 0 && state.Status == BatchStatus.Running ? state.LastChunkAt + TimeSpan.FromSeconds(left / rate.Value) : null,
            CreatedAt = state.CreatedAt,
            StartedAt = state.StartedAt,
            FinishedAt = state.FinishedAt,
            Revision = state.Revision,
            Error = state.Error,
        };
    }
}
