namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>A folder among the temporary files of the machine that ends with its process.</summary>
internal static class PassingFolder
{
    private const string Prefix = "ticketworld-passing-";

    /// <summary>A folder of this age without a living owner is left over; a younger one may be of a process that is just starting.</summary>
    private static readonly TimeSpan Starting = TimeSpan.FromMinutes(1);

    /// <summary>Makes a folder that only this user can read, and removes those of processes that were killed.</summary>
    /// <exception cref="GrainStoreException">No folder can be made there.</exception>
    public static string Make(DateTimeOffset now)
    {
        try
        {
            foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(folder => Directory.GetLastWriteTimeUtc(folder) < now.UtcDateTime - Starting))
                RemoveUnlessHeld(left);
            return Directory.CreateTempSubdirectory(Prefix).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GrainStoreException($"No folder can be made in {Path.GetTempPath()}: {error.Message} Name another place for temporary files (TMPDIR), or a folder to keep everything in (DATA_FOLDER).", error);
        }
    }

    /// <summary>Removes the folder; what cannot be removed now is removed by the next start.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file may still be open; the folder's lock is free, so the next start takes it for what it is.
        }
    }

    private static void RemoveUnlessHeld(string folder)
    {
        try
        {
            DataFolder.Take(folder).Dispose();
        }
        catch (GrainStoreException)
        {
            // Of a living process, or of another user.
            return;
        }

        Remove(folder);
    }
}
