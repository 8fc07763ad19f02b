using System.Globalization;
using TicketWorld.Worlds.Messages;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>Writes messages of all wordings and reads them back.</summary>
internal static class PhraseTrial
{
    private const int Messages = 4000;
    private const ulong Seed = 1;

    /// <summary>Per cent of messages that may fail to read back: they are written again, which costs time alone.</summary>
    private const int Bearable = 2;

    public static void Check(PackSource source, PackNode file, FindingList findings)
    {
        var result = MessageTrial.Of(Pack.Load(source.Name), Seed).Run(Messages, Seed);
        if (result.Rejects * 100 <= Messages * Bearable)
            return;
        var example = result.Examples[0];
        var share = (100.0 * result.Rejects / Messages).ToString("0.0", CultureInfo.InvariantCulture);
        findings.Warn("unreadable_messages", file["rules"], $"{share} per cent of the messages do not read back as they are to be read; of the wording {example.Wording}, written by {example.Persona}: {example.Problem}", "Reword the phrases that hold or tear apart a cue; each such message is written again.");
    }
}
