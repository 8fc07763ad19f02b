namespace TicketWorld.Tests.Support.FakeModels;

/// <summary>Bodies of good answers in both protocols.</summary>
internal static class FakeAnswers
{
    public const int InputTokens = 1000;
    public const int OutputTokens = 100;

    /// <param name="finish">As the OpenAI protocol calls it: stop or length.</param>
    public static object Of(bool isAnthropic, string text, string finish = "stop", object? input = null, object? output = null) => isAnthropic
        ? new
        {
            id = "msg_1",
            type = "message",
            role = "assistant",
            model = "fake-model",
            content = new[] { new { type = "text", text } },
            stop_reason = finish == "length" ? "max_tokens" : "end_turn",
            stop_sequence = (string?)null,
            usage = new { input_tokens = input ?? InputTokens, output_tokens = output ?? OutputTokens },
        }
        : new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1_700_000_000,
            model = "fake-model",
            choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = finish } },
            usage = new { prompt_tokens = input ?? InputTokens, completion_tokens = output ?? OutputTokens, total_tokens = 1100 },
        };
}
