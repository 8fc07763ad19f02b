namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Makes a set again while it is verified: the records beside the tickets, and each ticket right after it was judged. It finds out only whether
/// the files are made again byte for byte; where they are not, <see cref="ReproductionRules"/> says what differs.
/// </summary>
internal sealed class Remake : IDisposable
{
    /// <summary>No ticket and no record is shorter, so a file can hold no more of them than its length gives.</summary>
    private const int ShortestTicket = 256;
    private const int ShortestRecord = 64;

    private readonly string _folder;
    private readonly CancellationToken _cancellation;
    private readonly Task<Reproduction?> _prepared;
    private Task<bool> _recordsAreSame = Task.FromResult(false);
    private Reproduction? _made;
    private volatile bool _differs;
    private string? _reason;

    private Remake(string folder, ManifestRecord manifest, CancellationToken cancellation)
    {
        _folder = folder;
        _cancellation = cancellation;
        _prepared = Task.Run(() => Reproduction.Prepare(manifest, out _reason), CancellationToken.None);
    }

    /// <summary>Whether the tickets of both files are those made again, byte for byte.</summary>
    public bool TicketsAreSame { get; private set; }

    /// <summary>Whether the database is the one made again, byte for byte.</summary>
    public bool RecordsAreSame => _recordsAreSame.GetAwaiter().GetResult();

    /// <summary>Begins to make the world. Null when nothing can be said before all is read: files are missing, or cannot hold what the options ask for.</summary>
    public static Remake? Begin(string folder, ManifestRecord? manifest, CancellationToken cancellation)
    {
        if (manifest is null || Length(TicketSource.ArrayName) == 0)
            return null;
        var tickets = Asked(0) + manifest.Twins + manifest.Appended.Sum(n => (long)n);
        var records = Asked(1) + Asked(2) + Asked(3);
        return tickets > Length(TicketSource.LinesName) / ShortestTicket || records > Length(Database.FileName) / ShortestRecord
            ? null
            : new Remake(folder, manifest, cancellation);

        long Asked(int index) => manifest.Options[index] ?? int.MaxValue;

        long Length(string name) => new FileInfo(Path.Combine(folder, name)) is { Exists: true } file ? file.Length : 0;
    }

    /// <summary>The world that the options make; null with a reason when it cannot be made.</summary>
    public Reproduction? World(out string? reason)
    {
        var world = _prepared.GetAwaiter().GetResult();
        reason = _reason;
        return world;
    }

    /// <summary>
    /// Call it before the first ticket. Texts are read by the policy of the files, so the tickets are compared only where that is the policy of the pack.
    /// </summary>
    /// <param name="textsFromModel">Texts that a model wrote are not made again, so that every ticket would differ.</param>
    public void BeginTickets(bool textsFromModel)
    {
        if (World(out _) is not { } world || textsFromModel)
            return;
        _recordsAreSame = Task.Run(() => IsSame(Database.FileName, output => world.WriteDatabase(output, _cancellation)), CancellationToken.None);
        _made = IsSame(PolicyFiles.GraphName, world.WritePolicyGraph) ? world : null;
    }

    /// <summary>Makes a ticket again and compares it with the one that was verified. From any thread.</summary>
    public void Compare(RawTicket raw, CheckedTicket ticket)
    {
        if (_differs || _made is not { } world)
            return;
        if (raw.Line is not null || ticket.Reading is not { } reading || !world.Makes(raw.Number - 1, raw.Element.Span, reading))
            _differs = true;
    }

    /// <summary>Call it behind the last ticket.</summary>
    /// <param name="count">Tickets that both files hold; -1 when they are damaged.</param>
    public void EndTickets(long count) => TicketsAreSame = !_differs && _made is { } world && count == world.Tickets && RecordsAreSame;

    public void Dispose() => Task.WaitAny(Task.WhenAll(_prepared, _recordsAreSame));

    private bool IsSame(string name, Action<Stream> write)
    {
        using var same = new ComparingStream(File.OpenRead(Path.Combine(_folder, name)));
        write(same);
        return same.IsEqual;
    }
}
