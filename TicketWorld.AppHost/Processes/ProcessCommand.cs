using System.Runtime.InteropServices;

namespace TicketWorld.AppHost.Processes;

/// <summary>What a process is started with.</summary>
/// <param name="Launcher">The command that runs the program, with its own arguments.</param>
/// <param name="Program">The file that is run; the build puts it beside the AppHost.</param>
/// <param name="Arguments">Handed to the program.</param>
internal sealed record ProcessCommand(IReadOnlyList<string> Launcher, string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Whether the process gets the AppHost's own environment; servers do not, since it may hold keys.</summary>
    public bool InheritsEnvironment { get; init; } = true;

    /// <summary>A host of this solution.</summary>
    public static ProcessCommand ForAssembly(string assembly) => new([DotnetPath()], Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), []);

    /// <summary>A script of the folder <c>Servers</c>.</summary>
    /// <param name="before">What the shell itself is started by.</param>
    /// <param name="script">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessCommand ForScript(IEnumerable<string> before, string script, params IReadOnlyList<string> arguments) =>
        new([.. before, "sh"], Path.Combine(AppContext.BaseDirectory, "Servers", script), arguments) { InheritsEnvironment = false };

    /// <summary>The dotnet that runs this process; its own path may be that of an executable made by the build.</summary>
    private static string DotnetPath()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var shared = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(shared) ? shared : name;
    }
}
