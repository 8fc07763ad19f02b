using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using TicketWorld.Support.Models;

namespace TicketWorld.Tests.Support.FakeModels;

/// <summary>Ways in which an endpoint or a model fails, each in both protocols.</summary>
internal static class Misbehaviours
{
    /// <summary>What a good answer is to the question of <see cref="FakeDesk"/>.</summary>
    public const string Good = """{"colour": "red", "share": 0.5, "names": ["a"]}""";

    private static readonly Dictionary<string, (ModelFault? Fault, Func<HttpContext, SeenRequest, Task> Run)> Table = new(StringComparer.Ordinal)
    {
        ["busy"] = (ModelFault.Overloaded, Status(429)),
        ["busy_for_seconds"] = (ModelFault.Overloaded, Status(429, _ => "0")),
        ["busy_until_a_date"] = (ModelFault.Overloaded, Status(429, now => now.ToString("R", CultureInfo.InvariantCulture))),
        ["busy_for_an_hour"] = (ModelFault.Overloaded, Status(429, _ => "3600")),
        ["busy_until_next_year"] = (ModelFault.Overloaded, Status(429, now => now.AddYears(1).ToString("R", CultureInfo.InvariantCulture))),
        ["busy_for_nonsense"] = (ModelFault.Overloaded, Status(429, _ => "soon, -1, 1e999")),
        ["broken"] = (ModelFault.Overloaded, Status(500)),
        ["unavailable"] = (ModelFault.Overloaded, Status(503)),
        ["overloaded"] = (ModelFault.Overloaded, Status(529)),
        ["request_timed_out"] = (ModelFault.Overloaded, Status(408)),
        ["bad_request"] = (ModelFault.Refused, Status(400)),
        ["key_refused"] = (ModelFault.Refused, Status(401)),
        ["payment_required"] = (ModelFault.Refused, Status(402)),
        ["forbidden"] = (ModelFault.Refused, Status(403)),
        ["no_such_model"] = (ModelFault.Refused, Status(404)),
        ["too_large"] = (ModelFault.Refused, Status(413)),
        ["redirect"] = (ModelFault.Refused, RedirectAsync),
        ["slow_headers"] = (ModelFault.TimedOut, (context, _) => ForeverAsync(context)),
        ["slow_body"] = (ModelFault.TimedOut, SlowBodyAsync),
        ["cut_body"] = (ModelFault.Unreachable, CutAsync),
        ["connection_reset"] = (ModelFault.Unreachable, ResetAsync),
        ["endless_body"] = (ModelFault.Malformed, EndlessAsync),
        ["announced_too_long"] = (ModelFault.Malformed, AnnouncedAsync),
        ["empty_body"] = (ModelFault.Malformed, Raw("")),
        ["not_json"] = (ModelFault.Malformed, Raw("sorry, what?")),
        ["half_json"] = (ModelFault.Malformed, Raw("""{"id":"1","choices":[{"index":0,"mess""")),
        ["web_page"] = (ModelFault.Malformed, Raw("<html>sign in first</html>", "text/html")),
        ["other_shape"] = (ModelFault.Malformed, Raw("""{"hello": 1}""")),
        ["a_list"] = (ModelFault.Malformed, Raw("[]")),
        ["null"] = (ModelFault.Malformed, Raw("null")),
        ["error_with_success"] = (ModelFault.Malformed, Raw("{\"error\": {\"message\": \"bad key " + FakeDesk.Key + "\"}}")),
        ["no_choices"] = (ModelFault.Malformed, Raw("""{"id":"1","type":"message","role":"assistant","model":"m","content":[],"choices":[],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""")),
        ["null_content"] = (ModelFault.Malformed, Raw("""{"id":"1","type":"message","role":"assistant","model":"m","content":null,"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null}}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""")),
        ["deep_nesting"] = (ModelFault.Malformed, Raw(new string('[', 100_000))),
        ["empty_text"] = (ModelFault.Malformed, Text("")),
        ["not_utf8"] = (ModelFault.Malformed, NotUtf8Async),
        ["refusal"] = (ModelFault.Malformed, Raw("""{"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"No."}],"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"refusal":"No."}}],"stop_reason":"refusal","usage":{"input_tokens":1,"output_tokens":1}}""")),
        ["cut_by_length"] = (ModelFault.Malformed, (context, _) => FakeModelServer.WriteAsync(context, Good[..20], "length")),
        ["apology"] = (ModelFault.Malformed, Text("I'm sorry, but I can't help with that.")),
        ["unknown_word"] = (ModelFault.Malformed, Text(Good.Replace("red", "crimson", StringComparison.Ordinal))),
        ["wrong_type"] = (ModelFault.Malformed, Text(Good.Replace("0.5", "\"half\"", StringComparison.Ordinal))),
        ["out_of_range"] = (ModelFault.Malformed, Text(Good.Replace("0.5", "1.5", StringComparison.Ordinal))),
        ["huge_number"] = (ModelFault.Malformed, Text(Good.Replace("0.5", "1e400", StringComparison.Ordinal))),
        ["too_many"] = (ModelFault.Malformed, Text(Good.Replace("[\"a\"]", "[\"a\",\"b\",\"c\",\"d\"]", StringComparison.Ordinal))),
        ["too_long"] = (ModelFault.Malformed, Text(Good.Replace("\"a\"", $"\"{new string('a', 50)}\"", StringComparison.Ordinal))),
        ["missing_field"] = (ModelFault.Malformed, Text("""{"colour": "red", "share": 0.5}""")),
        ["field_twice"] = (ModelFault.Malformed, Text(Good.Replace("{", "{\"colour\": \"blue\", ", StringComparison.Ordinal))),
        ["half_a_surrogate_pair"] = (ModelFault.Malformed, Text(Good.Replace("\"a\"", "\"\\ud83d\"", StringComparison.Ordinal))),
        ["open_brackets"] = (ModelFault.Malformed, Text(new string('{', 50_000))),
        ["contradiction"] = (ModelFault.Malformed, Text(Good + "\n" + Good.Replace("red", "blue", StringComparison.Ordinal))),
        ["prompt_echo"] = (ModelFault.Malformed, (context, seen) => FakeModelServer.WriteAsync(context, string.Join('\n', seen.Messages))),
        ["answered_twice"] = (null, Text(Good + "\n" + Good)),
        ["code_fence"] = (null, Text($"```json\n{Good}\n```")),
        ["chatter"] = (null, Text($"Sure! {{As asked}}:\n{Good}\nAnything else?")),
        ["further_fields"] = (null, Text(Good.Replace("{", "{\"mood\": \"good\", ", StringComparison.Ordinal))),
        ["negative_usage"] = (null, Usage(-5, -7)),
        ["huge_usage"] = (null, Usage(2_000_000_000, 2_000_000_000)),
    };

    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>How a call ends that meets nothing else; null for a good answer.</summary>
    public static ModelFault? FaultOf(string name) => Table[name].Fault;

