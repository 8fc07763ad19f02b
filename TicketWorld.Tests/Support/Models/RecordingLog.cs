using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TicketWorld.Tests.Support.Models;

/// <summary>Keeps what is logged at a level or above.</summary>
internal sealed class RecordingLog(LogLevel least) : ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
