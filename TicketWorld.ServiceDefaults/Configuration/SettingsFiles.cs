using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace TicketWorld.ServiceDefaults.Configuration;

/// <summary>
/// The JSON files of a host's settings, for those who read settings again while it runs: a file that is written just now, or away for a moment, would else read
/// as one that sets nothing.
/// </summary>
public sealed class SettingsFiles
{
    private static readonly JsonDocumentOptions Form = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly List<string> _paths = [];

    /// <summary>Notes the files that there are now, and has faults in them, from now on, left to <see cref="ThrowIfFaulty"/>.</summary>
    public SettingsFiles(IConfigurationBuilder configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var source in configuration.Sources.OfType<JsonConfigurationSource>())
        {
            if (source.Path is not { } path || source.FileProvider?.GetFileInfo(path).PhysicalPath is not { } file)
                continue;
            source.OnLoadException = context => context.Ignore = true;
            if (File.Exists(file))
                _paths.Add(file);
        }
    }

    /// <exception cref="StartFaultException">A file has gone, or is no JSON.</exception>
    public void ThrowIfFaulty()
    {
        foreach (var path in _paths)
        {
            try
            {
                using var text = JsonDocument.Parse(File.ReadAllBytes(path), Form);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
            {
                throw new StartFaultException($"{path} cannot be read: {error.Message} Put it right.", error);
            }
        }
    }
}
