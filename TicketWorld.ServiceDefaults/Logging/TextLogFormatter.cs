using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Logging;

/// <summary>
/// One readable line an entry: time, level, category, message, correlation id; an exception follows indented.
/// Control characters in messages are shown as escapes, so that text from outside can forge no line.
/// </summary>
internal sealed class TextLogFormatter(TimeProvider time, HostDescription host) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "ticketworld-text";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (StartLog.IsTold(logEntry.Category, logEntry.Exception, host))
            return;
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(' ');
        textWriter.Write(LogLevels.Word(logEntry.LogLevel).PadRight(8));
        textWriter.Write(' ');
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        WriteEscaped(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (LogScopes.CorrelationId(scopeProvider) is { } id)
            textWriter.Write($" [{id}]");
        textWriter.Write('\n');
        if (logEntry.Exception is null)
            return;
        foreach (var line in logEntry.Exception.ToString().Split('\n'))
        {
            textWriter.Write("    ");
            WriteEscaped(textWriter, line.TrimEnd('\r'));
            textWriter.Write('\n');
        }
    }

    private static void WriteEscaped(TextWriter writer, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '\n': writer.Write("\\n"); break;
                case '\r': writer.Write("\\r"); break;
                case '\t': writer.Write(c); break;
                case var control when char.IsControl(control) || control is '\u2028' or '\u2029':
                    writer.Write($"\\u{(int)control:x4}");
                    break;
                default: writer.Write(c); break;
            }
        }
    }
}
