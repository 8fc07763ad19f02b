using System.Security.Cryptography;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Compares the files of a folder with the sizes and hashes of its manifest.</summary>
internal static class FileHashes
{
    public static void Check(string folder, ManifestRecord manifest, IEnumerable<string> expected, RecordCheck check, CancellationToken cancellation)
    {
        foreach (var name in expected.Except(manifest.Files.Select(f => f.Name), StringComparer.Ordinal))
            check.Add(VerificationLayer.Files, "files", "the manifest does not list the file", "missing", name);
        var present = new List<(ManifestFile File, string Path)>();
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

            present.Add((file, path));
        }

        // The two files of tickets are most of the bytes, so each has a processor of its own.
        var hashes = new string[present.Count];
        var sizes = new long[present.Count];
        Parallel.For(0, present.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            using var stream = new FileStream(present[i].Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 18, FileOptions.SequentialScan);
            sizes[i] = stream.Length;
            hashes[i] = Convert.ToHexStringLower(SHA256.HashData(stream));
        });
        for (var i = 0; i < present.Count; i++)
        {
            var file = present[i].File;
            if (sizes[i] != file.Size)
                check.Add(VerificationLayer.Files, file.Name, "the size differs from the manifest", $"{sizes[i]} bytes", $"{file.Size} bytes");
            check.Same(VerificationLayer.Files, file.Name, "the hash differs from the manifest", hashes[i], file.Hash);
        }
    }
}
