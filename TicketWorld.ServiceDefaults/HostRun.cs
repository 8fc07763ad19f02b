using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Lifetime;

namespace TicketWorld.ServiceDefaults;

/// <summary>Runs a host from its command line to its exit code.</summary>
public static class HostRun
{
    /// <summary>
    /// Builds and runs a host until it is asked to stop. A start fault becomes its message on standard error and its
    /// exit code; any other exception is a defect and leaves the process with its stack trace.
    /// </summary>
    /// <param name="host">What help prints, and the options that are known.</param>
    /// <param name="args">The command line.</param>
    /// <param name="build">Builds the host from configuration arguments.</param>
    /// <returns>0 after a clean stop or help, 1 after a start fault, 2 after a wrong command line.</returns>
    public static async Task<int> RunAsync(HostDescription host, string[] args, Func<string[], WebApplication> build)
    {
        using var parent = ParentWatch.StartIfAsked();
        try
        {
            if (host.Parse(args) is not { } configuration)
            {
                await Console.Out.WriteAsync(host.Help());
                return 0;
            }
            await using var app = build(configuration);
            using var stop = parent.Gone.Register(app.Lifetime.StopApplication);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (exception is not HostAbortedException && StartFaultException.Find(exception, host) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return fault.ExitCode;
        }
    }
}
