using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Logging;

/// <summary>Console logs as readable lines or JSON lines, with the level from <c>LOG_LEVEL</c>.</summary>
internal static class LoggingSetup
{
    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = TextLogFormatter.FormatterName,
        ["json"] = JsonLogFormatter.FormatterName,
    };

    public static void Add(ILoggingBuilder logging, IConfiguration configuration, Settings settings)
    {
        var level = settings.Choice("LOG_LEVEL", "info", LogLevels.Words);
        var format = settings.Choice("LOG_FORMAT", "text", Formats);

        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        // The framework reports every request and every start; ours say what matters. Logging:LogLevel:NAME brings them back.
        foreach (var quiet in new[] { "Microsoft", "System.Net.Http", "Polly" })
        {
            if (configuration[$"Logging:LogLevel:{quiet}"] is null && level < LogLevel.Warning)
                logging.AddFilter(quiet, LogLevel.Warning);
        }
        logging.AddConsole(console => console.FormatterName = format);
        logging.AddConsoleFormatter<TextLogFormatter, ConsoleFormatterOptions>();
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.None);
    }
}
