using Microsoft.Extensions.Options;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults;

/// <summary>
/// A reason why a host cannot start that the person who starts it can remove: a wrong setting, a port in use.
/// <see cref="HostRun"/> prints its message, without a stack trace, and ends with its exit code.
/// The message says what happened, names the value at fault and the remedy.
/// </summary>
public sealed class StartFaultException : Exception
{
    /// <summary>Creates a fault without a message.</summary>
    public StartFaultException()
    {
    }

    /// <summary>Creates a fault with the text for the person who starts the host.</summary>
    public StartFaultException(string message)
        : base(message)
    {
    }

    /// <summary>Creates a fault with its cause.</summary>
    public StartFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>1, or 2 for a command line that cannot be understood.</summary>
    public int ExitCode { get; init; } = 1;

    /// <summary>The start fault inside <paramref name="exception"/>, or null when it is something else.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="host">Names further exceptions that count as start faults.</param>
    public static StartFaultException? Find(Exception? exception, HostDescription host) => exception switch
    {
        null => null,
        StartFaultException fault => fault,
        OptionsValidationException options => new(string.Join(Environment.NewLine, options.Failures), options),
        _ when host.StartFaults.Contains(exception.GetType()) => new(exception.Message, exception),
        AggregateException many => many.InnerExceptions.Select(inner => Find(inner, host)).FirstOrDefault(fault => fault is not null),
        _ => Find(exception.InnerException, host),
    };
}
