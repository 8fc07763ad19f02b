using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketWorld.Api.Access;
using TicketWorld.Api.Customers;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Grains;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Tickets;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Limits;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Routing;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Api.Workflow;

/// <summary>The workflow: a whole ticket, or one step of it.</summary>
internal static class WorkflowEndpoints
{
    private const string Root = "/api/v1/workflow";

    public static void Map(RouteGroupBuilder all)
    {
        var workflow = all.MapGroup(Root).WithTags("Workflow").WithBodyLimit(BodyLimit.LongText).ForCallers(Callers.Admin | Callers.Agent);
        workflow.MapPost("/process", Process)
            .ForCallers(Callers.Admin | Callers.Agent | Callers.Customer)
            .Accepts<ProcessRequest>("application/json")
            .Produces<WorkflowResult>()
            .WithSummary("Work on a ticket: classify, extract, respond, route")
            .WithDescription("Keeps the ticket, looks for an open one that it repeats, and answers when all steps are done. Without a model, or where one fails, rules do its steps.")
            .WithExample(WorkflowExamples.Process)
            .WithIdempotencyKey()
            .Problems(400, 413, 415, 422, 503);
        workflow.MapPost("/classify", Classify)
            .Accepts<ClassifyRequest>("application/json")
            .Produces<TicketAnalysis>()
            .WithSummary("Say what a ticket is about and how grave it is")
            .WithDescription("Category and severity with their confidence, and the words of the text that decided. Nothing is kept.")
            .WithExample(WorkflowExamples.Classify)
            .Problems(400, 413, 415, 422);
        workflow.MapPost("/extract", Extract)
            .Accepts<ExtractRequest>("application/json")
            .WithSummary("Find order ids, error codes, addresses, amounts and more")
            .WithDescription("With a category, the fields that it needs and the ticket does not state are in missing_required.")
            .WithExample(WorkflowExamples.Extract)
            .Problems(400, 413, 415, 422);
        workflow.MapPost("/respond", Respond)
            .Accepts<RespondRequest>("application/json")
            .WithSummary("Draft a reply")
            .WithDescription("From the given category and severity, in the given tone and in the language of the text. The parts of the text stand beside it. Nothing is kept.")
            .WithExample(WorkflowExamples.Respond)
            .Problems(400, 413, 415, 422);
        workflow.MapPost("/route", Route)
            .Accepts<RouteRequest>("application/json")
            .WithSummary("Decide which team works on a ticket, and how early")
            .WithDescription("From the given category and severity alone: critical goes to escalation_team. Nothing is kept.")
            .WithExample(WorkflowExamples.Route)
            .Problems(400, 413, 415, 422);
    }

    /// <summary>Sends a result that is kept as JSON.</summary>
    public static ContentHttpResult Json(string result) => TypedResults.Text(result, "application/json", Encoding.UTF8);

    private static async Task<ContentHttpResult> Process(
        HttpRequest request, IGrainFactory grains, WorkflowResults results, TimeProvider time, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        var caller = Caller.Of(request.HttpContext);
        var key = IdempotencyKey.From(request);
        using var body = await JsonBody.ReadObjectAsync(request);
        var clock = StepClock.Start(time);
        var (input, options) = ProcessRequest.From(body.RootElement);
        var warnings = new List<string>();
        var text = TicketIntake.Clean(new(input.Subject, input.Body, input.CustomerEmail), warnings);
        var ticket = new SubmittedTicket
        {
            TicketId = (key is null ? Guid.CreateVersion7(receivedAt) : IdOf(caller, key)).ToString(),
            Subject = text.Subject,
            Body = text.Body,
            CustomerId = CustomerOf(caller, input),
            CustomerEmail = input.CustomerEmail,
            Metadata = input.Metadata,
            ReceivedAt = receivedAt,
            Options = options!,
            Warnings = warnings,
            Validation = clock.End(StepNames.Validation),
        };
        var address = TicketKey.OfDesk(ticket.TicketId);
        if (key is null)
            return Json(await results.RunAsync(address, () => SubmitAsync(grains, ticket, text), cancellationToken));
        var isKnown = await IsKnownAsync(grains, address, ticket, key);
        var result = await results.RunAsync(address, () => isKnown ? Task.FromResult(1) : SubmitAsync(grains, ticket, text), cancellationToken);

        // Of two requests that came at the same time with one key and two tickets, the first was taken.
        if (!isKnown)
            await IsKnownAsync(grains, address, ticket, key);
        return Json(result);
    }

