using System.Security.Cryptography;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Compares the files of a folder with the sizes and hashes of its manifest.</summary>
internal static class FileHashes
{
    public static void Check(string folder, ManifestRecord manifest, IEnumerable<string> expected, RecordCheck check, CancellationToken cancellation)
    {
        foreach (var name in expected.Except(manifest.Files.Select(f => f.Name), StringComparer.Ordinal))
            check.Add(VerificationLayer.Files, "files", "the manifest does not list the file", "missing", name);
        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Path.GetFileName(file.Name) != file.Name)
            {
                check.Add(VerificationLayer.Files, "files", "a file of a dataset lies in its folder", file.Name, "a plain file name");
                continue;
            }

            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path))
            {
                check.Add(VerificationLayer.Files, file.Name, "the file is missing", "missing", $"{file.Size} bytes");
                continue;
            }

            using var stream = File.OpenRead(path);
            if (stream.Length != file.Size)
                check.Add(VerificationLayer.Files, file.Name, "the size differs from the manifest", $"{stream.Length} bytes", $"{file.Size} bytes");
            var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            check.Same(VerificationLayer.Files, file.Name, "the hash differs from the manifest", hash, file.Hash);
        }
    }
}
