using Microsoft.Extensions.AI;
using TicketWorld.Support.Writing;

namespace TicketWorld.Support.Models;

/// <summary>
/// Asks a model for one JSON object and takes nothing else. An answer that is not of the form is shown to the model once, with what is wrong with it. Several
/// objects are taken only when those of the form all say the same: one of them may be a customer's, quoted.
/// </summary>
public sealed class StructuredChat
{
    /// <summary>How much of a wrong answer the model is shown, in UTF-16 code units.</summary>
    private const int MostShown = 4000;

    private readonly IChatClient _chat;
    private readonly ModelStep _step;
    private readonly ModelStepOptions _how;
    private readonly int _maxTokens;
    private readonly TimeProvider _time;

    internal StructuredChat(IChatClient chat, ModelStep step, ModelStepOptions how, DeskModelOptions desk, TimeProvider time)
    {
        (_chat, _step, _how, _maxTokens, _time) = (chat, step, how, how.MaxTokens ?? desk.MaxTokens, time);
        MaxTicketTokens = desk.MaxTicketTokens;
    }

    /// <summary>Most tokens of a customer's text that a prompt may hold.</summary>
    public int MaxTicketTokens { get; }

    /// <summary>The answer of the model, or of the fallback model.</summary>
    /// <exception cref="ModelCallException">There is none of the form within the step's time limit; says why, and what was paid.</exception>
    public async Task<StructuredAnswer<T>> AskAsync<T>(StructuredQuestion question, AnswerForm<T> form, CancellationToken cancellationToken = default)
    {
        using var clock = new CancellationTokenSource(_how.TimeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        var rounds = new Rounds();
        try
        {
            return await AskAsync(question, form, rounds, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelCallException(ModelFault.TimedOut, FormattableString.Invariant($"The step {_step} did not end within {_how.TimeLimit.TotalSeconds} s.")) { Usage = rounds.Usage };
        }
        catch (ModelCallException e) when (rounds.Usage is not null)
        {
            throw new ModelCallException(e.Fault, e.Message, e.RetryAfter) { Usage = rounds.Usage };
        }
    }

    private async Task<StructuredAnswer<T>> AskAsync<T>(StructuredQuestion question, AnswerForm<T> form, Rounds rounds, CancellationToken cancellationToken)
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.System, question.Instructions + "\n\n" + Prompts.AnswerForm.Replace("{schema}", form.Schema.ToJson().ToJsonString(), StringComparison.Ordinal)),
            new(ChatRole.User, question.Data),
        ];
        for (var round = 1; ; round++)
        {
            var response = await _chat.GetResponseAsync(messages, Parameters(question.Ticket), cancellationToken).ConfigureAwait(false);
            rounds.Add(response);
            if (response.FinishReason == ChatFinishReason.ContentFilter)
                throw new ModelCallException(ModelFault.Malformed, "The model declined to answer.");
            var problems = Read(response, form, out var value);
            if (problems.Count == 0)
                return new StructuredAnswer<T>(value!, rounds.Usage!);
            if (round == 2)
                throw new ModelCallException(ModelFault.Malformed, $"The model's answer is not of the form, also after it was told so: {problems[0]}.");
            var shown = response.Text.Length <= MostShown ? response.Text : response.Text[..MostShown];
            messages.Add(new ChatMessage(ChatRole.Assistant, shown));
            messages.Add(new ChatMessage(ChatRole.User, Prompts.Repair.Replace("{problems}", string.Join('\n', problems.Select(p => $"- {p}")), StringComparison.Ordinal)));
        }
    }

    /// <returns>What is wrong; empty when the value could be read.</returns>
    private static IReadOnlyList<string> Read<T>(ChatResponse response, AnswerForm<T> form, out T? value)
    {
        value = default;
        var objects = AnswerObjects.In(response.Text);
        if (objects.Count == 0)
            return [response.FinishReason == ChatFinishReason.Length ? "the answer was cut because it is too long; be brief" : "the answer holds no JSON object"];
        var problems = objects.Select(form.Schema.ProblemsOf).ToList();
        var first = problems.FindIndex(found => found.Count == 0);
        if (first < 0)
            return problems[0];
        for (var other = first + 1; other < objects.Count; other++)
        {
            if (problems[other].Count == 0 && !System.Text.Json.JsonElement.DeepEquals(objects[first], objects[other]))
                return ["the answer holds several objects that say different things"];
        }

        value = form.Read(objects[first]);
        return form.Check is null ? [] : [.. form.Check(value).Take(8)];
    }

    private ChatOptions Parameters(string? ticket)
    {
        var options = new ChatOptions { Temperature = _how.Temperature, MaxOutputTokens = _maxTokens, ResponseFormat = ChatResponseFormat.Json };
        new ModelCallScope(ticket, _step).NoteOn(options);
        return options;
    }

    private sealed class Rounds
    {
        public ModelCallUsage? Usage { get; private set; }

        public void Add(ChatResponse response)
        {
            var usage = ModelCallUsage.Of(response)
                ?? new ModelCallUsage(response.ModelId ?? "", 1, response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0, null, Cached: false, FallbackModel: false);
            Usage = Usage?.Then(usage) ?? usage;
        }
    }
}
