using System.Text.Json.Nodes;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>What a run of mutation testing is made of.</summary>
/// <param name="Confirm">How many bugs are put into files, for the commands themselves to judge.</param>
public sealed record MutationOptions(string Pack, int Tickets, ulong Seed, int Threads, int Confirm = 8);

/// <summary>
/// Mutation testing of the truth: <c>ticketworld mutate</c>. Bugs are put into the policy (the first oracle then makes the gold with it, while the
/// files keep the true policy), into resolutions, messages and records, one at a time; verification and audit are asked whether they find them.
/// <para>
/// A bug is in every ticket that it can be in, and is caught when one of them is found; up to a dozen are judged, and where these do not show it, of bugs
/// that are not the policy's the others too. A bug of the policy that
/// changes no ticket of the set is equivalent when the clause that it is in spoke on some ticket of it, and not exercised when it did not; one of the records
/// is equivalent when the first oracle decides every ticket about the record as before. Nothing is made again from the options here: that finds every changed byte,
/// which the confirmation shows on a few.
/// </para>
/// </summary>
public sealed class MutationTesting
{
    private const int Judged = 12;

    private readonly MutationOptions _options;
    private readonly Action<string> _progress;
    private readonly string _folder;
    private readonly List<Mutant> _mutants = [];
    private readonly List<(Mutant Mutant, MutatedTicket[] Tickets, DatabaseText? Database)> _sample = [];
    private World _world = null!;
    private Judges _judges = null!;
    private TicketInput[] _inputs = [];
    private MutatedTicket[] _lines = [];

    private MutationTesting(MutationOptions options, string folder, Action<string> progress)
    {
        _options = options;
        _folder = folder;
        _progress = progress;
    }

    /// <param name="folder">A folder for the files of the run; what it writes there is left.</param>
    /// <exception cref="WorldException">The options cannot be used.</exception>
    /// <exception cref="PackException">The pack cannot be used.</exception>
    public static MutationReport Run(MutationOptions options, string folder, Action<string>? progress = null, CancellationToken cancellation = default) =>
        new MutationTesting(options, folder, progress ?? (_ => { })).Run(cancellation);

    private string Base => Path.Combine(_folder, "set");

    private string PlainBase => Path.Combine(_folder, "set-plain");

    private MutationReport Run(CancellationToken cancellation)
    {
        var world = new WorldOptions
        {
            Pack = _options.Pack,
            Tickets = _options.Tickets,
            Orders = _options.Tickets,
            Customers = Math.Max(20, _options.Tickets / 4),
            Products = 60,
            Seed = _options.Seed,
        };
        var told = false;
        var generator = new DatasetGenerator(_options.Threads, _ =>
        {
            // Told of once the pack has been found good.
            if (!told)
                _progress("the set");
            told = true;
        });
        _world = generator.Create(world, Base, cancellation).World;
        generator.Create(world with { Debug = false }, PlainBase, cancellation);
        _judges = new Judges(Base);

        _progress("bugs of the policy");
        var mutations = PolicyMutations.Of(_world.Pack.Policy).ToArray();
        (_inputs, _lines, var trials) = PolicyMutationRun.Run(_world, mutations, _options.Threads, cancellation);
        foreach (var trial in trials)
            Judge(trial);
        cancellation.ThrowIfCancellationRequested();
        _progress("bugs of resolutions and messages");
        JudgeFaults("resolution", GoldFaults.Of([.. _lines.Select(Parse)], [.. _world.Pack.Policy.Clauses.Select(c => c.Id)], [.. _world.Pack.Policy.Actions.Select(a => a.Name)]));
        JudgeFaults("message", MessageFaults.Of([.. _world.Book.Products.Select(p => p.Name)], [.. _world.Book.Customers.Take(2).Select(c => c.PrimaryEmail)]));
        foreach (var (what, ticket) in ClaimFaults.Of(_inputs, _lines, _world.Pack, _world.Book))
            Add("message", "wrong claim in the text", what, 1, [ticket]);
        cancellation.ThrowIfCancellationRequested();
        _progress("bugs of the records");
        foreach (var fault in RecordFaults.All)
            Judge(fault, cancellation);
        _progress("the commands on files with bugs");
        var contradicted = Confirm(cancellation, out var confirmed);
        return new MutationReport(_options.Pack, _options.Seed, _options.Tickets, _mutants, confirmed, contradicted);
    }

