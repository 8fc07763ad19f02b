namespace TicketWorld.Grains;

/// <summary>Who goes first among grains that are ready. Within one grain the order is always first in, first out.</summary>
public enum MessagePriority
{
    /// <summary>Somebody waits for the answer. Has workers of its own, so that no long turn delays it.</summary>
    Interactive = 0,

    /// <summary>Short work that nobody waits for.</summary>
    Normal = 1,

    /// <summary>Long work that may take a processor for a while; runs on threads of its own.</summary>
    Bulk = 2,

    /// <summary>Waits for something outside, such as a model, and hardly computes. Many may wait at a time without delaying other work.</summary>
    Outside = 3,
}

/// <summary>How a call is sent.</summary>
public sealed record SendOptions
{
    /// <summary>The call is enqueued durably and no reply is kept; the task completes when the message is on disk.</summary>
    public static SendOptions WithoutReply { get; } = new() { OneWay = true };

    /// <summary>
    /// Null takes the priority that the method carries (<see cref="PriorityAttribute"/>), else
    /// <see cref="MessagePriority.Interactive"/> for an awaited call from outside and <see cref="MessagePriority.Normal"/> for the rest.
    /// </summary>
    public MessagePriority? Priority { get; init; }

    /// <summary>Outside a turn: do not wait for, and do not keep, a reply. Inside a turn every call is one-way already.</summary>
    public bool OneWay { get; init; }

    /// <summary>Outside a turn: how long to wait for the reply; null takes <c>Grains:CallTimeLimit</c>. The call stands when the wait ends.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Outside a turn: the identity of the message. A second message with the same identity is not applied again;
    /// its caller gets the reply of the first. Null draws a new one.
    /// </summary>
    public string? MessageId { get; init; }

    /// <summary>
    /// Inside a turn: the method of the sending grain that receives the reply as a new turn. It takes one parameter, a
    /// <see cref="Reply{T}"/> of the called method's result, or <see cref="Reply"/> where that returns no value.
    /// </summary>
    public string? ReplyTo { get; init; }

    /// <summary>Comes back in the reply, so that the sender knows which of its calls was answered.</summary>
    public string? Tag { get; init; }

    /// <summary>The message joins the grain's line only after this time: a durable timer. Null or zero joins at once.</summary>
    public TimeSpan? Delay { get; init; }
}

/// <summary>The priority of calls of one method, unless the sender chooses another.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PriorityAttribute(MessagePriority priority) : Attribute
{
    /// <summary>The priority that calls of the method have.</summary>
    public MessagePriority Priority { get; } = priority;
}

/// <summary>The name under which a grain interface is stored. Without it: <c>IBatchGrain</c> is stored as <c>batch</c>.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class GrainKindAttribute(string name) : Attribute
{
    /// <summary>The stored name. Changing it orphans the grains stored under the old one.</summary>
    public string Name { get; } = name;
}
