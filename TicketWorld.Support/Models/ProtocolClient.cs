using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>
/// Calls a model once, without retries. Every fault becomes a <see cref="ModelCallException"/>, whose message never repeats what the endpoint
/// said, since that may hold the key or the prompt.
/// </summary>
internal abstract class ProtocolClient(string protocol) : IChatClient
{
    /// <summary>More than any model takes or gives; a count outside is one that the endpoint made up.</summary>
    private const long MostTokens = 100_000_000;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var response = await AskAsync(messages, options, cancellationToken).ConfigureAwait(false);
            return response.Text.Length > 0 ? response : throw new ModelCallException(ModelFault.Malformed, "The model's answer is empty.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ModelCallException)
        {
            throw;
        }
        catch (Exception e)
        {
            // No inner exception: those of the libraries hold what the endpoint said.
            throw Cause<ModelCallException>(e) ?? (Cause<HttpRequestException>(e) is not null || Cause<IOException>(e) is not null
                ? new ModelCallException(ModelFault.Unreachable, "The connection to the model's endpoint failed or was cut.")
                : new ModelCallException(ModelFault.Malformed, $"The model's answer is not of the {protocol} protocol ({e.GetType().Name})."));
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ChatResponse> AskAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken);

    protected abstract void Dispose(bool disposing);

    /// <summary>The counts, each null when it cannot be one.</summary>
    protected static UsageDetails Usage(long? input, long? output) => new() { InputTokenCount = Tokens(input), OutputTokenCount = Tokens(output) };

    private static long? Tokens(long? count) => count is >= 0 and <= MostTokens ? count : null;

    private static T? Cause<T>(Exception? e)
        where T : Exception => e is null or T ? e as T : e is AggregateException many ? many.InnerExceptions.Select(Cause<T>).FirstOrDefault(c => c is not null) : Cause<T>(e.InnerException);
}
