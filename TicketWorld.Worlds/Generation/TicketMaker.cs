using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Makes tickets: facts, resolution, message, and the proof that the three agree. A ticket is drawn again, with its own
/// counter, until its text reads back as disclosed and the second oracle finds the same single resolution. Holds scratch: one for each thread.
/// </summary>
internal sealed class TicketMaker
{
    private const int TextsPerKind = 4;
    private readonly World _world;
    private readonly Pack _pack;
    private readonly PolicyDocument _policy;
    private readonly WorldTables _tables;
    private readonly Decisions.CaseFacts _caseFacts;
    private readonly Solver _solver;
    private readonly ResolutionWriter _resolutions;
    private readonly MessageComposer _composer;
    private readonly TicketDraft _draft;
    private readonly int[] _unknown = new int[8];

    public TicketMaker(World world)
    {
        _world = world;
        _pack = world.Pack;
        _policy = world.Pack.Policy;
        _tables = world.Tables;
        _caseFacts = new Decisions.CaseFacts(_policy);
        _solver = new Solver(world.Pack.Engine);
        _resolutions = new ResolutionWriter(_policy);
        _composer = new MessageComposer(world.Pack, world.CompanyName);
        _draft = new TicketDraft(_policy);
    }

    /// <summary>Makes the ticket with an index in the set. The draft is valid until the next call.</summary>
    /// <exception cref="WorldException">No draw of the ticket can be proved.</exception>
    public TicketDraft Make(int index, ChunkReport report)
    {
        var block = _world.BlockOf(index);
        var local = index - block.First;
        var planned = block.Plan[local];
        var assignment = block.Assign(local, planned);
        var draws = new Draws(block.Key, Seeds.Tickets, (ulong)local);
        Situate(planned, assignment, ref draws);
        if (assignment.IsRepeat)
            report.WhatIfs++;

        var id = _world.TicketIds.Of(index, _draft.Message.Timestamp);
        _draft.Message = _draft.Message with { TicketId = id };
        var attempt = 0;
        foreach (var (completeness, kind) in Kinds(planned))
        {
            for (var text = 0; text < TextsPerKind; text++, attempt++)
            {
                var textDraws = new Draws(block.Key, Seeds.Text + ((ulong)attempt << 8), (ulong)local);
                if (!Attempt(completeness, kind, text, ref textDraws, report))
                    continue;
                if (completeness != planned.Completeness)
                    report.CompletenessChanges++;
                Count(report);
                return _draft;
            }
        }

        throw new WorldException(
            "ticket_not_provable",
            $"Ticket {index} of scenario {_draft.Scenario.Id} could not be proved in {attempt} draws.",
            "Report the pack, the options and the seed; it is a defect of the pack or of the engine.");
    }

    /// <summary>Chooses what is true: scenario, order, customer, time, claims.</summary>
    private void Situate(PlannedTicket planned, Assignment assignment, ref Draws draws)
    {
        var scenario = assignment.Scenario;
        _draft.Scenario = scenario;
        _draft.IsWhatIf = assignment.IsRepeat;
        _draft.Sentiment = _pack.Settings.Sentiment[planned.Sentiment].Name;
        _draft.Order = null;
        _draft.Line = -1;
        _draft.Product = null;
        _draft.Target = null;
        DateTime at;
        if (scenario.Order is { } requirement)
        {
            var order = _tables.Book.Orders[assignment.Order];
            var product = _tables.Book.Product(order.Items[assignment.Line].Product)!;
            _draft.Order = order;
            _draft.Line = assignment.Line;
            _draft.Product = product;
            _draft.Customer = _tables.Book.Customer(order.Customer)!;
            var (from, to) = TicketTime.Window(requirement, order, assignment.Line, product.WarrantyDays, _tables.Clock);
            at = TicketTime.Pick(from, to, _tables.Clock, ref draws);
            if (scenario.Target is ExchangeTarget.Pricier or ExchangeTarget.Cheaper)
                _draft.Target = _tables.ScenarioProducts.Target(scenario.Target, product, ref draws);
        }
        else
        {
            // Somebody who writes from another address must have one that is on record.
            var wrongEmail = _pack.Settings.Completeness[planned.Completeness].Name == "wrong_info";
            for (var attempt = 0; ; attempt++)
            {
                _draft.Customer = _tables.Book.Customers[_tables.CustomerTiers.Draw(planned.Tier, ref draws)];
                if (!wrongEmail || _draft.Customer.AlternateEmail is not null || attempt == 100)
                    break;
            }

            var oldest = _tables.Clock.Today.DayNumber - _draft.Customer.CreatedDate.DayNumber;
            at = _tables.Clock.At(_tables.Clock.Today.AddDays(-Clock.Age(Math.Min(oldest, 400), ref draws)), ref draws);
            if (scenario.Request.Subject == RequestSubject.Product)
                _draft.Product = draws.Pick(_tables.Products);
        }

        _draft.Message = new Message("", _draft.Customer.PrimaryEmail, "", "", at);
        Claim(scenario, ref draws);
    }

