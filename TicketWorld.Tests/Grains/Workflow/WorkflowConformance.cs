using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Tickets;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Workflow;
using TicketWorld.Tests.Grains.Batches;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Workflow;

/// <summary>Tickets that customers send, worked on as grains, on every store.</summary>
public abstract class WorkflowConformance
{
    protected abstract void AddStore(IServiceCollection services);

    [Fact]
    public async Task Without_a_model_a_ticket_is_done_in_one_go_and_its_row_tells_the_result()
    {
        await using var silo = await StartAsync(new NoStepModels());
        await SubmitAsync(silo, "t-1", "CUST-1");
        var result = await ResultAsync(silo, "t-1");
        Assert.Equal(StepNames.All, result.WorkflowSteps.Select(step => step.StepName));
        Assert.NotNull(result.Classification);
        Assert.NotNull(result.ResponseDraft);
        var row = (await silo.Services.GetRequiredService<ITicketQueries>().ListAsync(new(BatchId: TicketKey.Desk))).Items.Single();
        Assert.Equal((result.Classification!.Category, result.Classification.Severity, result.Routing!.Team, result.Routing.Priority), (row.Category, row.Severity, row.AssignedTeam, row.Priority));
        var view = await Ticket(silo, "t-1").View();
        Assert.Equal(["opened", "processed"], view.History.Select(change => change.Action).Take(2));
        Assert.Single((await silo.Grains.GetGrain<ICustomerGrain>("desk/CUST-1").View()).OpenTickets);
    }

    [Fact]
    public async Task A_ticket_that_arrives_twice_is_taken_once()
    {
        await using var silo = await StartAsync(new NoStepModels());
        await SubmitAsync(silo, "t-1", "CUST-1");
        await SubmitAsync(silo, "t-1", "CUST-1");
        await ResultAsync(silo, "t-1");
        await BatchTests.DrainAsync(silo);
        Assert.Single(await silo.Services.GetRequiredService<IWorkflowRuns>().ListAsync(TicketKey.OfDesk("t-1"), 10));
        var customer = (await silo.Services.GetRequiredService<ICustomerQueries>().ListAsync(new("desk", "CUST-1"))).Items.Single();
        Assert.Equal((1, 0), (customer.OpenTickets, customer.FinishedTickets));
    }

    [Fact]
    public async Task A_duplicate_is_found_among_the_open_tickets_of_its_customer_only()
    {
        await using var silo = await StartAsync(new NoStepModels());
        Assert.Null((await SubmitAsync(silo, "t-1", "CUST-1")).Duplicate);
        Assert.Equal("t-1", (await SubmitAsync(silo, "t-2", "CUST-1")).Duplicate!.TicketId);
        Assert.Null((await SubmitAsync(silo, "t-3", "CUST-2")).Duplicate);
        await ResultAsync(silo, "t-2");
        Assert.Equal("t-1", (await Ticket(silo, "t-2").View()).DuplicateOf);
        foreach (var id in (string[])["t-1", "t-2"])
        {
            await ResultAsync(silo, id);
            await Ticket(silo, id).ChangeStatus(TicketStatus.Cancelled, "agent", null);
        }

        await BatchTests.DrainAsync(silo);
        Assert.Null((await SubmitAsync(silo, "t-4", "CUST-1")).Duplicate);
        var customer = (await silo.Services.GetRequiredService<ICustomerQueries>().ListAsync(new("desk", "CUST-1"))).Items.Single();
        Assert.Equal((1, 2), (customer.OpenTickets, customer.FinishedTickets));
    }

    [Fact]
    public async Task A_ticket_that_is_worked_on_again_repeats_the_same_one_as_much_as_before()
    {
        await using var silo = await StartAsync(new NoStepModels());
        await SubmitAsync(silo, "t-1", "CUST-1", "one two three four five six seven eight nine ten");
        await SubmitAsync(silo, "t-2", "CUST-1", "one two three four five six seven eight nine else");
        var first = await ResultAsync(silo, "t-2");
        Assert.InRange(first.SimilarityScore!.Value, 0.8, 0.99);
        Assert.Equal(2, await Ticket(silo, "t-2").Process(new()));
        var again = await ResultAsync(silo, "t-2", 2);
        Assert.Equal((first.DuplicateOf, first.SimilarityScore), (again.DuplicateOf, again.SimilarityScore));
    }

