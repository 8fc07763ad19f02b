using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation.Twins;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Makes tickets: facts, message, resolution, and the proof that the three agree. A ticket is drawn again, with its own
/// counter, until its text reads back as disclosed and the second oracle finds the same single resolution. Holds scratch: one for each thread.
/// </summary>
internal sealed class TicketMaker
{
    private const int TextsPerKind = 4;
    private readonly World _world;
    private readonly Pack _pack;
    private readonly Resolver _resolver;
    private readonly Situations _situations;
    private readonly Disclosures _disclosures;
    private readonly MessageComposer _composer;
    private readonly TicketDraft _draft;
    private readonly LabelCounts _labels;
    private TwinMaker? _twins;

    /// <summary>The draws with which the message of the draft was begun.</summary>
    private Draws _words;

    /// <summary>The reading that the draft is held against, where the text was read before.</summary>
    private Reading? _read;
    private bool _isAsRead;
    private readonly ChunkReport _unreported = new();
    private Unproved _unproved;

    public TicketMaker(World world)
    {
        _world = world;
        _pack = world.Pack;
        _resolver = new Resolver(world.Pack.Engine, world.Tables.Book);
        _situations = new Situations(world, _resolver.Names);
        _disclosures = new Disclosures(world.Tables, world.Pack.Settings, world.Pack.Catalog);
        _composer = new MessageComposer(world.Pack, world.CompanyName);
        _draft = new TicketDraft(world.Pack.Policy, _resolver);
        _labels = new LabelCounts(world.Pack);
    }

    /// <summary>Makes the ticket with an index in the set. The draft is valid until the next call.</summary>
    /// <exception cref="WorldException">No draw of the ticket can be proved.</exception>
    public TicketDraft Make(int index, ChunkReport report)
    {
        if (_world.Twins.At(index) is { } twin)
            return MakeTwin(twin, index, report);
        var draft = MakeBase(index, report);
        if (_world.Twins.IndexOfTwin(index) is >= 0 and var other && _world.Twins.At(other) is { } own)
            draft.Twin = new TwinLink(IsTwin: false, _world.TicketIds.Of(other, own.At), own.Fact, own.BaseValue, own.TwinValue);
        report.Tickets++;
        _labels.Count(draft);
        return draft;
    }

    /// <summary>
    /// Makes a ticket up to its first text that keeps the plan, with a reading that was taken from the text before, and without asking the second oracle.
    /// It is the ticket when its text is the one that was read; null when the reading does not say what the text was to disclose, and for a twin.
    /// </summary>
    public TicketDraft? MakeAsRead(int index, Reading reading)
    {
        if (_world.Twins.At(index) is not null)
            return null;
        _read = reading;
        var draft = Make(index, _unreported);
        _read = null;
        return _isAsRead ? draft : null;
    }

    /// <summary>The ticket that it is the twin of, with what differs.</summary>
    private TicketDraft MakeTwin(Twin twin, int index, ChunkReport report)
    {
        _twins ??= new TwinMaker(_world, this);
        MakeBase(twin.Base, new ChunkReport());
        _twins.Apply(_draft, twin);
        _draft.Message = _draft.Message with { TicketId = _world.TicketIds.Of(index, twin.At) };
        _draft.IsWhatIf = _draft.Order is not null;
        _draft.Twin = new TwinLink(IsTwin: true, twin.BaseId, twin.Fact, twin.TwinValue, twin.BaseValue);
        if (!IsProved(report))
            throw new WorldException("ticket_not_provable", $"Ticket {index}, the twin of {twin.BaseId}, was proved when it was found and is not now.", "Report the pack, the options and the seed; it is a defect of the engine.");
        report.Twins++;
        report.Tickets++;
        return _draft;
    }

    private TicketDraft MakeBase(int index, ChunkReport report)
    {
        var block = _world.BlockOf(index);
        var local = _world.Twins.WithoutTwins(index) - block.First;
        var planned = block.Plan[local];
        var assignment = block.Assign(local, planned);
        var draws = new Draws(block.Key, Seeds.Tickets, (ulong)local);
        _draft.Twin = null;
        _situations.Choose(_draft, planned, assignment, ref draws);
        if (assignment.IsRepeat)
            report.WhatIfs++;

        var id = _world.TicketIds.Of(index, _draft.Message.Timestamp);
        _draft.Message = _draft.Message with { TicketId = id };
        var attempt = 0;
        _unproved = default;
        foreach (var (completeness, kind) in Kinds(planned))
        {
            for (var text = 0; text < TextsPerKind; text++, attempt++)
            {
                var textDraws = new Draws(block.Key, Seeds.Text + ((ulong)attempt << 8), (ulong)local);
                if (!Attempt(completeness, kind, text, ref textDraws, report))
                    continue;
                if (completeness != planned.Completeness)
                    report.CompletenessChanges++;
                return _draft;
            }
        }

        throw _unproved.Refusal(index, attempt, _draft.Scenario);
    }

    /// <summary>Adds the labels counted since the last call to a report.</summary>
    public void Flush(ChunkReport report) => _labels.Flush(report);

