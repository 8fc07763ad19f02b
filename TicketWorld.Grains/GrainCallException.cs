namespace TicketWorld.Grains;

/// <summary>
/// A call on a grain did not give its result. Grain code throws it to refuse a call: the turn then has no effect, the
/// caller gets this code and message at once, and the message is not tried again. A caller outside receives it for every failure.
/// </summary>
/// <param name="code">A stable word for programs, such as <c>not_found</c>.</param>
/// <param name="message">What happened, the value at fault and the remedy.</param>
/// <param name="type">The exception's type name in the grain.</param>
/// <param name="inner">The cause, when it is in this process.</param>
public sealed class GrainCallException(string code, string message, string? type = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The turn kept failing and its message is parked.</summary>
    public const string Parked = "parked";

    /// <summary>The parked message was discarded by an operator.</summary>
    public const string Discarded = "discarded";

    /// <summary>The caller's time limit passed; the call itself still stands.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>Grain code asked for a result inside a turn.</summary>
    public const string AwaitInTurn = "await_in_turn";

    /// <summary>The message names a grain kind or method that this silo does not have, or arguments that do not fit it.</summary>
    public const string BadMessage = "bad_message";

    /// <summary>A stable word for programs.</summary>
    public string Code { get; } = code;

    /// <summary>The exception's type name in the grain.</summary>
    public string Type { get; } = type ?? nameof(GrainCallException);

    internal GrainFailure ToFailure() => new(Type, Message, Code);

    internal static GrainCallException From(GrainFailure failure) => new(failure.Code, failure.Message, failure.Type);
}