    private void Judge(PolicyTrial trial)
    {
        var mutation = trial.Mutation;
        if (trial.Refusal is { } refusal)
            _mutants.Add(new Mutant("policy", mutation.Operator, mutation.What, MutantFate.Refused, false, false, false, 0, 0, 0, refusal));
        else if (trial.Decided + trial.Said > 0)
            Add("policy", mutation.Operator, mutation.What, trial.Decided + trial.Said, trial.Decided > 0 ? trial.Tickets : trial.SaidOnly, isOther: trial.Decided + trial.SaidOtherwise > 0);
        else if (trial.Exercised > 0)
            _mutants.Add(new Mutant("policy", mutation.Operator, mutation.What, MutantFate.Equivalent, false, false, false, 0, 0, 0, $"all {_inputs.Length} tickets resolved again, 0 differ in any field; the clause speaks on {trial.Exercised}"));
        else
            _mutants.Add(new Mutant("policy", mutation.Operator, mutation.What, MutantFate.NotExercised, false, false, false, 0, 0, 0, $"no ticket of {_inputs.Length} is about the clause"));
    }

    /// <summary>Puts each bug into tickets of different scenarios, the first of each before the second of any.</summary>
    private void JudgeFaults(string group, IEnumerable<TicketFault> faults)
    {
        var order = _inputs.Select((input, index) => (input.Template, index)).GroupBy(x => x.Template, StringComparer.Ordinal)
            .SelectMany(g => g.Select((x, rank) => (rank, x.index))).OrderBy(x => x.rank).ThenBy(x => x.index).Select(x => x.index).ToArray();
        foreach (var fault in faults)
        {
            var tickets = With(fault, order).Take(Judged).ToList();
            if (tickets.Count > 0)
                Add(group, fault.Operator, fault.What, tickets.Count, tickets, others: With(fault, order).Skip(Judged));
            else
                _mutants.Add(new Mutant(group, fault.Operator, fault.What, MutantFate.NotExercised, false, false, false, 0, 0, 0, "no ticket can have it"));
        }
    }

    /// <summary>The tickets that a bug changes, with it, made one by one.</summary>
    private IEnumerable<MutatedTicket> With(TicketFault fault, int[] order)
    {
        foreach (var index in order)
        {
            var ticket = Parse(_lines[index]);
            if (fault.Apply(ticket) && !JsonNode.DeepEquals(ticket, Parse(_lines[index])))
                yield return MutatedTicket.Of(index, ticket);
        }
    }

    /// <param name="others">Further tickets with the bug, of which one after the other is judged until each way of looking has found it.</param>
    private void Add(string group, string name, string what, int changed, List<MutatedTicket> tickets, bool isOther = true, IEnumerable<MutatedTicket>? others = null)
    {
        var judged = tickets.ConvertAll(_judges.Judge);
        var all = judged.Aggregate(default(Findings), (a, b) => a | b);
        foreach (var other in all.AllFind ? [] : others ?? [])
        {
            tickets.Add(other);
            judged.Add(_judges.Judge(other));
            all |= judged[^1];
            changed++;
            if (all.AllFind)
                break;
        }

        var escaped = judged.FindIndex(f => !f.Any);
        var fate = all.Any ? MutantFate.Caught : isOther ? MutantFate.Escaped : MutantFate.Unsaid;
        var note = fate == MutantFate.Unsaid ? $"all {_inputs.Length} tickets decided as before; {changed} say less" : escaped < 0 ? "" : $"not found in {_inputs[tickets[escaped].Index].Message.TicketId}";
        var mutant = new Mutant(
            group, name, what, fate, all.Verify, all.ContentOnly, all.Audit, changed, judged.Count, judged.Count(f => f.ContentOnly), note);
        _mutants.Add(mutant);
        if (fate != MutantFate.Unsaid)
            _sample.Add((mutant, [.. tickets], null));
    }