    public static async Task<bool> RunAsync(string name, HttpContext context, SeenRequest seen)
    {
        await Table[name].Run(context, seen);
        return true;
    }

    /// <summary>A status whose body repeats the key and the prompt.</summary>
    private static Func<HttpContext, SeenRequest, Task> Status(int status, Func<DateTimeOffset, string>? retryAfter = null) => async (context, seen) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter(TimeProvider.System.GetUtcNow());
        await context.Response.WriteAsJsonAsync(new { type = "error", error = new { type = "error", message = $"{seen.Authorization} said {seen.Messages[^1]}" } });
    };

    private static Func<HttpContext, SeenRequest, Task> Raw(string body, string contentType = "application/json") => async (context, _) =>
    {
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    };

    private static Func<HttpContext, SeenRequest, Task> Text(string text) => (context, _) => FakeModelServer.WriteAsync(context, text);

    private static Func<HttpContext, SeenRequest, Task> Usage(long input, long output) => (context, _) =>
        context.Response.WriteAsJsonAsync(FakeAnswers.Of(FakeModelServer.IsAnthropic(context), Good, input: input, output: output));

    private static Task RedirectAsync(HttpContext context, SeenRequest seen)
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = seen.Messages[^1].Contains("http://", StringComparison.Ordinal)
            ? seen.Messages[^1][seen.Messages[^1].IndexOf("http://", StringComparison.Ordinal)..].Split('"', '\\')[0]
            : "http://127.0.0.1:9/";
        return Task.CompletedTask;
    }

    private static Task ForeverAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static async Task SlowBodyAsync(HttpContext context, SeenRequest seen)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"id\":");
        await context.Response.Body.FlushAsync();
        await ForeverAsync(context);
    }

    private static async Task CutAsync(HttpContext context, SeenRequest seen)
    {
        context.Response.ContentLength = 5000;
        await context.Response.WriteAsync("{\"id\":");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static Task ResetAsync(HttpContext context, SeenRequest seen)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task EndlessAsync(HttpContext context, SeenRequest seen)
    {
        context.Response.ContentType = "application/json";
        var part = Encoding.UTF8.GetBytes(new string(' ', 1 << 16));
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(part, context.RequestAborted).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static async Task AnnouncedAsync(HttpContext context, SeenRequest seen)
    {
        context.Response.ContentLength = 1L << 40;
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        await ForeverAsync(context);
    }

    private static async Task NotUtf8Async(HttpContext context, SeenRequest seen)
    {
        context.Response.ContentType = "application/json";
        byte[] body = [.. "{\"id\":\"1\",\"choices\":[{\"message\":{\"content\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}}]}"u8];
        await context.Response.Body.WriteAsync(body);
    }
}
