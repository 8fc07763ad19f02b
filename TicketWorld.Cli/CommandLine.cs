using System.CommandLine;
using System.Text.Json;
using TicketWorld.Cli.Commands;
using TicketWorld.Cli.Terminal;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Cli;

/// <summary>The <c>ticketworld</c> command. Exit codes: 0 done, 1 failed, 2 wrong usage.</summary>
public static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>Every command; what is not listed here is not there.</summary>
    internal static RootCommand Root() =>
        new("TicketWorld makes customer-service worlds in which every resolution is proved by a program.")
        {
            GenerateCommand.Build(),
            VerifyCommand.Build(),
            AuditCommand.Build(),
            ScoreCommand.Build(),
            MutateCommand.Build(),
            ValidateCommand.Build(),
            SoakCommand.Build(),
            StatsCommand.Build(),
            ShowCommand.Build(),
            DiffCommand.Build(),
            BaselineCommand.Build(),
            DiluteCommand.Build(),
            ToSqliteCommand.Build(),
            GraphCommand.Build(),
            ExportCommand.Build(),
            RevealCommand.Build(),
            SchemaCommand.Build(),
            ProcessCommand.Build(),
            ClassifyCommand.Build(),
            ExtractCommand.Build(),
            RulesCommand.Build(),
            KeysCommand.Build(),
        };

    public static Task<int> RunAsync(string[] arguments) => RunAsync(Root(), arguments);

    /// <summary>Parses and runs. Nothing leaves it as an exception: what no command foresees is told in one line.</summary>
    internal static async Task<int> RunAsync(RootCommand root, string[] arguments)
    {
        try
        {
            return await ParseAndRunAsync(root, arguments);
        }
        catch (Exception e)
        {
            return Fail(arguments.Contains("--json"), "unexpected_error", Unexpected(e), ReportIt, null, null, Failed);
        }
    }

    private const string TraceSetting = "TICKETWORLD_TRACE";
    private const string ReportIt = $"This is a fault of the program: please report it, with the trace that {TraceSetting}=1 adds.";

    private static string Unexpected(Exception e)
    {
        if (Environment.GetEnvironmentVariable(TraceSetting) == "1")
            return $"{e}\n{ReportIt}";
        return $"unexpected {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} {ReportIt}";
    }

    private static async Task<int> ParseAndRunAsync(RootCommand root, string[] arguments)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            var command = parsed.CommandResult.Command;
            var remedy = $"Try 'ticketworld{PathOf(command, root)} --help'.";
            if (parsed.UnmatchedTokens.Select(word => Suggestions.For(command, word)).FirstOrDefault(near => near is not null) is { } near)
                remedy = $"Did you mean '{near}'? {remedy}";
            // A command that is not known is not given either, which goes without saying.
            var errors = parsed.Errors.Select(e => e.Message).ToArray();
            if (command == root && parsed.UnmatchedTokens is [var unknown, ..] && !unknown.StartsWith('-'))
                errors = [$"There is no command '{unknown}'."];
            return Fail(arguments.Contains("--json"), "wrong_usage", string.Join('\n', errors), remedy, null, null, WrongUsage);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The words that lead to a command, each after a space.</summary>
    private static string PathOf(Command command, RootCommand root) =>
        command == root ? "" : PathOf(command.Parents.OfType<Command>().FirstOrDefault() ?? root, root) + " " + command.Name;

    /// <summary>Runs a command's work and turns what it refuses into a message and an exit code.</summary>
    internal static int Guard(bool json, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (WorldException e)
        {
            return Fail(json, e.Code, e.Message, e.Remedy, e.Field, e.Value, e.Code == "invalid_option" ? WrongUsage : Failed);
        }
        catch (PackException e)
        {
            return Fail(json, "invalid_pack", e.Message, e.Remedy, "pack", null, Failed);
        }
        catch (OperationCanceledException)
        {
            return Fail(json, "cancelled", "Stopped. What was there before is untouched.", "Run the command again.", null, null, Failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(json, "file_error", e.Message, "Check the path, its permissions and the free space.", null, null, Failed);
        }
    }

    private static int Fail(bool json, string code, string message, string remedy, string? field, string? value, int exit)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { error = new { code, message, field, value, remedy } }, JsonOutput.Options));
        }
        else
        {
            Console.Error.WriteLine($"ticketworld: {message}");
            if (!message.EndsWith(remedy, StringComparison.Ordinal))
                Console.Error.WriteLine(remedy);
        }

        return exit;
    }
}

internal static class JsonOutput
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
