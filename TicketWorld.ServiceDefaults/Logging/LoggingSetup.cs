using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Logging;

/// <summary>Logs as readable lines or JSON lines on the console, and in a file where <c>LOG_FILE</c> names one, with the level from <c>LOG_LEVEL</c>.</summary>
internal static class LoggingSetup
{
    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = TextLogFormatter.FormatterName,
        ["json"] = JsonLogFormatter.FormatterName,
    };

    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void Add(ILoggingBuilder logging, IConfiguration configuration, Settings settings, HostDescription host)
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
        // These lines hold addresses with their queries, which hold e-mail addresses: the category has to be named itself to be heard.
        if (configuration[$"Logging:LogLevel:{Requests}"] is null && level < LogLevel.Warning)
            logging.AddFilter(Requests, LogLevel.Warning);
        logging.AddConsole(console => console.FormatterName = format);
        logging.AddConsoleFormatter<TextLogFormatter, ConsoleFormatterOptions>();
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.None);

        var path = settings.Text("LOG_FILE", "");
        var largest = (long)settings.Int("LOG_FILE_MEGABYTES", 10, 1, 10_000) << 20;
        var older = settings.Int("LOG_FILE_KEEP", 4, 0, 100);
        if (path.Length > 0 && host.KeepsLogFile)
        {
            logging.Services.AddSingleton<ILoggerProvider>(provider => new FileLoggerProvider(
                new LogFile(path, largest, older), provider.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == format)));
        }
    }
}
