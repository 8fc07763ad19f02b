using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Logging;

/// <summary>
/// The framework logs an exception that stops the start, with its stack trace, before it throws it. Where that is a start
/// fault, <see cref="HostRun"/> tells it in one line, and the framework's entry is left out. The same exception from
/// elsewhere, such as a store that fails in the middle of work, is logged like any other.
/// </summary>
internal static class StartLog
{
    private static readonly string[] Framework = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    public static bool IsTold(string category, Exception? exception, HostDescription host) =>
        exception is not null && Framework.Contains(category) && StartFaultException.Find(exception, host) is not null;
}
