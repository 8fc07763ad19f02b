using Microsoft.Extensions.Configuration;

namespace TicketWorld.ServiceDefaults.Configuration;

/// <summary>The configuration of a command that is no host: the environment, then <c>.env</c>, then <c>appsettings.json</c> of a folder.</summary>
public static class CommandConfiguration
{
    /// <exception cref="StartFaultException">A line of <c>.env</c> cannot be read.</exception>
    public static IConfiguration Load(string folder)
    {
        var builder = new ConfigurationBuilder();
        builder.AddJsonFile(Path.Combine(Path.GetFullPath(folder), "appsettings.json"), optional: true);
        builder.AddEnvironmentVariables();
        DotEnvSource.Insert(builder, Path.Combine(folder, ".env"));
        return builder.Build();
    }
}
