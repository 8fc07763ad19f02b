using System.Buffers;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation.Twins;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// A generated company with its records and any number of tickets. A pure function of engine version, pack, options and seed: the same
/// bytes on every machine, for any number of threads. Immutable once created; safe for many threads.
/// </summary>
public sealed class World
{
    private readonly TicketBlock[] _blocks;
    private readonly System.Collections.Concurrent.ConcurrentBag<TicketWriter> _writers = [];

    private World(Pack pack, WorldOptions options)
    {
        Pack = pack;
        Options = options;
        CompanyName = options.CompanyName ?? pack.Settings.Company;
        var key = options.Seed.Key;
        TicketIds = new TicketId(key);
        Tables = new WorldTables(pack, options, key);
        Checker = new Checker(pack.Policy, pack.Vocabulary, Tables.Book);
        Comparison = new ResolutionComparison(pack.Policy);
        _blocks = TicketBlock.All(Tables, pack, options, key);
        TwinKey = key;
        Twins = TwinTable.Find(this, options.Tickets, options.Twins, key);
        TicketCount = _blocks[^1].First + _blocks[^1].Plan.Count + Twins.Count;
    }

    public Pack Pack { get; }

    public WorldOptions Options { get; }

    public string CompanyName { get; }

    /// <summary>Tickets of all blocks, and twins, which follow those of the first block.</summary>
    public int TicketCount { get; }

    public RecordBook Book => Tables.Book;

    /// <summary>The world's clock: the end of the as-of day.</summary>
    public DateTime Now => Tables.Clock.Now;

    internal WorldTables Tables { get; }

    internal TicketId TicketIds { get; }

    internal Checker Checker { get; }

    internal TwinTable Twins { get; } = TwinTable.None;

    /// <summary>Keys the draws for twins.</summary>
    internal SeedKey TwinKey { get; }

    /// <summary>How many twins there are.</summary>
    public int TwinCount => Twins.Count;

    internal ResolutionComparison Comparison { get; }

    /// <summary>Loads the pack and makes the records.</summary>
    /// <exception cref="WorldException">An option is out of its range, or the options do not go together.</exception>
    /// <exception cref="PackException">The pack cannot be used.</exception>
    public static World Create(WorldOptions options)
    {
        options.Validate();
        return Create(Pack.Load(options.Pack), options);
    }

    /// <inheritdoc cref="Create(WorldOptions)"/>
    public static World Create(Pack pack, WorldOptions options)
    {
        options.Validate();
        return new World(pack, options);
    }

    /// <summary>
    /// Writes tickets as JSON Lines: each on a line that ends with a line feed. Every ticket was proved: both oracles agree on one
    /// compliant resolution, and the text reads back as disclosed.
    /// </summary>
    /// <param name="first">Index of the first ticket.</param>
    /// <param name="lengths">Receives the length of each line in bytes, with its line feed.</param>
    /// <exception cref="WorldException">A ticket cannot be proved.</exception>
    public ChunkReport WriteTickets(int first, int count, IBufferWriter<byte> lines, Span<int> lengths, CancellationToken cancellation = default) =>
        WriteTickets(first, count, lines, lengths, [], new ChunkReport(), cancellation);

    /// <summary>The same with texts of an author: they stand where they read back as the program's do, and change nothing else.</summary>
    /// <inheritdoc cref="WriteTickets(int, int, IBufferWriter{byte}, Span{int}, CancellationToken)"/>
    public ChunkReport WriteTickets(int first, int count, IBufferWriter<byte> lines, Span<int> lengths, IMessageAuthor author, CancellationToken cancellation = default)
    {
        var report = new ChunkReport();
        var texts = new AuthoredTexts(this, author, report, cancellation).WriteAsync(first, count).GetAwaiter().GetResult();
        return WriteTickets(first, count, lines, lengths, texts, report, cancellation);
    }

    private ChunkReport WriteTickets(int first, int count, IBufferWriter<byte> lines, Span<int> lengths, AuthoredText[] texts, ChunkReport report, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, TicketCount - first);
        var writer = _writers.TryTake(out var free) ? free : new TicketWriter(this);
        for (var i = 0; i < count; i++)
        {
            if ((i & 63) == 0)
                cancellation.ThrowIfCancellationRequested();
            lengths[i] = writer.Write(first + i, lines, report, texts.Length > 0 ? texts[i] : null);
        }

        writer.Maker.Flush(report);
        _writers.Add(writer);
        return report;
    }

    /// <summary>
    /// Whether a line, without its end, is the ticket with an index: for a caller who has read the text and compared the resolution with the second
    /// oracle's. It saves doing both again where the ticket's first text, as it is made, is the line's.
    /// </summary>
    /// <param name="reading">What the reader of an equal policy and catalogue takes from the line's text.</param>
    internal bool IsTicket(int index, ReadOnlySpan<byte> line, Reading reading)
    {
        var writer = _writers.TryTake(out var free) ? free : new TicketWriter(this);
        var same = writer.Writes(index, line, reading);
        _writers.Add(writer);
        return same;
    }

    /// <summary>Writes <c>customer_database.json</c>.</summary>
    public void WriteDatabase(Stream output, CancellationToken cancellation = default) => DatabaseFile.Write(Book, output, cancellation);

    /// <summary>Writes <c>company_policy.txt</c>.</summary>
    public void WritePolicyText(Stream output) => PolicyTextFile.Write(Pack.Policy, CompanyName, Tables.Clock.Today, output);

    /// <summary>Writes <c>twins.jsonl</c>: the pairs of tickets that differ in one fact.</summary>
    public void WriteTwins(Stream output) => TwinsFile.Write(this, output);

    /// <summary>Writes <c>policy_graph.json</c>.</summary>
    public void WritePolicyGraph(Stream output) => PolicyGraphFile.Write(Pack, CompanyName, Now, output);

    internal TicketBlock BlockOf(int index)
    {
        index = Twins.WithoutTwins(index);
        for (var block = _blocks.Length - 1; block > 0; block--)
        {
            if (index >= _blocks[block].First)
                return _blocks[block];
        }

        return _blocks[0];
    }
}
