namespace TicketWorld.Tests;

/// <summary>The folder that the tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TicketWorld.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"TicketWorld.sln is in no folder above {AppContext.BaseDirectory}. Run the tests where they were built.");
    }
}