    /// <summary>Whether a request with this key has made the ticket before.</summary>
    /// <exception cref="ProblemException">It made another ticket.</exception>
    private static async Task<bool> IsKnownAsync(IGrainFactory grains, TicketKey address, SubmittedTicket ticket, string key)
    {
        if (await Tickets.TicketEndpoints.FindAsync(grains.GetGrain<ITicketGrain>(address.ToString())) is not { } known)
            return false;
        return (known.Subject, known.Body, known.CustomerId, known.CustomerEmail) == (ticket.Subject, ticket.Body, ticket.Owner, ticket.CustomerEmail)
            ? true
            : throw new ProblemException(Problems.IdempotencyKeyReused(key));
    }

    private static async Task<int> SubmitAsync(IGrainFactory grains, SubmittedTicket ticket, TicketText text)
    {
        _ = ticket.Owner is { } owner
            ? await grains.GetGrain<ICustomerGrain>($"{TicketKey.Desk}/{owner}").Submit(ticket)
            : await grains.GetGrain<IAnonymousGrain>(TicketFingerprint.BucketOf(text)).Submit(ticket);
        return 1;
    }

    private static async Task<Ok<TicketAnalysis>> Classify(HttpRequest request, TicketWorkflow workflow, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadObjectAsync(request);
        var text = TicketIntake.Clean(ClassifyRequest.From(body.RootElement), []);
        var options = new WorkflowOptions { SkipExtraction = true, SkipResponseGeneration = true, SkipRouting = true };
        return TypedResults.Ok((await workflow.RunAsync(text, options, [], cancellationToken)).Analysis!);
    }

    private static async Task<Ok<ExtractionAnswer>> Extract(HttpRequest request, TicketWorkflow workflow, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadObjectAsync(request);
        var (text, category) = ExtractRequest.From(body.RootElement);
        return TypedResults.Ok(ExtractionAnswer.Of(await workflow.ExtractAsync(TicketIntake.Clean(text, []), category, cancellationToken)));
    }

    private static async Task<Ok<ReplyDraft>> Respond(HttpRequest request, TicketWorkflow workflow, ITicketAnalyser analyser, IFieldExtractor extractor, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadObjectAsync(request);
        var (given, category, severity, tone, fields) = RespondRequest.From(body.RootElement);
        var text = TicketIntake.Clean(given, []);
        var analysis = analyser.Analyse(text);
        var extraction = extractor.Extract(text, category);
        return TypedResults.Ok(await workflow.RespondAsync(
            new()
            {
                Text = text,
                Topic = analysis.Topic,
                Category = category,
                Severity = severity,
                Tone = tone,
                Language = analysis.Language,
                CustomerEmail = text.Sender,
                Extraction = extraction with { MissingRequired = [.. extraction.MissingRequired.Except(fields, StringComparer.Ordinal)] },
            },
            cancellationToken));
    }

    private static async Task<Ok<RoutingDecision>> Route(HttpRequest request, TicketWorkflow workflow)
    {
        using var body = await JsonBody.ReadObjectAsync(request);
        var (category, severity) = RouteRequest.From(body.RootElement);
        return TypedResults.Ok(workflow.Route(category, severity, []));
    }

    /// <summary>The customer that the ticket is of; a caller who is a customer sends for himself alone.</summary>
    private static string? CustomerOf(Caller caller, TicketInput input)
    {
        if (caller.Customer is not { } own)
            return input.CustomerId;
        return CustomerEndpoints.Split(own) is (TicketKey.Desk, var customer) && (input.CustomerId ?? customer) == customer
            ? customer
            : throw new ProblemException(Problems.ForeignCustomer(input.CustomerId));
    }

    /// <summary>The ticket that every request of this caller with this key makes, as a UUID of version 8.</summary>
    private static Guid IdOf(Caller caller, string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"ticket\0{caller.KeyId}\0{key}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
