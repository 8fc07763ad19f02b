namespace TicketWorld.Grains.Access;

/// <summary>A key that is asked for cannot be made. The message says what is wrong.</summary>
/// <param name="field">What is at fault.</param>
/// <param name="value">Its value.</param>
/// <param name="message">What happened.</param>
/// <param name="remedy">What to do.</param>
public sealed class ApiKeyException(string field, string? value, string message, string remedy) : Exception(message)
{
    /// <summary>What is at fault.</summary>
    public string Field { get; } = field;

    /// <summary>Its value.</summary>
    public string? Value { get; } = value;

    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;
}
