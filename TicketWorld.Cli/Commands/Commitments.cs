using TicketWorld.Worlds.Commitments;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Cli.Commands;

/// <summary>The file of a commitment while its set is made. Without a set there is no file.</summary>
internal sealed class Commitments : IDisposable
{
    private readonly FileStream _file;
    private bool _written;

    private Commitments(FileStream file) => _file = file;

    /// <param name="path">Where to write; null for no commitment.</param>
    public static Commitments? Begin(string? path) => path is null ? null : new Commitments(CommitmentFile.Reserve(path));

    /// <returns>The hash to publish.</returns>
    public string Write(GenerationResult made)
    {
        var commitment = Commitment.To(made.World.Pack, made.World.Options);
        CommitmentFile.Write(_file, commitment);
        _written = true;
        return commitment.Hash;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_written)
            File.Delete(_file.Name);
    }
}