    /// <summary>Tries a bug on the records of one ticket of each scenario until it is found.</summary>
    private void Judge(RecordFault fault, CancellationToken cancellation)
    {
        var tried = 0;
        var real = 0;
        var note = "";
        foreach (var index in _inputs.Select((input, index) => (input.Template, index)).DistinctBy(x => x.Template, StringComparer.Ordinal).Select(x => x.index))
        {
            cancellation.ThrowIfCancellationRequested();
            var subject = SubjectOf(Parse(_lines[index]));
            if (fault.Apply(_judges.Database, subject) is not { } database)
                continue;
            tried++;
            var isOther = PlanDifference.Decides(_inputs[index].ResolveWith(_world.Pack.Engine, database.BookOf(subject.Customer)), _inputs[index].Plan);
            real += isOther ? 1 : 0;
            var found = _judges.Judge(database, [_lines[index]]);
            if (found.Any)
            {
                var mutant = new Mutant("records", fault.Operator, fault.What, MutantFate.Caught, found.Verify, found.ContentOnly, found.Audit, tried, tried, 1, "");
                _mutants.Add(mutant);
                _sample.Add((mutant, [], database));
                return;
            }

            note = isOther ? $"not found in {_inputs[index].Message.TicketId}" : note;
        }

        _mutants.Add(tried == 0
            ? new Mutant("records", fault.Operator, fault.What, MutantFate.NotExercised, false, false, false, 0, 0, 0, "no ticket is about such a record")
            : new Mutant("records", fault.Operator, fault.What, real > 0 ? MutantFate.Escaped : MutantFate.Equivalent, false, false, false, tried, tried, 0, real > 0 ? note : $"the first oracle decides all {tried} tickets tried as before"));
    }

    /// <summary>Puts some of the bugs into files and asks the commands.</summary>
    private List<string> Confirm(CancellationToken cancellation, out int confirmed)
    {
        var contradicted = new List<string>();
        confirmed = 0;
        var step = Math.Max(1, _sample.Count / Math.Max(1, _options.Confirm));
        for (var i = 0; i < _sample.Count && confirmed + contradicted.Count < _options.Confirm; i += step)
        {
            var (mutant, tickets, database) = _sample[i];
            var (full, plain) = (Path.Combine(_folder, "faulty"), Path.Combine(_folder, "faulty-plain"));
            FaultySet.Write(Base, full, hasDebug: true, tickets, database);
            FaultySet.Write(PlainBase, plain, hasDebug: false, tickets, database);
            var found = FaultySet.Judge(full, plain, cancellation);
            var expected = new Findings(mutant.Verify, mutant.ContentOnly, mutant.Audit);
            if ((expected.Verify && !found.Verify) || (expected.ContentOnly && !found.ContentOnly) || (expected.Audit && !found.Audit) || !FaultySet.IsMadeOtherwise(full, _options.Pack, cancellation))
                contradicted.Add($"{mutant.Group}, {mutant.Operator}, {mutant.What}: expected {expected}, the commands found {found}");
            else
                confirmed++;
        }

        return contradicted;
    }

    private static JsonObject Parse(MutatedTicket ticket) => JsonNode.Parse(ticket.WithDebug)!.AsObject();

    private static TicketSubject SubjectOf(JsonObject ticket)
    {
        return new TicketSubject(ticket["customer_id"]!.GetValue<string>(), Id("order_id"), Id("product_id"));

        string? Id(string key) => ticket[key]!.GetValue<string>() is var id && id == "N/A" ? null : id;
    }
}
