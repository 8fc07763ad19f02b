using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Logging;
using TicketWorld.Silo;

namespace TicketWorld.Tests.ServiceDefaults;

public sealed class LogFormatterTests
{
    private static readonly TextLogFormatter Text = new(TimeProvider.System, SiloHost.Description);
    private static readonly JsonLogFormatter Json = new(TimeProvider.System, SiloHost.Description);

    [Fact]
    public void A_message_with_line_breaks_and_escapes_stays_one_line_of_text()
    {
        var line = Write(Text, "name: x\r\n2026-01-01T00:00:00.000Z error    Forged: \u001b[31mred\u2028");
        Assert.Equal(1, line.Count(c => c == '\n'));
        Assert.DoesNotContain('\u001b', line);
        Assert.Contains("x\\r\\n2026", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_line_carries_level_category_message_and_correlation_id()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push(new List<KeyValuePair<string, object?>> { new("correlation_id", "abc") });
        var entry = JsonDocument.Parse(Write(Json, "a \"quoted\"\nmessage", scopes: scopes)).RootElement;
        Assert.Equal("warning", entry.GetProperty("level").GetString());
        Assert.Equal("Category", entry.GetProperty("category").GetString());
        Assert.Equal("a \"quoted\"\nmessage", entry.GetProperty("message").GetString());
        Assert.Equal("abc", entry.GetProperty("correlation_id").GetString());
    }

    [Fact]
    public void An_exception_is_written_in_full()
    {
        var exception = new InvalidOperationException("broken");
        Assert.Contains("    System.InvalidOperationException: broken", Write(Text, "m", exception), StringComparison.Ordinal);
        Assert.Contains("broken", JsonDocument.Parse(Write(Json, "m", exception)).RootElement.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_fault_is_left_to_the_line_that_the_host_prints()
    {
        var exception = new AggregateException(new IOException("outer", new StartFaultException("port in use")));
        Assert.Empty(Write(Text, "m", exception, category: "Microsoft.Extensions.Hosting.Internal.Host"));
        Assert.Empty(Write(Json, "m", exception, category: "Microsoft.AspNetCore.Server.Kestrel"));
    }

    [Fact]
    public void The_same_exception_from_the_middle_of_work_is_logged()
    {
        var exception = new TicketWorld.Grains.GrainStoreException("no space is left");
        Assert.Contains("no space is left", Write(Text, "m", exception), StringComparison.Ordinal);
        Assert.Contains("no space is left", Write(Json, "m", exception), StringComparison.Ordinal);
    }

    private static string Write(ConsoleFormatter formatter, string message, Exception? exception = null, IExternalScopeProvider? scopes = null, string category = "Category")
    {
        using var writer = new StringWriter();
        formatter.Write(new LogEntry<string>(LogLevel.Warning, category, default, message, exception, (state, _) => state), scopes, writer);
        return writer.ToString();
    }
}
