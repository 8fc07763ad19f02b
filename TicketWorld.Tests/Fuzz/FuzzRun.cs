using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TicketWorld.Tests.Fuzz;

/// <summary>Sends the requests of a run over several connections and judges the answers.</summary>
internal sealed class FuzzRun(FuzzOptions options, FuzzTarget target, TextWriter output)
{
    private const int Connections = 8;
    private const int Shown = 20;

    /// <summary>What the server answers by itself, without a body, before a request has reached the API.</summary>
    private static readonly int[] OfServer = [400, 405, 408, 411, 413, 414, 417, 431, 501, 505];

    private static readonly string[] TracesOfCode = ["   at ", "Exception", ".cs:line", "System.", "Microsoft."];

    private readonly ConcurrentDictionary<(string Group, string Name, int Status), int> _counts = new();
    private readonly List<(FuzzedRequest Request, FuzzedAnswer Answer, string Why)> _wrong = [];
    private readonly RequestGenerator _generator = new(target, options.Seed);
    private int _next = -1;
    private int _failed;
    private int _hung;
    private int _broken;

    /// <returns>Whether every answer was as it should be.</returns>
    public async Task<bool> RunAsync()
    {
        if (options.Only is { } only)
        {
            using var client = new WireClient(target.Address, target.Key);
            await JudgeAsync(_generator.Make(only), client, show: true);
        }
        else
        {
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(WorkAsync)));
            await ReportAsync();
        }

        foreach (var (request, answer, why) in _wrong.OrderBy(one => one.Request.Number).Take(Shown))
        {
            await output.WriteLineAsync($"--seed {options.Seed} --only {request.Number}: {why}");
            await output.WriteLineAsync($"  {Printable(request.ToString())}");
            await output.WriteLineAsync($"  {answer.Status} {Printable(Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, 400)]))}");
        }

        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"requests {(options.Only is null ? options.Requests : 1)}, answers of 500 or above {_failed}, hangs {_hung}, answers that break the schema {_broken}"));
        return _failed + _hung + _broken == 0;
    }

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\u00b7' : c));

    private async Task WorkAsync()
    {
        using var client = new WireClient(target.Address, target.Key);
        while (Interlocked.Increment(ref _next) is var number && number < options.Requests)
            await JudgeAsync(_generator.Make(number), client, show: false);
    }

    private async Task JudgeAsync(FuzzedRequest request, WireClient client, bool show)
    {
        var answer = await client.SendAsync(request);
        if (show)
        {
            await output.WriteLineAsync(Printable(request.ToString()));
            await output.WriteLineAsync($"{answer.Status} {Printable(Encoding.UTF8.GetString(answer.Body.Span))}");
        }

        var status = answer.Hung ? -1 : answer.Status;
        _counts.AddOrUpdate(("operation", request.Operation.Name, status), 1, (_, count) => count + 1);
        _counts.AddOrUpdate(("fault", request.Fault.ToString(), status), 1, (_, count) => count + 1);
        _counts.AddOrUpdate(("both", $"{request.Operation.Name} {request.Fault}", 0), 1, (_, count) => count + 1);
        if (answer.Hung)
            Wrong(request, answer, "no whole answer came in time", ref _hung);
        else if (answer.Status >= 500 && answer.Status is not (501 or 505))
            Wrong(request, answer, $"the answer is {answer.Status}", ref _failed);
        else if (Fault(request, answer) is { } fault)
            Wrong(request, answer, fault, ref _broken);
    }

    private void Wrong(FuzzedRequest request, FuzzedAnswer answer, string why, ref int counter)
    {
        Interlocked.Increment(ref counter);
        lock (_wrong)
            _wrong.Add((request, answer, why));
    }

    /// <summary>Why an answer is not as it should be; null when it is.</summary>
    private string? Fault(FuzzedRequest request, FuzzedAnswer answer)
    {
        if (answer.Cut)
            return request.Fault is Fuzz.Fault.HugeBody or Fuzz.Fault.BadFraming ? null : "the connection ended without an answer";
        if (answer.Body.Length == 0 && answer.Status >= 400 && (answer.Closes || request.Method == "HEAD") && OfServer.Contains(answer.Status))
            return null;
        if (answer.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && Encoding.UTF8.GetString(answer.Body.Span) is var text && answer.Status >= 400
            && TracesOfCode.FirstOrDefault(trace => text.Contains(trace, StringComparison.Ordinal)) is { } found)
            return $"the answer tells of its code: '{found}'";

        // Routing does not mind the case of a method, and health is also answered without its body.
        var operation = target.Document.Find(request.Method.ToUpperInvariant(), request.Operation.Path);
        if (operation is null && request.Method == "HEAD" && answer is { Status: 200, Body.Length: 0 } && target.Document.Find("GET", request.Operation.Path) is not null)
            return null;
        var fault = operation?.Fault(target.Document, answer.Status, answer.MediaType, answer.Body);
        if (operation is not null && fault is null)
            return null;
        // A wrong method or path is at no operation, or at another one.
        if (operation is null || request.Fault == Fuzz.Fault.BadPath)
        {
            if (answer.Status is 400 or 404 or 405)
                return request.Method == "HEAD" ? null : ProblemFault(answer);
            if (target.Document.Operations.Any(other => other.Method == request.Method && other.Fault(target.Document, answer.Status, answer.MediaType, answer.Body) is null))
                return null;
        }

        return fault ?? $"{request.Method} is answered with {answer.Status}";
    }

    private string? ProblemFault(FuzzedAnswer answer)
    {
        if (answer.MediaType != "application/problem+json")
            return $"{answer.Status} is no problem but {answer.MediaType ?? "without a type"}";
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            return body.RootElement.TryGetProperty("status", out var status) && status.GetInt32() == answer.Status
                ? target.Document.Fault(target.Document.Problem, body.RootElement)
                : "the problem's status is not that of the answer";
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    private async Task ReportAsync()
    {
        foreach (var group in (string[])["operation", "fault"])
        {
            await output.WriteLineAsync($"by {group}:");
            foreach (var one in _counts.Where(count => count.Key.Group == group).GroupBy(count => count.Key.Name, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
            {
                var statuses = string.Join(", ", one.OrderBy(count => count.Key.Status).Select(count => $"{Name(count.Key.Status)} {count.Value.ToString(CultureInfo.InvariantCulture)}"));
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {one.Sum(count => count.Value),7} {one.Key}: {statuses}"));
            }
        }

        var kinds = _counts.Keys.Count(key => key.Group == "both");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kinds} pairs of operation and fault, each at least {_counts.Where(count => count.Key.Group == "both").Min(count => count.Value)} times"));
    }

    private static string Name(int status) => status switch
    {
        -1 => "hang",
        0 => "cut",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
