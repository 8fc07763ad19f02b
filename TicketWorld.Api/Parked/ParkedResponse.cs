using TicketWorld.Grains;

namespace TicketWorld.Api.Parked;

/// <summary>A parked message as the API shows it. Its arguments stay where they are: they may hold what customers wrote.</summary>
internal sealed record ParkedResponse
{
    public required string Id { get; init; }

    /// <summary>The kind of grain and its key.</summary>
    public required GrainId Grain { get; init; }

    public required string Method { get; init; }

    /// <summary>The size of the arguments, in characters.</summary>
    public required int ArgumentsLength { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>The last error.</summary>
    public required GrainFailure Error { get; init; }

    /// <summary>The last error with its stack.</summary>
    public required string Detail { get; init; }

    public required ParkedLinks Links { get; init; }

    public static ParkedResponse From(ParkedMessage message)
    {
        var self = ParkedEndpoints.AddressOf(message.MessageId);
        return new()
        {
            Id = message.MessageId,
            Grain = message.Grain,
            Method = message.Method,
            ArgumentsLength = message.Arguments.Length,
            Attempts = message.Attempts,
            CreatedAt = message.CreatedAt,
            ParkedAt = message.ParkedAt,
            Error = message.Error,
            Detail = message.Detail,
            Links = new(self, self + "/replay", self + "/discard"),
        };
    }
}

/// <summary>Addresses of a parked message.</summary>
internal sealed record ParkedLinks(string Self, string Replay, string Discard);

/// <summary>Where a message stands after a request.</summary>
internal sealed record MessageFateResponse(string Id, MessageFate Status);

/// <summary>How many messages were replayed or discarded, and how many of the filter are parked now.</summary>
internal sealed record ParkedCountResponse(int Changed, long Parked);
