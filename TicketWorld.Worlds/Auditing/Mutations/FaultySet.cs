using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>
/// A bug put into the files of a set, as a generator with it would have written them: sizes and hashes in the manifest are those of the files.
/// The commands themselves then say whether they find it.
/// </summary>
internal static class FaultySet
{
    /// <param name="source">Folder of the set without the bug.</param>
    /// <param name="hasDebug">Whether its tickets have debug keys.</param>
    public static void Write(string source, string target, bool hasDebug, IEnumerable<MutatedTicket> tickets, DatabaseText? database)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        var lines = File.ReadAllLines(Path.Combine(source, TicketSource.LinesName));
        var array = File.ReadAllText(Path.Combine(source, TicketSource.ArrayName));
        foreach (var ticket in tickets)
        {
            var line = Encoding.UTF8.GetString(hasDebug ? ticket.WithDebug : ticket.Plain);
            array = array.Replace(lines[ticket.Index], line, StringComparison.Ordinal);
            lines[ticket.Index] = line;
        }

        File.WriteAllText(Path.Combine(target, TicketSource.ArrayName), array);
        File.WriteAllText(Path.Combine(target, TicketSource.LinesName), string.Join('\n', lines) + "\n");
        if (database is not null)
            File.WriteAllBytes(Path.Combine(target, Database.FileName), database.ToBytes());
        var path = Path.Combine(target, Manifest.FileName);
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var file in manifest["files"]!.AsArray())
        {
            var bytes = File.ReadAllBytes(Path.Combine(target, file!["name"]!.GetValue<string>()));
            file["size"] = bytes.Length;
            file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        }

        File.WriteAllText(path, manifest.ToJsonString(MutatedTicket.Json));
    }

    /// <summary>What the commands find: <c>verify</c> on files with debug keys, <c>verify --content-only</c> and <c>audit</c> on files without. Nothing is made again.</summary>
    public static Findings Judge(string withDebug, string plain, CancellationToken cancellation) => new(
        !DatasetVerifier.Verify(withDebug, new VerificationOptions(Reproduce: false), cancellation: cancellation).IsClean,
        !DatasetVerifier.Verify(plain, new VerificationOptions(ContentOnly: true, Reproduce: false), cancellation: cancellation).IsClean,
        !DatasetAuditor.Audit(plain, 1, cancellation).IsClean);

    /// <summary>Whether <c>verify</c> finds it by making the files again from the manifest's options.</summary>
    /// <param name="pack">The pack of the set, an embedded one or a folder.</param>
    public static bool IsMadeOtherwise(string withDebug, string pack, CancellationToken cancellation) =>
        DatasetVerifier.Verify(withDebug, new VerificationOptions(Pack: pack), cancellation: cancellation).CountOf(VerificationLayer.Reproduction) > 0;
}
