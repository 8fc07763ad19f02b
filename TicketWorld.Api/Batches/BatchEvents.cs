using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Errors;
using TicketWorld.Grains.Batches;

namespace TicketWorld.Api.Batches;

/// <summary>
/// The progress of one batch as server-sent events, read from the read model by one <see cref="BatchWatch"/>, so that any number of watchers costs no
/// grain a turn. An event's id is the batch's revision; a browser that reconnects after the end gets 204, which tells it
/// to stop.
/// </summary>
internal static class BatchEvents
{
    /// <summary>After this long without a change the last event is repeated, so that proxies keep the connection.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static async Task<Results<ServerSentEventsResult<BatchResponse>, NoContent>> Follow(
        [FromRoute(Name = "batch_id")] string batchId, HttpContext context, IBatchQueries queries, BatchWatch watch, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        BatchEndpoints.CheckId(batchId);

        // The watch begins before the batch is read, so that no change falls between.
        var watcher = watch.Watch(batchId);
        context.Response.RegisterForDispose(watcher);
        var view = await queries.GetAsync(batchId, context.RequestAborted) ?? throw new ProblemException(Problems.BatchNotFound(batchId));
        if (IsOver(view) && context.Request.Headers["Last-Event-ID"] == IdOf(view))
            return TypedResults.NoContent();
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(end);
        return TypedResults.ServerSentEvents(Events(view, watcher, time, end.Token));
    }

    private static async IAsyncEnumerable<SseItem<BatchResponse>> Events(
        BatchView view, BatchWatch.Watcher watcher, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (sent, sentAt) = (-1L, 0L);
        while (true)
        {
            if (view.Revision > sent || time.GetElapsedTime(sentAt) >= Silence)
            {
                (sent, sentAt) = (view.Revision, time.GetTimestamp());
                var name = IsOver(view) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(view.Status.ToString()) : "progress";
                yield return new(BatchResponse.From(view), name) { EventId = IdOf(view) };
                if (IsOver(view))
                    yield break;
            }
            var (next, ended) = await NextAsync(watcher, Silence - time.GetElapsedTime(sentAt), time, cancellationToken);
            if (ended)
                yield break;
            view = next ?? view;
        }
    }

    private static bool IsOver(BatchView view) => view.Status is BatchStatus.Completed or BatchStatus.Failed or BatchStatus.Cancelled;

    private static string IdOf(BatchView view) => view.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(BatchView? View, bool Ended)> NextAsync(BatchWatch.Watcher watcher, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return (await watcher.NextAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken), false);
        }
        catch (OperationCanceledException)
        {
            return (null, true);
        }
    }
}
