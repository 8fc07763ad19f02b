using System.Text.Json;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Workflow;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Tickets;

// How a ticket is worked on
// =========================
// A run goes as far as it can in the turn that begins it: without models that is the end, and everything commits together. Where a model has to be asked,
// the turn keeps the run, sends the question to a grain of its own (kind "model", one for each question) and ends; the answer comes back as a new turn. So no
// turn of the ticket waits for a model, the ticket can be read and changed meanwhile, a crash goes on at the step, and an answer that was paid and committed
// is not asked for again. A message that is due when the run's time is up ends it by rules; an answer that comes later finds no run that waits for it.
//
// A draft belongs to the ticket as it was when the draft was begun. If the ticket has changed when it comes, it is thrown away and asked for anew, once; then
// templates write it. A ticket that is finished meanwhile gets no reply.

/// <inheritdoc cref="ITicketGrain"/>
internal sealed class TicketGrain([PersistentState("ticket")] IPersistentState<TicketState> stored, TicketWorkflow workflow, IStepModels models, TimeProvider time)
    : Grain, ITicketGrain
{
    private const int MostRedrafts = 1;
    private const string Desk = "workflow";

    public async Task<TicketView> Open(JsonElement document)
    {
        var key = TicketKey.Parse(Key);
        var ticket = TicketDocument.Read(document);
        if (ticket.TicketId != key.TicketId)
            throw new GrainCallException("invalid_ticket", $"The document is of ticket {ticket.TicketId}, and this is ticket {key.TicketId}. Send it to its own ticket.");
        if (stored.State.Ticket is { } opened)
            return opened;
        return await SaveAsync(New(key, ticket.CustomerId, ticket.CustomerEmail, ticket.Subject, ticket.Body, ticket.WrittenAt), wasFinished: null);
    }

    public async Task Receive(ReceivedTicket received)
    {
        if (stored.State.Ticket is not null)
            return;
        var sent = received.Ticket;
        var ticket = New(TicketKey.Parse(Key), sent.Owner, sent.CustomerEmail, sent.Subject, sent.Body, sent.ReceivedAt) with
        {
            Metadata = sent.Metadata,
            DuplicateOf = received.Duplicate?.TicketId,
            SimilarityScore = received.Duplicate?.Similarity,
            Runs = 1,
        };
        stored.State.Ticket = ticket;
        await BeginAsync(new()
        {
            Number = 1,
            CreatedAt = sent.ReceivedAt,
            Options = sent.Options,
            Steps = [sent.Validation, received.Comparison],
            Warnings = sent.Warnings,
            Duplicate = received.Duplicate,
            FoundBefore = received.Found,
        });
    }

    public async Task<int> Process(WorkflowOptions options)
    {
        var ticket = Opened();
        if (TicketStatusRules.IsFinished(ticket.Status))
            throw new GrainCallException("invalid_transition", $"The ticket {ticket.TicketId} is {TicketStatusRules.Word(ticket.Status)} and is not worked on. Take it up again first.");
        if (stored.State.Run is not null)
            throw new GrainCallException("run_exists", $"A run of the ticket {ticket.TicketId} is under way. Wait for its end.");
        var number = ticket.Runs + 1;
        stored.State.Ticket = ticket with { Runs = number };
        var warnings = new List<string>();
        var clock = StepClock.Start(time);
        TicketIntake.Clean(TextOf(ticket), warnings);
        await BeginAsync(new()
        {
            Number = number,
            CreatedAt = Turn.Now,
            Options = options,
            Steps = [clock.End(StepNames.Validation), clock.End(StepNames.DuplicateDetection, StepStatus.Skipped)],
            Warnings = warnings,
            Duplicate = ticket is { DuplicateOf: { } earlier, SimilarityScore: { } similarity } ? new DuplicateMatch(earlier, similarity) : null,
        });
        return number;
    }

    public async Task ModelAnswered(Reply<ModelAnswer> reply)
    {
        if (stored.State is not { Run: { } run, Ticket: { } ticket } || ModelStep.Parse(reply.Tag) is not { } asked || asked.Run != run.Number)
            return;
        var answer = reply.Value ?? ModelStep.Failed(asked.StepName, Turn.Now, reply.Failure);
        if (asked.StepName == StepNames.ResponseGeneration && ticket.History.Count != stored.State.DraftedAt)
        {
            if (TicketStatusRules.IsFinished(ticket.Status))
            {
                await GoOnAsync(run.With(Unused(answer, "The ticket was finished while the reply was written, so there is none.")));
                return;
            }

            if (stored.State.Redrafts++ < MostRedrafts)
            {
                stored.State.DraftedAt = ticket.History.Count;
                Ask(run, ticket, asked.StepName);
                return;
            }

            answer = new() { StepName = answer.StepName, StartedAt = answer.StartedAt, DurationMs = answer.DurationMs, Error = "The ticket kept changing while the reply was written." };
        }

        await GoOnAsync(workflow.Take(run, answer, TextOf(ticket)));
    }

    public async Task EndRun(int number)
    {
        if (stored.State is not { Run: { } run, Ticket: { } ticket } || run.Number != number)
            return;
        await GoOnAsync(await workflow.GiveUpAsync(run, TextOf(ticket), TicketWorkflow.TimeLimitReached, Turn.Cancellation));
    }

    public Task<TicketView> View() => Task.FromResult(Opened());

    public async Task<TicketView> ChangeStatus(TicketStatus status, string actor, string? note)
    {
        var ticket = Opened();
        if (ticket.Status == status)
            return ticket;
        var allowed = TicketStatusRules.After(ticket.Status);
        if (!allowed.Contains(status))
        {
            var instead = allowed.Count == 0 ? "It is over; open a new ticket." : $"From there it goes to {string.Join(", ", allowed.Select(TicketStatusRules.Word))}.";
            throw new GrainCallException("invalid_transition", $"The ticket {ticket.TicketId} is {TicketStatusRules.Word(ticket.Status)} and cannot become {TicketStatusRules.Word(status)}. {instead}");
        }

        return await SaveAsync(Changed(ticket, new(Turn.Now, Named(actor), "status_changed", ticket.Status, status, note)), TicketStatusRules.IsFinished(ticket.Status));
    }

    public async Task<TicketView> Escalate(string actor, string reason)
    {
        var ticket = Opened();
        if (TicketStatusRules.IsFinished(ticket.Status))
            throw new GrainCallException("invalid_transition", $"The ticket {ticket.TicketId} is {TicketStatusRules.Word(ticket.Status)} and cannot be escalated. Take it up again first.");
        if (string.IsNullOrWhiteSpace(reason))
            throw new GrainCallException("invalid_request", "An escalation needs a reason. Say why somebody else has to look at the ticket.");
        return await SaveAsync(Escalated(ticket, Named(actor), reason), wasFinished: false);
    }

    private static string Named(string actor) => !string.IsNullOrWhiteSpace(actor) ? actor : throw new GrainCallException(
        "invalid_request", "A change of a ticket needs an actor. Say who makes it.");

    private static TicketView Changed(TicketView ticket, TicketChange change) => ticket with
    {
        Status = change.To,
        UpdatedAt = change.At,
        History = [.. ticket.History, change],
    };

    private static TicketText TextOf(TicketView ticket) => new(ticket.Subject, ticket.Body, ticket.CustomerEmail);

    private static WorkflowStep Unused(ModelAnswer answer, string why) => new()
    {
        StepName = answer.StepName,
        Status = StepStatus.Failed,
        StartedAt = answer.StartedAt,
        CompletedAt = answer.StartedAt + TimeSpan.FromMilliseconds(answer.DurationMs),
        DurationMs = answer.DurationMs,
        Form = StepForm.Model,
        Error = why,
        Model = answer.Model,
        TokensUsed = answer.TokensUsed,
        Cost = answer.Cost,
    };

    private TicketView Escalated(TicketView ticket, string actor, string reason) =>
        Changed(ticket, new(Turn.Now, actor, "escalated", ticket.Status, ticket.Status, reason)) with { Escalated = true, EscalationReason = reason };

    private TicketView New(TicketKey key, string? customerId, string? customerEmail, string subject, string body, DateTimeOffset writtenAt) => new()
    {
        BatchId = key.BatchId,
        TicketId = key.TicketId,
        CustomerId = customerId,
        CustomerEmail = customerEmail,
        Subject = subject,
        Body = body,
        Status = TicketStatus.Open,
        Escalated = false,
        WrittenAt = writtenAt,
        OpenedAt = Turn.Now,
        UpdatedAt = Turn.Now,
        History = [new(Turn.Now, "customer", "opened", null, TicketStatus.Open, null)],
    };

    private TicketView Opened() => stored.State.Ticket ?? throw new GrainCallException(
        "not_found", $"The ticket {Key} has not been opened. Open it with its document from the batch.");

    private async Task BeginAsync(WorkflowState run)
    {
        stored.State.Redrafts = 0;
        await GoOnAsync(run);
        var limit = models.TimeLimit;
        if (stored.State.Run is not null && limit != Timeout.InfiniteTimeSpan)
            await Grains.GetGrain<ITicketGrain>(Key, new() { Delay = limit }).EndRun(run.Number);
    }

    /// <summary>Does what can be done now; then the run waits for models, or has ended and is kept.</summary>
    private async Task GoOnAsync(WorkflowState run)
    {
        var ticket = Opened();
        var asked = run.Awaited;
        run = await workflow.AdvanceAsync(run, TextOf(ticket), Turn.Cancellation);
        if (run.IsComplete)
        {
            stored.State.Run = null;
            await EndAsync(ticket, run);
            return;
        }

        stored.State.Run = run;
        foreach (var step in run.Awaited.Except(asked, StringComparer.Ordinal))
        {
            if (step == StepNames.ResponseGeneration)
                stored.State.DraftedAt = ticket.History.Count;
            Ask(run, ticket, step);
        }

        StageRun(ticket, run, result: null);
        StageTicket(ticket);
    }

    private void Ask(WorkflowState run, TicketView ticket, string step)
    {
        var asked = new ModelStep(run.Number, step, stored.State.Redrafts);
        var options = new SendOptions { ReplyTo = nameof(ModelAnswered), Tag = asked.ToString() };
        _ = Grains.GetGrain<IModelGrain>($"{Key}/{asked}", options).Ask(TicketWorkflow.QuestionOf(run, step, TextOf(ticket), Key));
    }

    private async Task EndAsync(TicketView ticket, WorkflowState run)
    {
        var ended = Changed(ticket, new(Turn.Now, Desk, "processed", ticket.Status, ticket.Status, null)) with
        {
            Category = run.Analysis?.Category ?? ticket.Category,
            Severity = run.Analysis?.Severity ?? ticket.Severity,
            AssignedTeam = run.Routing?.Team ?? ticket.AssignedTeam,
            Priority = run.Routing?.Priority ?? ticket.Priority,
        };
        var id = TicketKey.Parse(Key);
        StageRun(ticket, run, JsonSerializer.Serialize(WorkflowResult.Of(id.IsOfDesk ? id.TicketId : $"{id.BatchId}.{id.TicketId}", run), GrainJson.Options));
        Announce(new($"ticket/{Key}", "processed"));
        if (run is { Severity: Severity.Critical, Routing: { } routing } && !ended.Escalated && !TicketStatusRules.IsFinished(ended.Status))
        {
            await SaveAsync(Escalated(ended, Desk, routing.Reasoning), wasFinished: false);
            return;
        }

        stored.State.Ticket = ended;
        StageTicket(ended);
    }

    private void StageRun(TicketView ticket, WorkflowState run, string? result) => Stage("upsert_workflow_run", new
    {
        batch_id = ticket.BatchId,
        ticket_id = ticket.TicketId,
        number = run.Number,
        status = result is null ? "running" : "completed",
        created_at = run.CreatedAt.ToUnixTimeMilliseconds(),
        ended_at = result is null ? (long?)null : Turn.Now.ToUnixTimeMilliseconds(),
        result,
    });

    /// <summary>Keeps the ticket, writes its row and tells its customer, in one commit.</summary>
    private async Task<TicketView> SaveAsync(TicketView ticket, bool? wasFinished)
    {
        stored.State.Ticket = ticket;
        StageTicket(ticket);
        var change = new CustomerTicket(
            ticket.TicketId, ticket.Subject, ticket.Status, ticket.Escalated, ticket.UpdatedAt, ticket.History.Count, ticket.CustomerEmail, wasFinished);
        if (ticket.CustomerId is null)
            await Grains.GetGrain<IAnonymousGrain>(TicketFingerprint.BucketOf(TextOf(ticket))).TicketChanged(change);
        else
            await Grains.GetGrain<ICustomerGrain>($"{ticket.BatchId}/{ticket.CustomerId}").TicketChanged(change);
        return ticket;
    }

    private void StageTicket(TicketView ticket) => Stage("upsert_ticket", new
    {
        batch_id = ticket.BatchId,
        ticket_id = ticket.TicketId,
        customer_id = ticket.CustomerId ?? "",
        customer_email = ticket.CustomerEmail ?? "",
        subject = ticket.Subject,
        status = TicketStatusRules.Word(ticket.Status),
        escalated = ticket.Escalated,
        category = ticket.Category is { } category ? Support.Rules.RuleWords.Of(category) : null,
        severity = ticket.Severity is { } severity ? Support.Rules.RuleWords.Of(severity) : null,
        assigned_team = ticket.AssignedTeam,
        priority = ticket.Priority is { } priority ? Support.Rules.RuleWords.Of(priority) : null,
        duplicate_of = ticket.DuplicateOf,
        written_at = ticket.WrittenAt.ToUnixTimeMilliseconds(),
        opened_at = ticket.OpenedAt.ToUnixTimeMilliseconds(),
        updated_at = ticket.UpdatedAt.ToUnixTimeMilliseconds(),
    });
}
