using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Errors;
using TicketWorld.Grains.Batches;

namespace TicketWorld.Api.Batches;

/// <summary>
/// The progress of one batch as server-sent events, read from the read model, so that any number of watchers costs no
/// grain a turn. An event's id is the batch's revision; a browser that reconnects after the end gets 204, which tells it
/// to stop.
/// </summary>
internal static class BatchEvents
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>After this long without a change the last event is repeated, so that proxies keep the connection.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static async Task<Results<ServerSentEventsResult<BatchResponse>, NoContent>> Follow(
        [FromRoute(Name = "batch_id")] string batchId, HttpContext context, IBatchQueries queries, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        BatchEndpoints.CheckId(batchId);
        var view = await queries.GetAsync(batchId, context.RequestAborted) ?? throw new ProblemException(Problems.BatchNotFound(batchId));
        if (IsOver(view) && context.Request.Headers["Last-Event-ID"] == IdOf(view))
            return TypedResults.NoContent();
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(end);
        return TypedResults.ServerSentEvents(Events(view, queries, time, end.Token));
    }

    private static async IAsyncEnumerable<SseItem<BatchResponse>> Events(
        BatchView view, IBatchQueries queries, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var (sent, sentAt) = (-1L, 0L);
        while (true)
        {
            if (view.Revision != sent || time.GetElapsedTime(sentAt) >= Silence)
            {
                (sent, sentAt) = (view.Revision, time.GetTimestamp());
                var name = IsOver(view) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(view.Status.ToString()) : "progress";
                yield return new(BatchResponse.From(view), name) { EventId = IdOf(view) };
                if (IsOver(view))
                    yield break;
            }
            if (!await TickAsync(timer, cancellationToken))
                yield break;
            view = await queries.GetAsync(view.BatchId, CancellationToken.None) ?? view;
        }
    }

    private static bool IsOver(BatchView view) => view.Status is BatchStatus.Completed or BatchStatus.Failed or BatchStatus.Cancelled;

    private static string IdOf(BatchView view) => view.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