    private void Claim(Scenario scenario, ref Draws draws)
    {
        _draft.Known = 0;
        foreach (var claim in scenario.Claims)
            Know(claim.Fact, draws.Pick(claim.Values));
        if (scenario.CompetitorPercent is { } percent)
        {
            var paid = _draft.Order!.Items[_draft.Line].PricePaid;
            Know(_caseFacts.Names.CompetitorPrice, Math.Max(1, paid.Percent(draws.Between(percent.From, percent.To)).Cents));
        }

        if (scenario.QuotedAmount is { } quoted)
            Know(_caseFacts.Names.QuotedAmount, draws.Between(quoted.From, quoted.To));
    }

    private void Know(int fact, long value)
    {
        _draft.Truth[fact] = value;
        _draft.Known |= 1UL << fact;
    }

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
        if (!Disclosures.Draw(_draft, text, _tables.Book, ref draws))
        {
            report.Redraws++;
            return false;
        }

        Resolve();
        if (!IsAsPlanned())
        {
            report.Redraws++;
            return false;
        }

        _composer.Write(_draft, ref draws);
        var reading = _world.Checker.Reader.Read(_draft.Message);
        if (!MessageGate.Passes(_draft, reading, _policy, _caseFacts.Names))
        {
            report.GateRejects++;
            return false;
        }

        var verdict = _world.Checker.Check(_draft.Message, reading);
        if (verdict.IsUnique && _world.Comparison.Compare(_draft.Message.TicketId, _draft.Plan, verdict).Count == 0)
            return true;
        report.OracleDisagreements++;
        return false;
    }

    /// <summary>The first oracle.</summary>
    private void Resolve()
    {
        var draft = _draft;
        var disclosure = draft.Disclosure;
        var at = draft.Message.Timestamp;
        var who = Decisions.Identification.Find(_tables.Book, draft.Scenario.Request.Subject, new Disclosed(
            draft.Message.Sender,
            disclosure.WrittenOrderNumber,
            disclosure.Product == "named" ? draft.Product?.Id : null,
            disclosure.Sender == "unknown" ? draft.Customer.Name : null,
            at));
        draft.Who = who;
        draft.Derivation = _solver.Derivation;
        var request = draft.Scenario.Request;
        var amounts = _caseFacts.FromRecords(request, who, at, draft.Target, draft.Facts);
        draft.Asks = true;
        draft.Completions = 0;
        draft.Applicable = 0;
        if (who.Missing is not null)
        {
            draft.Plan = _resolutions.Asking(who.Missing, 0, who, draft.Facts);
            return;
        }

        amounts = _caseFacts.WithClaims(request, disclosure.States, draft.Truth, amounts, draft.Facts, _unknown, out var unknownCount);
        var ask = _solver.Solve(draft.Facts, _unknown.AsSpan(0, unknownCount), amounts, DateOnly.FromDateTime(at));
        draft.Completions = _solver.Completions;
        draft.Applicable = _solver.Applicable;
        draft.Asks = ask != 0;
        draft.Plan = ask != 0
            ? _resolutions.Asking(null, ask, who, draft.Facts)
            : _resolutions.Decided(_solver.Derivation, who, draft.Facts, amounts);
    }

    /// <summary>
    /// Whether the draw keeps the plan: escalation exactly for the escalation complexity, the scenario's own decision
    /// where nothing is asked, and a question only where something was left out.
    /// </summary>
    private bool IsAsPlanned()
    {
        var scenario = _draft.Scenario;
        if (_draft.Plan.EscalationRequired != (scenario.Complexity == _pack.Settings.EscalationComplexity))
            return false;
        if (_draft.Asks)
            return _draft.Kind != CompletenessKind.Complete || scenario.WithholdAlways != 0;
        if (!_draft.Derivation.IsDecided || _draft.Plan.Outcome != scenario.ExpectedOutcome || _draft.Plan.Actions.Length != scenario.ExpectedActions.Length)
            return false;
        for (var i = 0; i < scenario.ExpectedActions.Length; i++)
        {
            if (_draft.Plan.Actions[i].Type != scenario.ExpectedActions[i])
                return false;
        }

        return true;
    }

    private void Count(ChunkReport report)
    {
        report.Tickets++;
        One("ticket_type/", _draft.Scenario.TicketType);
        One("complexity/", _draft.Scenario.Complexity);
        One("completeness/", _pack.Settings.Completeness[_draft.Completeness].Name);
        One("customer_tier/", _draft.Customer.Tier);
        One("group/", _draft.Scenario.Group);
        One("outcome/", _draft.Plan.Outcome);

        void One(string dimension, string label)
        {
            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, (dimension, label), out _);
            count++;
        }
    }

    /// <summary>Adds the labels counted since the last call to a report.</summary>
    public void Flush(ChunkReport report)
    {
        foreach (var ((dimension, label), count) in _counts)
        {
            if (count > 0)
                report.Labels[dimension + label] = report.Labels.GetValueOrDefault(dimension + label) + count;
        }

        _counts.Clear();
    }

    private readonly Dictionary<(string, string), int> _counts = [];
}
