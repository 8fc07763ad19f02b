using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Logging;

/// <summary>One JSON object a line: timestamp, level, category, message, correlation and trace ids, and the values of the message's template.</summary>
internal sealed class JsonLogFormatter(TimeProvider time, HostDescription host) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "ticketworld-json";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (StartLog.IsTold(logEntry.Category, logEntry.Exception, host))
            return;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow());
            json.WriteString("level", LogLevels.Word(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.EventId.Id != 0)
                json.WriteNumber("event_id", logEntry.EventId.Id);
            if (LogScopes.CorrelationId(scopeProvider) is { } id)
                json.WriteString("correlation_id", id);
            if (Activity.Current is { } activity)
            {
                json.WriteString("trace_id", activity.TraceId.ToHexString());
                json.WriteString("span_id", activity.SpanId.ToHexString());
            }
            WriteValues(json, logEntry.State);
            if (logEntry.Exception is not null)
                json.WriteString("exception", logEntry.Exception.ToString());
            json.WriteEndObject();
        }
        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    private static void WriteValues(Utf8JsonWriter json, object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 1 } pairs)
            return;
        json.WriteStartObject("values");
        foreach (var (name, value) in pairs)
        {
            if (name == "{OriginalFormat}")
                json.WriteString("template", value?.ToString());
            else if (value is int or long or double or decimal)
                json.WriteNumber(name, Convert.ToDecimal(value));
            else if (value is bool flag)
                json.WriteBoolean(name, flag);
            else
                json.WriteString(name, value?.ToString());
        }
        json.WriteEndObject();
    }
}