    [Fact]
    public async Task A_ticket_that_is_taken_up_again_counts_as_open_again()
    {
        await using var silo = await StartAsync(new NoStepModels());
        await SubmitAsync(silo, "t-1", "CUST-1");
        await ResultAsync(silo, "t-1");
        await Ticket(silo, "t-1").ChangeStatus(TicketStatus.Resolved, "agent", null);
        await Ticket(silo, "t-1").ChangeStatus(TicketStatus.InProgress, "agent", null);
        await BatchTests.DrainAsync(silo);
        var customer = await silo.Grains.GetGrain<ICustomerGrain>("desk/CUST-1").View();
        Assert.Equal((1, 0), (customer.OpenTickets.Count, customer.FinishedTickets));
    }

    [Fact]
    public async Task Models_do_their_steps_and_the_ticket_can_be_read_and_changed_meanwhile()
    {
        var models = new ScriptedModels();
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1", "Order ORD-5001 costs too much.");
        await AskedAsync(models, 2);
        Assert.Equal(TicketStatus.InProgress, (await Ticket(silo, "t-1").ChangeStatus(TicketStatus.InProgress, "agent", null)).Status);
        models.Answer(ScriptedModels.Extraction(FieldNames.AccountId, "5001"));
        models.Answer(ScriptedModels.Analysis(Category.Billing, Severity.Low));
        await AskedAsync(models, 3);
        models.Answer(ScriptedModels.Reply("A reply by the model."));
        var result = await ResultAsync(silo, "t-1");
        Assert.Equal((Category.Billing, Severity.Low), (result.Classification!.Category, result.Classification.Severity));
        Assert.Equal("A reply by the model.", result.ResponseDraft!.Content);
        Assert.Contains(result.ExtractedFields!.Fields, field => field.Name == FieldNames.AccountId);
        foreach (var step in result.WorkflowSteps.Where(step => models.Does(step.StepName)))
            Assert.Equal((StepForm.Model, false, "scripted", 100, 0.001m), (step.Form, step.FallbackUsed, step.Model, step.TokensUsed, step.Cost));
        Assert.Equal(3, models.Asked.Count);
    }

    [Fact]
    public async Task Steps_in_sequence_ask_one_model_after_the_other()
    {
        var models = new ScriptedModels();
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1", options: new() { EnableParallel = false });
        await AskedAsync(models, 1);
        Assert.Equal(StepNames.Classification, models.Asked.Single().StepName);
        models.Answer(ScriptedModels.Analysis(Category.Account, Severity.Medium));
        await AskedAsync(models, 2);
        Assert.Equal((StepNames.Extraction, Category.Account), (models.Asked[1].StepName, models.Asked[1].Category));
        models.Answer(ScriptedModels.Extraction(FieldNames.AccountId, "1"));
        await AskedAsync(models, 3);
        models.Answer(ScriptedModels.Reply("r"));
        await ResultAsync(silo, "t-1");
    }

    [Theory]
    [InlineData(0.59, StepForm.Rules, true)]
    [InlineData(0.60, StepForm.Model, false)]
    public async Task An_answer_counts_from_the_threshold_on(double confidence, StepForm form, bool fallback)
    {
        var models = new ScriptedModels { Steps = [StepNames.Classification] };
        models.Answer(ScriptedModels.Analysis(Category.Billing, Severity.Low, confidence));
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        var step = (await ResultAsync(silo, "t-1")).WorkflowSteps.Single(step => step.StepName == StepNames.Classification);
        Assert.Equal((form, fallback), (step.Form, step.FallbackUsed));
        Assert.Equal(fallback, step.Error is not null);
    }

    [Fact]
    public async Task Where_models_fail_rules_do_their_steps_and_the_result_says_so()
    {
        var models = new ScriptedModels();
        foreach (var step in models.Steps)
            models.Answer(ScriptedModels.Fault(step));
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        var result = await ResultAsync(silo, "t-1");
        Assert.NotNull(result.Classification);
        Assert.NotNull(result.ResponseDraft!.TemplateUsed);
        foreach (var step in result.WorkflowSteps.Where(step => models.Does(step.StepName)))
            Assert.Equal((StepStatus.Completed, StepForm.Rules, true, "The model's endpoint answered 503."), (step.Status, step.Form, step.FallbackUsed, step.Error));
    }

