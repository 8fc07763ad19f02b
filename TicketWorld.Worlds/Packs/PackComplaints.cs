namespace TicketWorld.Worlds.Packs;

/// <summary>
/// Everything that is wrong with a pack, in one go. A pack that is loaded has none, and the first complaint ends the loading; a pack that is
/// validated has one for all its files, and what cannot be read is noted and left out. Not for several threads.
/// </summary>
internal sealed class PackComplaints
{
    private readonly List<PackException> _noted = [];

    public IReadOnlyList<PackException> Noted => _noted;

    public void Add(PackException complaint) => _noted.Add(complaint);

    public bool IsClean(string file) => _noted.TrueForAll(c => c.File != file);
}

/// <summary>Complaining where complaints may or may not be collected.</summary>
internal static class Complaining
{
    /// <summary>Notes a complaint, or throws it where none are collected.</summary>
    public static void Note(this PackComplaints? complaints, PackException complaint)
    {
        if (complaints is null)
            throw complaint;
        complaints.Add(complaint);
    }

    /// <summary>Does a piece of the reading; what it complains of is noted where complaints are collected.</summary>
    /// <returns>Whether it was done.</returns>
    public static bool Try(this PackComplaints? complaints, Action work)
    {
        if (complaints is null)
        {
            work();
            return true;
        }

        try
        {
            work();
            return true;
        }
        catch (PackException e)
        {
            complaints.Add(e);
            return false;
        }
    }
}
