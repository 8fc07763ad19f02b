using Microsoft.Extensions.Configuration;

namespace TicketWorld.ServiceDefaults.Configuration;

/// <summary>
/// A <c>.env</c> file as a configuration source. It stands above appsettings.json and below the environment,
/// so that a variable set for one run wins over the file.
/// </summary>
internal sealed class DotEnvSource(string path) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(path);

    /// <summary>Puts the source right below the environment variables, or last when there are none.</summary>
    internal static void Insert(IConfigurationBuilder builder, string path)
    {
        if (!File.Exists(path) || builder.Sources.OfType<DotEnvSource>().Any())
            return;
        var environment = builder.Sources
            .Select((source, index) => (source, index))
            .LastOrDefault(pair => pair.source is Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationSource { Prefix: null or "" },
                (null!, builder.Sources.Count));
        builder.Sources.Insert(environment.Item2, new DotEnvSource(path));
    }

    private sealed class Provider(string path) : ConfigurationProvider
    {
        public override void Load()
        {
            try
            {
                Data = new Dictionary<string, string?>(DotEnv.Parse(path, File.ReadLines(path)), StringComparer.OrdinalIgnoreCase);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartFaultException($"{path} cannot be read: {exception.Message} Make it readable for this user, or remove it.", exception);
            }
        }

        public override string ToString() => ".env";
    }
}