    [Fact]
    public async Task A_draft_of_a_ticket_that_has_changed_is_thrown_away_and_asked_for_anew()
    {
        var models = new ScriptedModels { Steps = [StepNames.ResponseGeneration] };
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        await AskedAsync(models, 1);
        await Ticket(silo, "t-1").ChangeStatus(TicketStatus.InProgress, "agent", null);
        models.Answer(ScriptedModels.Reply("stale"));
        await AskedAsync(models, 2);
        models.Answer(ScriptedModels.Reply("fresh"), 1);
        Assert.Equal("fresh", (await ResultAsync(silo, "t-1")).ResponseDraft!.Content);
    }

    [Fact]
    public async Task A_ticket_that_keeps_changing_gets_the_template()
    {
        var models = new ScriptedModels { Steps = [StepNames.ResponseGeneration] };
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        await AskedAsync(models, 1);
        await Ticket(silo, "t-1").ChangeStatus(TicketStatus.InProgress, "agent", null);
        models.Answer(ScriptedModels.Reply("stale"));
        await AskedAsync(models, 2);
        await Ticket(silo, "t-1").ChangeStatus(TicketStatus.PendingCustomer, "agent", null);
        models.Answer(ScriptedModels.Reply("stale too"), 1);
        var result = await ResultAsync(silo, "t-1");
        Assert.NotNull(result.ResponseDraft!.TemplateUsed);
        Assert.Contains("kept changing", result.WorkflowSteps.Single(step => step.StepName == StepNames.ResponseGeneration).Error, StringComparison.Ordinal);
        Assert.Equal(2, models.Asked.Count);
    }

    [Fact]
    public async Task A_ticket_that_is_finished_meanwhile_gets_no_reply()
    {
        var models = new ScriptedModels { Steps = [StepNames.ResponseGeneration] };
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        await AskedAsync(models, 1);
        await Ticket(silo, "t-1").ChangeStatus(TicketStatus.Cancelled, "agent", null);
        models.Answer(ScriptedModels.Reply("too late"));
        var result = await ResultAsync(silo, "t-1");
        Assert.Null(result.ResponseDraft);
        Assert.Equal(StepStatus.Failed, result.WorkflowSteps.Single(step => step.StepName == StepNames.ResponseGeneration).Status);
    }

    [Fact]
    public async Task A_run_whose_time_is_up_is_ended_by_rules_and_a_late_answer_changes_nothing()
    {
        var models = new ScriptedModels { TimeLimit = TimeSpan.FromMilliseconds(50) };
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        var result = await ResultAsync(silo, "t-1");
        foreach (var step in result.WorkflowSteps.Where(step => step.StepName is StepNames.Classification or StepNames.Extraction))
        {
            Assert.Equal((StepForm.Rules, true), (step.Form, step.FallbackUsed));
            Assert.Equal(TicketWorkflow.TimeLimitReached, step.Error);
        }

        Assert.NotNull(result.ResponseDraft!.TemplateUsed);
        models.Answer(ScriptedModels.Analysis(Category.Billing, Severity.Low));
        models.Answer(ScriptedModels.Extraction(FieldNames.AccountId, "1"));
        await BatchTests.DrainAsync(silo);
        var runs = await silo.Services.GetRequiredService<IWorkflowRuns>().ListAsync(TicketKey.OfDesk("t-1"), 10);
        Assert.Equal(JsonSerializer.Serialize(result, GrainJson.Options), Assert.Single(runs).Result);
    }

