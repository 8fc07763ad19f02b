using System.Buffers;
using System.Text.Json.Nodes;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>What a policy with a bug makes of the tickets of a set.</summary>
internal sealed class PolicyTrial(PolicyMutation mutation)
{
    /// <summary>Tickets of which lines are kept.</summary>
    public const int Kept = 12;

    public PolicyMutation Mutation { get; } = mutation;

    /// <summary>Why the policy cannot be used, or null.</summary>
    public string? Refusal { get; set; }

    /// <summary>Tickets that are decided otherwise.</summary>
    public int Decided { get; private set; }

    /// <summary>Tickets that are decided as before, for reasons that read otherwise.</summary>
    public int Said { get; private set; }

    /// <summary>Those of <see cref="Said"/> that say something else, and not only less.</summary>
    public int SaidOtherwise { get; private set; }

    /// <summary>Tickets on which the clause spoke before.</summary>
    public int Exercised { get; private set; }

    public List<MutatedTicket> Tickets { get; } = [];

    public List<MutatedTicket> SaidOnly { get; } = [];

    public void Add(PolicyTrial part)
    {
        Decided += part.Decided;
        Said += part.Said;
        SaidOtherwise += part.SaidOtherwise;
        Exercised += part.Exercised;
        Refusal ??= part.Refusal;
        Tickets.AddRange(part.Tickets.Take(Kept - Tickets.Count));
        SaidOnly.AddRange(part.SaidOnly);
    }

    public void Note(bool exercised, bool decides, bool says, bool saysLess, Func<MutatedTicket> write)
    {
        Exercised += exercised ? 1 : 0;
        Decided += decides ? 1 : 0;
        Said += says && !decides ? 1 : 0;
        SaidOtherwise += says && !decides && !saysLess ? 1 : 0;
        if (decides && Tickets.Count < Kept)
            Tickets.Add(write());
        else if (says && !decides && (SaidOnly.Count < Kept || (!saysLess && SaidOtherwise <= Kept)))
            SaidOnly.Add(write());
    }
}

/// <summary>
/// Makes every ticket of a world by the first oracle, and decides it again under each policy with a bug. Message, records and the policy in the
/// files stay those of the true policy; debug keys are as the policy with the bug makes them.
/// </summary>
internal static class PolicyMutationRun
{
    public static (TicketInput[] Inputs, MutatedTicket[] Lines, PolicyTrial[] Trials) Run(World world, PolicyMutation[] mutations, int threads, CancellationToken cancellation)
    {
        var inputs = new TicketInput[world.TicketCount];
        var lines = new MutatedTicket[world.TicketCount];
        var trials = Array.ConvertAll(mutations, m => new PolicyTrial(m));
        var engines = Array.ConvertAll(trials, EngineOf);
        var gate = new Lock();
        var part = (world.TicketCount + threads - 1) / threads;
        Parallel.For(0, threads, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads }, number =>
        {
            var own = Array.ConvertAll(mutations, m => new PolicyTrial(m));
            var worker = new Worker(world, engines);
            for (var i = number * part; i < Math.Min((number + 1) * part, world.TicketCount); i++)
            {
                cancellation.ThrowIfCancellationRequested();
                worker.Decide(i, inputs, lines, own);
            }

            lock (gate)
            {
                for (var i = 0; i < trials.Length; i++)
                    trials[i].Add(own[i]);
            }
        });
        return (inputs, lines, trials);
    }

    private static PolicyEngine? EngineOf(PolicyTrial trial)
    {
        try
        {
            return new PolicyEngine(trial.Mutation.Policy);
        }
        catch (PackException e)
        {
            trial.Refusal = e.Message;
            return null;
        }
    }

    private sealed class Worker(World world, PolicyEngine?[] engines)
    {
        private readonly TicketWriter _writer = new(world);
        private readonly Resolver?[] _resolvers = Array.ConvertAll(engines, e => e is null ? null : new Resolver(e, world.Book));
        private readonly ArrayBufferWriter<byte> _buffer = new(16384);

        public void Decide(int index, TicketInput[] inputs, MutatedTicket[] lines, PolicyTrial[] trials)
        {
            var draft = _writer.Maker.Make(index, new ChunkReport());
            var input = inputs[index] = TicketInput.Of(draft);
            lines[index] = Write(index, draft);
            ulong speaking = 0;
            foreach (var request in draft.Cases)
                speaking |= request.Applicable;
            for (var i = 0; i < trials.Length; i++)
            {
                if (_resolvers[i] is { } resolver && trials[i].Refusal is null)
                    Decide(index, draft, input, resolver, trials[i], speaking, lines[index]);
            }
        }

        private void Decide(int index, TicketDraft draft, TicketInput input, Resolver resolver, PolicyTrial trial, ulong speaking, MutatedTicket right)
        {
            ResolutionPlan plan;
            try
            {
                plan = resolver.Resolve(input.Requests, input.Disclosed, input.States, input.Truth, input.Target);
            }
            catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or ArgumentException or NullReferenceException)
            {
                // A policy that no loader would let through may leave the engine in a state that it excludes.
                trial.Refusal = $"the engine fails: {e.Message}";
                return;
            }

            var says = PlanDifference.Says(plan, draft.Plan);
            trial.Note(
                trial.Mutation.Clause < 0 || (speaking >> trial.Mutation.Clause & 1) != 0,
                PlanDifference.Decides(plan, draft.Plan),
                says,
                says && PlanDifference.SaysLess(plan, draft.Plan),
                () => plan.PolicyReferences.Length == 0
                    ? Uncited(index, Copy(draft, resolver, plan, trial.Mutation), right)
                    : Write(index, Copy(draft, resolver, plan, trial.Mutation)));
        }

        private static TicketDraft Copy(TicketDraft draft, Resolver resolver, ResolutionPlan plan, PolicyMutation mutation) => new(mutation.Policy, resolver)
        {
            Message = draft.Message,
            Plan = plan,
            Scenario = draft.Scenario,
            Requests = draft.Requests,
            Customer = draft.Customer,
            Order = draft.Order,
            Line = draft.Line,
            Product = draft.Product,
            Target = draft.Target,
            Completeness = draft.Completeness,
            Kind = draft.Kind,
            Sentiment = draft.Sentiment,
            Persona = draft.Persona,
            IsWhatIf = draft.IsWhatIf,
            Truth = draft.Truth,
            Known = draft.Known,
            Disclosure = draft.Disclosure,
        };

        private MutatedTicket Write(int index, TicketDraft draft)
        {
            var plain = Line(draft, debug: false);
            return new MutatedTicket(index, Line(draft, debug: true), plain);
        }

        /// <summary>A resolution that cites nothing has no proof to write: the ticket keeps the true one's debug keys.</summary>
        private MutatedTicket Uncited(int index, TicketDraft draft, MutatedTicket right)
        {
            var plain = Line(draft, debug: false);
            var ticket = JsonNode.Parse(right.WithDebug)!.AsObject();
            ticket["resolution_plan"] = JsonNode.Parse(plain)!["resolution_plan"]!.DeepClone();
            return MutatedTicket.Of(index, ticket);
        }

        private byte[] Line(TicketDraft draft, bool debug)
        {
            _buffer.ResetWrittenCount();
            _writer.Write(draft, _buffer, debug);
            return _buffer.WrittenSpan.TrimEnd((byte)'\n').ToArray();
        }
    }
}
