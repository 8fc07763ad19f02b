using System.CommandLine;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Cli.Commands;

/// <summary>
/// The pack that made a set, for commands that need it. A manifest holds the pack's name and the hash of its content and never a path, so that a set tells nothing of the machine it
/// was made on; where a pack that is not embedded lies is for the user to say.
/// </summary>
internal static class SetPack
{
    public static Option<string?> Option() => new("--pack") { Description = "Folder of the pack that the set was made from, when it is not an embedded one." };

    /// <summary>Refuses a pack of another name than the set's; of the same name it may be another version, which is for the command to judge.</summary>
    /// <param name="folder">The set. Where it has no manifest that can be read there is nothing to compare with.</param>
    /// <exception cref="WorldException">The set was made from another pack.</exception>
    /// <exception cref="PackException">There is no such pack.</exception>
    public static void RefuseAnother(string folder, string? pack)
    {
        if (pack is null || NameIn(folder) is not { } made)
            return;
        if (PackSource.Open(pack).PackName is var named && named != made)
            throw new WorldException("other_pack", $"The set in {folder} was made from the pack {made}, and {(named == pack ? "" : $"{pack} holds ")}{named} is another.", $"Leave --pack out when {made} is embedded, or name its folder.", "pack", pack);
    }

    private static string? NameIn(string folder)
    {
        try
        {
            return DatasetFolder.ReadManifest(folder)?.PackName;
        }
        catch (WorldException)
        {
            // Of a manifest that is damaged the command itself says what is wrong.
            return null;
        }
    }
}
