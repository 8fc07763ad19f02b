using Microsoft.Extensions.Configuration;

namespace TicketWorld.ServiceDefaults.Configuration;

/// <summary>The setting that names the folder of the user's rule files.</summary>
public static class RuleFolder
{
    public const string Key = "RULES_FOLDER";

    /// <summary>The folder, relative to the current one; null when it is not set.</summary>
    /// <exception cref="StartFaultException">It does not exist.</exception>
    public static string? Read(IConfiguration configuration)
    {
        if (configuration[Key]?.Trim() is not { Length: > 0 } folder)
            return null;
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : throw new StartFaultException(
            $"{Key} is \"{folder}\", and there is no such folder. Write the rule files with 'ticketworld rules DIR', correct the setting, or remove it for the rules that the program carries.");
    }
}
