namespace TicketWorld.Support.Models;

/// <summary>Why a call of a model gave no answer.</summary>
public enum ModelFault
{
    /// <summary>The endpoint refuses the key, the model or the request; the same call fails again.</summary>
    Refused,

    /// <summary>The endpoint is overloaded or broken for now: 408, 409, 429 or 5xx.</summary>
    Overloaded,

    /// <summary>No connection, or one that was cut.</summary>
    Unreachable,

    /// <summary>No answer within the time limit.</summary>
    TimedOut,

    /// <summary>An answer that cannot be read: cut or no JSON, no choices, too long.</summary>
    Malformed,

    /// <summary>The budget does not cover the call, so it was not made.</summary>
    BudgetSpent,

    /// <summary>Too many calls in a row failed, so this one was not made.</summary>
    GaveUp,
}

/// <summary>A call of a model that gave no answer. Its message holds neither the key nor what the endpoint said.</summary>
public sealed class ModelCallException(ModelFault fault, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public ModelFault Fault { get; } = fault;

    /// <summary>How long the endpoint asks to wait before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>What the calls took that ended so, where answers were paid that could not be used; null for nothing.</summary>
    public ModelCallUsage? Usage { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsPassing => Fault is ModelFault.Overloaded or ModelFault.Unreachable or ModelFault.TimedOut or ModelFault.Malformed;
}
