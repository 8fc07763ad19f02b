using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Folders that a command is told to write to.</summary>
public static class OutputFolder
{
    /// <summary>Makes the folder where there is none.</summary>
    /// <param name="option">The option that names it, in snake_case.</param>
    /// <exception cref="WorldException">There is a file, or no folder can be made.</exception>
    public static void Create(string path, string option)
    {
        var name = "--" + option.Replace('_', '-');
        if (File.Exists(path))
            throw new WorldException("output_unwritable", $"{path} is a file, and a folder is to be written.", $"Name a folder with {name}, or move the file away.", option, path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldException("output_unwritable", $"The folder {path} cannot be made in {Nearest(path)}.", $"Name another folder with {name}, or check the permissions of that one.", option, path);
        }
    }

    /// <summary>The folder above the path that is there, or the file that stands in the way.</summary>
    private static string Nearest(string path)
    {
        var at = Path.GetDirectoryName(Path.GetFullPath(path));
        while (at is not null && !Path.Exists(at))
            at = Path.GetDirectoryName(at);
        return at ?? path;
    }
}