    [Fact]
    public async Task After_a_restart_a_run_goes_on_at_its_step_and_an_answer_that_was_kept_is_not_paid_again()
    {
        var models = new ScriptedModels();
        await using (var silo = await StartAsync(models))
        {
            await SubmitAsync(silo, "t-1", "CUST-1");
            models.Answer(ScriptedModels.Analysis(Category.Billing, Severity.Low));
            models.Answer(ScriptedModels.Extraction(FieldNames.AccountId, "1"));
            await AskedAsync(models, 3);
        }

        await using var again = await StartAsync(models);
        await AskedAsync(models, 4);
        models.Answer(ScriptedModels.Reply("after the restart"), 1);
        var result = await ResultAsync(again, "t-1");
        Assert.Equal((Category.Billing, "after the restart"), (result.Classification!.Category, result.ResponseDraft!.Content));
        Assert.Equal(
            [StepNames.Classification, StepNames.Extraction, StepNames.ResponseGeneration, StepNames.ResponseGeneration],
            models.Asked.Select(question => question.StepName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_finished_ticket_is_not_worked_on_and_one_that_is_under_way_not_twice()
    {
        var models = new ScriptedModels { Steps = [StepNames.Classification] };
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        await AskedAsync(models, 1);
        Assert.Equal("run_exists", (await Assert.ThrowsAsync<GrainCallException>(() => Ticket(silo, "t-1").Process(new()))).Code);
        models.Answer(ScriptedModels.Analysis(Category.Billing, Severity.Low));
        await ResultAsync(silo, "t-1");
        await Ticket(silo, "t-1").ChangeStatus(TicketStatus.Resolved, "agent", null);
        Assert.Equal("invalid_transition", (await Assert.ThrowsAsync<GrainCallException>(() => Ticket(silo, "t-1").Process(new()))).Code);
    }

    [Fact]
    public async Task A_critical_ticket_is_escalated_and_its_customer_knows()
    {
        var models = new ScriptedModels { Steps = [StepNames.Classification] };
        models.Answer(ScriptedModels.Analysis(Category.Technical, Severity.Critical));
        await using var silo = await StartAsync(models);
        await SubmitAsync(silo, "t-1", "CUST-1");
        Assert.Equal("escalation_team", (await ResultAsync(silo, "t-1")).Routing!.Team);
        var ticket = await Ticket(silo, "t-1").View();
        Assert.Equal((true, "Critical severity requires escalation team"), (ticket.Escalated, ticket.EscalationReason));
        await BatchTests.DrainAsync(silo);
        Assert.True((await silo.Grains.GetGrain<ICustomerGrain>("desk/CUST-1").View()).OpenTickets.Single().Escalated);
    }

    [Fact]
    public async Task Tickets_of_senders_without_a_name_are_compared_by_content()
    {
        await using var silo = await StartAsync(new NoStepModels());
        var sent = Sent("t-1", null, "The page is slow.", new());
        var bucket = TicketWorld.Support.Duplicates.TicketFingerprint.BucketOf(new(sent.Subject, sent.Body));
        Assert.Null((await silo.Grains.GetGrain<IAnonymousGrain>(bucket).Submit(sent)).Duplicate);
        Assert.Equal("t-1", (await silo.Grains.GetGrain<IAnonymousGrain>(bucket).Submit(sent with { TicketId = "t-2" })).Duplicate!.TicketId);
        await ResultAsync(silo, "t-2");
        Assert.Null((await Ticket(silo, "t-2").View()).CustomerId);
        Assert.Empty((await silo.Services.GetRequiredService<ICustomerQueries>().ListAsync(new())).Items);
    }

    private static ITicketGrain Ticket(TestSilo silo, string id) => silo.Grains.GetGrain<ITicketGrain>(TicketKey.OfDesk(id).ToString());

    private static Task AskedAsync(ScriptedModels models, int count) => Poll.UntilAsync(() => Task.FromResult(models.Asked.Count >= count));

    private static async Task<WorkflowResult> ResultAsync(TestSilo silo, string id, int number = 1)
    {
        string? result = null;
        await Poll.UntilAsync(async () => (result = await silo.Services.GetRequiredService<IWorkflowRuns>().ResultAsync(TicketKey.OfDesk(id), number)) is not null);
        return JsonSerializer.Deserialize<WorkflowResult>(result!, GrainJson.Options)!;
    }

    private static Task<SubmitReceipt> SubmitAsync(TestSilo silo, string id, string customer, string body = "I do not understand the fee on my bill.", WorkflowOptions? options = null) =>
        silo.Grains.GetGrain<ICustomerGrain>($"{TicketKey.Desk}/{customer}").Submit(Sent(id, customer, body, options ?? new()));

    private static SubmittedTicket Sent(string id, string? customer, string body, WorkflowOptions options) => new()
    {
        TicketId = id,
        Subject = "About my bill",
        Body = body,
        CustomerId = customer,
        ReceivedAt = new(2026, 1, 14, 9, 12, 44, TimeSpan.Zero),
        Options = options,
        Validation = StepClock.Start(TimeProvider.System).End(StepNames.Validation),
    };

    private Task<TestSilo> StartAsync(IStepModels models) => TestSilo.StartAsync(services =>
    {
        services.AddSingleton(models);
        services.AddTicketWorldGrains();
        AddStore(services);
    });
}
