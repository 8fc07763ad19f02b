using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Authorship;

/// <summary>The texts that an author wrote for one ticket and the gate let pass; null where the program's stay.</summary>
internal sealed record AuthoredText(AuthoredMessage? Message, string? Reasoning);

/// <summary>
/// Has an author write for a run of tickets, all at once; the author limits how many it takes on. A ticket is made again whenever it is
/// looked at, which costs microseconds beside the seconds of a model, so that none is held while the author writes.
/// </summary>
internal sealed class AuthoredTexts(World world, IMessageAuthor author, ChunkReport report, CancellationToken cancellation)
{
    private readonly Lock _gate = new();
    private readonly TicketMaker _maker = new(world);
    private readonly BriefMaker _briefs = new(world);
    private readonly TextTrial _trial = new(world);

    /// <summary>Texts of the tickets from an index on.</summary>
    public async Task<AuthoredText[]> WriteAsync(int first, int count)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        return await Task.WhenAll(Enumerable.Range(first, count).Select(index => TextAsync(index, stop))).ConfigureAwait(false);
    }

    /// <summary>What cannot be gone on from (a wrong key) stops the others too.</summary>
    private async Task<AuthoredText> TextAsync(int index, CancellationTokenSource stop)
    {
        // The texts of a pair must differ in nothing but the fact, so the program's stay.
        if (world.Twins.IsPaired(index))
            return new AuthoredText(null, null);
        try
        {
            var message = MessageAsync(index, stop.Token);
            var reasoning = ReasoningAsync(index, stop.Token);
            await Task.WhenAll(message, reasoning).ConfigureAwait(false);
            return new AuthoredText(await message.ConfigureAwait(false), await reasoning.ConfigureAwait(false));
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<AuthoredMessage?> MessageAsync(int index, CancellationToken stop)
    {
        if (With(index, _briefs.Message) is not { } brief)
        {
            Count(report => report.Authoring.Unworded++);
            return null;
        }

        Refusal<AuthoredMessage>? refused = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await author.WriteMessageAsync(brief, refused, stop).ConfigureAwait(false) is not { } text)
                break;
            var problems = With(index, draft => _trial.Problems(draft, text));
            Count(report => report.Authoring.Note(problems));
            if (problems.Count == 0)
            {
                Count(report => report.Authoring.Messages++);
                return text;
            }

            refused = new Refusal<AuthoredMessage>(text, problems);
        }

        Count(report => report.Authoring.MessageFallbacks++);
        return null;
    }

    private async Task<string?> ReasoningAsync(int index, CancellationToken stop)
    {
        var brief = With(index, _briefs.Reasoning);
        Refusal<string>? refused = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await author.WriteReasoningAsync(brief, refused, stop).ConfigureAwait(false) is not { } text)
                break;
            var problems = With(index, draft => _trial.Problems(draft, text));
            Count(report => report.Authoring.Note(problems));
            if (problems.Count == 0)
            {
                Count(report => report.Authoring.Reasonings++);
                return text.Trim();
            }

            refused = new Refusal<string>(text, problems);
        }

        Count(report => report.Authoring.ReasoningFallbacks++);
        return null;
    }

    private T With<T>(int index, Func<TicketDraft, T> look)
    {
        lock (_gate)
            return look(_maker.Make(index, new ChunkReport()));
    }

    private void Count(Action<ChunkReport> count)
    {
        lock (_gate)
            count(report);
    }
}