    /// <summary>The planned kind first, then what else belongs to its completeness, then the complete message.</summary>
    private IEnumerable<(int Completeness, CompletenessKind Kind)> Kinds(PlannedTicket planned)
    {
        var settings = _pack.Settings;
        var kinds = settings.Completeness[planned.Completeness].Name switch
        {
            "missing_details" => settings.MissingDetails,
            "wrong_info" => settings.WrongInfo,
            _ => null,
        };
        if (kinds is not null)
        {
            yield return (planned.Completeness, KindOf(kinds[planned.Kind].Name));
            for (var i = 0; i < kinds.Length; i++)
            {
                if (i != planned.Kind)
                    yield return (planned.Completeness, KindOf(kinds[i].Name));
            }
        }

        yield return (Array.FindIndex(settings.Completeness, c => c.Name == "complete"), CompletenessKind.Complete);
    }

    private static CompletenessKind KindOf(string name) => name switch
    {
        "missing_order_number" => CompletenessKind.MissingOrderNumber,
        "minimal_details" => CompletenessKind.MinimalDetails,
        "incorrect_info" => CompletenessKind.IncorrectInfo,
        _ => CompletenessKind.WrongEmail,
    };

    private bool Attempt(int completeness, CompletenessKind kind, int text, ref Draws draws, ChunkReport report)
    {
        _draft.Completeness = completeness;
        _draft.Kind = kind;
        if (!_disclosures.Draw(_draft, text, ref draws))
        {
            report.Redraws++;
            return false;
        }

        // What the message says of the time is known once it is written, and may decide which order it is about.
        _words = draws;
        _composer.Write(_draft, ref draws);
        Resolve();
        if (!IsAsPlanned())
        {
            _unproved.Unplanned = _draft.Plan;
            report.Redraws++;
            return false;
        }

        return IsProved(report);
    }

    /// <summary>Whether the text reads back as disclosed, and the second oracle finds the same single resolution.</summary>
    internal bool IsProved(ChunkReport report)
    {
        if (_read is { } read)
        {
            _isAsRead = SaysDateAsMeant() && MessageGate.Difference(_draft, read, _pack.Policy, _resolver.Names) is null;
            return true;
        }

        var reading = _world.Checker.Reader.Read(_draft.Message);
        var misreading = SaysDateAsMeant() ? MessageGate.Difference(_draft, reading, _pack.Policy, _resolver.Names) : "what it says of the order date is not as it was meant";
        if (misreading is not null)
        {
            _unproved.Misreading = misreading;
            report.GateRejects++;
            return false;
        }

        var verdict = _world.Checker.Check(_draft.Message, reading);
        var differences = _world.Comparison.Compare(_draft.Message.TicketId, _draft.Plan, verdict);
        if (verdict.IsUnique && differences.Count == 0)
            return true;
        _unproved.Disagreement = differences;
        report.OracleDisagreements++;
        return false;
    }

    /// <summary>Takes from the text as it is what it says of the time, for a draft whose time was changed.</summary>
    internal void Reread() => _draft.Disclosure.StatedDays = MessageGate.Days(_world.Checker.Reader.Read(_draft.Message));

    /// <summary>Writes the message again with the same draws, for a draft that was changed.</summary>
    internal void Rewrite()
    {
        var draws = _words;
        _composer.Write(_draft, ref draws);
    }

    /// <summary>The first oracle, told what the message discloses.</summary>
    internal void Resolve()
    {
        var disclosure = _draft.Disclosure;
        var disclosed = new Disclosed(
            _draft.Message.Sender,
            disclosure.WrittenOrderNumber,
            disclosure.NamedProduct?.Id,
            disclosure.Sender == "unknown" ? _draft.Customer.Name : null,
            _draft.Message.Timestamp,
            disclosure.StatedDays);
        _draft.Plan = _resolver.Resolve(_draft.Requests, disclosed, disclosure.States, _draft.Truth, _draft.Target);
    }

    /// <summary>A statement of the time holds the order's age, or where it is to be wrong, does not.</summary>
    private bool SaysDateAsMeant() => _draft.Disclosure.StatedDays is { } stated
        ? stated.Holds(_draft.DaysSinceOrder!.Value) == _draft.Disclosure.PretendedDays is null
        : _draft.Disclosure.PretendedDays is null;

    /// <summary>
    /// Whether the draw keeps the plan: nothing is taken for another order or line, escalation exactly for the escalation complexity, the
    /// scenario's own decision where nothing is asked, and a question only where something was left out or wrong.
    /// </summary>
    private bool IsAsPlanned()
    {
        var scenario = _draft.Scenario;
        var who = _draft.Who;
        if ((who.Order is not null && who.Order != _draft.Order) || (who.Line >= 0 && who.Line != _draft.Line))
            return false;
        if (_draft.Plan.EscalationRequired != (scenario.Complexity == _pack.Settings.EscalationComplexity))
            return false;
        if (_draft.Asks)
            return _draft.Kind != CompletenessKind.Complete || scenario.WithholdAlways != 0;
        if (!_draft.IsDecided || _draft.Plan.Outcome != scenario.ExpectedOutcome || _draft.Plan.Actions.Length != scenario.ExpectedActions.Length)
            return false;
        for (var i = 0; i < scenario.ExpectedActions.Length; i++)
        {
            if (_draft.Plan.Actions[i].Type != scenario.ExpectedActions[i])
                return false;
        }

        return true;
    }
}
