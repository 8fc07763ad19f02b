using TicketWorld.Support.Models;

namespace TicketWorld.Support.Responding;

/// <summary>Drafts replies with a model.</summary>
public interface IReplyWriter
{
    /// <param name="request">What the reply is to be about.</param>
    /// <param name="ticket">The ticket's id; null for a text that is no ticket.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelCallException">No model gave a usable draft.</exception>
    Task<StructuredAnswer<ModelReply>> WriteAsync(ModelReplyRequest request, string? ticket = null, CancellationToken cancellationToken = default);
}
