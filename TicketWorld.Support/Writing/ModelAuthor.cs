using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using TicketWorld.Support.Models;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Support.Writing;

/// <summary>
/// Has a model write. Each answer is parsed into its texts; one that cannot be is asked for once more. When the model cannot be had (no connection, budget spent),
/// there is no text, and the grammar's stays; when the endpoint refuses key or model, the run stops, since each further call would fail.
/// </summary>
public sealed class ModelAuthor(ModelClient client) : IMessageAuthor
{
    private static readonly JsonSerializerOptions BriefJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",

        // Escapes < and >, so that no text in a brief can end it.
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };

    private int _unreadable;

    public WriterIdentity Writer { get; } = new(WriterIdentity.ModelKind, client.Options.Model, Prompts.Digest);

    /// <summary>Answers that were not the JSON asked for.</summary>
    public int Unreadable => _unreadable;

    public async Task<AuthoredMessage?> WriteMessageAsync(MessageBrief brief, Refusal<AuthoredMessage>? refused, CancellationToken cancellation)
    {
        var earlier = refused is null ? null : JsonSerializer.Serialize(new { subject = refused.Text.Subject, body = refused.Text.Body }, BriefJson);
        return await AskAsync(Prompts.Message, brief, earlier, refused?.Problems, ["subject", "body"], cancellation).ConfigureAwait(false) is { } texts
            ? new AuthoredMessage(texts[0], texts[1])
            : null;
    }

    public async Task<string?> WriteReasoningAsync(ReasoningBrief brief, Refusal<string>? refused, CancellationToken cancellation)
    {
        var earlier = refused is null ? null : JsonSerializer.Serialize(new { reasoning = refused.Text }, BriefJson);
        return (await AskAsync(Prompts.Reasoning, brief, earlier, refused?.Problems, ["reasoning"], cancellation).ConfigureAwait(false))?[0];
    }

    private async Task<string[]?> AskAsync<T>(string prompt, T brief, string? earlier, IReadOnlyList<string>? problems, string[] keys, CancellationToken cancellation)
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.System, prompt),
            new(ChatRole.User, $"<brief>\n{JsonSerializer.Serialize(brief, BriefJson)}\n</brief>"),
        ];
        if (earlier is not null && problems is not null)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, earlier));
            messages.Add(new ChatMessage(ChatRole.User, Prompts.Refused.Replace("{problems}", string.Join('\n', problems.Select(p => "- " + p)), StringComparison.Ordinal)));
        }

        try
        {
            for (var attempt = 0; attempt < 2; attempt++)
            {
                var answer = (await client.Chat.GetResponseAsync(messages, Parameters(), cancellation).ConfigureAwait(false)).Text;
                if (Reply.Parse(answer, keys, out var problem) is { } texts)
                {
                    if (texts.SelectMany(Reply.Traces).FirstOrDefault() is not { } trace)
                        return texts;
                    problem = $"it holds \"{trace}\".";
                }

                Interlocked.Increment(ref _unreadable);
                messages.Add(new ChatMessage(ChatRole.Assistant, answer.Length <= 4000 ? answer : answer[..4000]));
                messages.Add(new ChatMessage(ChatRole.User, Prompts.Malformed.Replace("{problem}", problem, StringComparison.Ordinal)));
            }

            return null;
        }
        catch (ModelCallException e) when (e.Fault != ModelFault.Refused)
        {
            return null;
        }
        catch (ModelCallException e)
        {
            throw new WorldException("model_refused", e.Message, $"Check OPENAI_API_KEY, OPENAI_BASE_URL and the model ({client.Options.Model}); what was written so far is in the cache.", "model", client.Options.Model);
        }
    }

    private ChatOptions Parameters() => new()
    {
        Temperature = client.Options.Temperature,
        MaxOutputTokens = client.Options.MaxTokens,
        ResponseFormat = ChatResponseFormat.Json,
    };
}
