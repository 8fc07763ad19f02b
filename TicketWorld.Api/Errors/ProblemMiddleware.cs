using TicketWorld.Grains;
using TicketWorld.ServiceDefaults.Problems;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Api.Errors;

/// <summary>Turns every failure, and every error status without a body, into Problem Details. No answer carries a stack trace.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Problems.ForStatus(context.Response.StatusCode, context).WriteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("The caller of {Method} {Path} went away", context.Request.Method, context.Request.Path);
        }
        catch (Exception exception)
        {
            var problem = Explain(exception, context);
            if (problem.Status >= 500)
                logger.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted)
            {
                // A part of the answer is gone out already: only a broken connection tells the caller that it is not whole.
                context.Abort();
                return;
            }
            context.Response.Clear();
            context.Response.Headers["X-Correlation-Id"] = ServiceDefaults.Correlation.RequestCorrelation.Current;
            await problem.WriteAsync(context);
        }
    }

    private static Problem Explain(Exception exception, HttpContext context) => exception switch
    {
        ProblemException problem => problem.Problem,
        WorldException world => Problems.From(world),
        GrainCallException call => Problems.From(call),
        GrainStoreException store => Problems.Store(store),
        BadHttpRequestException bad => Problems.ForStatus(bad.StatusCode, context),
        _ => Problems.Internal(),
    };
}
