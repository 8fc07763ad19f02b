using System.CommandLine;
using System.Globalization;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Models;
using TicketWorld.Support.Models;
using TicketWorld.Support.Writing;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Commands;

/// <summary>The options of <c>generate</c> that have a model write the texts.</summary>
internal sealed class ModelWriting
{
    private readonly Option<bool> _llm = new("--llm") { Description = "Have the configured model write messages and reasonings (docs/models.md)." };
    private readonly Option<string?> _model = new("--model") { Description = "The model, instead of DEFAULT_MODEL." };
    private readonly Option<string?> _maxCost = new("--max-cost") { Description = "Most US dollars that the model's calls may cost; then the grammar goes on." };
    private readonly Option<string?> _cache = new("--llm-cache") { Description = $"Folder of the model's answers, instead of LLM_CACHE ({ModelSettings.DefaultCache})." };

    public void AddTo(Command command)
    {
        command.Add(_llm);
        command.Add(_model);
        command.Add(_maxCost);
        command.Add(_cache);
    }

    /// <summary>The client, or null when no model is asked for.</summary>
    /// <exception cref="WorldException">An option or a setting is wrong.</exception>
    public ModelClient? Client(ParseResult result, ulong seed)
    {
        if (!result.GetValue(_llm))
        {
            foreach (var option in (Option[])[_model, _maxCost, _cache])
            {
                if (result.GetResult(option) is { Implicit: false })
                    throw new WorldException("invalid_option", $"{option.Name} is for --llm, which is not given.", "Add --llm, or leave the option out.", option.Name.TrimStart('-').Replace('-', '_'));
            }

            return null;
        }

        ModelOptions options;
        try
        {
            var settings = new Settings(CommandConfiguration.Load(Directory.GetCurrentDirectory()));
            options = ModelSettings.Read(settings);
            settings.ThrowIfFaulty();
        }
        catch (StartFaultException e)
        {
            throw new WorldException("invalid_setting", e.Message, "Correct the settings (docs/models.md), or generate without --llm.", "llm");
        }

        options = options with
        {
            Model = result.GetValue(_model) ?? options.Model,
            CacheFolder = result.GetValue(_cache) ?? options.CacheFolder,
            MaxCost = MaxCost(result.GetValue(_maxCost)),
        };
        try
        {
            // Only the pauses between attempts depend on the draw, never what is asked.
            return new ModelClient(options, TimeProvider.System, new Random((int)(seed % int.MaxValue)).NextDouble);
        }
        catch (ArgumentException e)
        {
            throw new WorldException("no_price", e.Message, "Set LLM_INPUT_PRICE and LLM_OUTPUT_PRICE (US dollars for a million tokens), or leave --max-cost out.", "max_cost");
        }
    }

    public static void Print(ModelClient client, ModelAuthor author, AuthoringReport report, Action<string, string> row)
    {
        var usage = client.Usage;
        row("written by", $"{client.Options.Model}: {report.Messages} messages, {report.Reasonings} reasonings");
        row("left to the grammar", $"{report.MessageFallbacks + report.Unworded} messages, {report.ReasoningFallbacks} reasonings");
        row("model texts the gate refused", string.Create(CultureInfo.InvariantCulture, $"{report.Rejected} of {report.Judged} ({RejectRate(report):0.00} %)"));
        row("unreadable answers", author.Unreadable.ToString(CultureInfo.InvariantCulture));
        row("calls", $"{usage.Calls} made ({usage.Failures} failed), {usage.Cached} from the cache");
        row("tokens", $"{usage.InputTokens} in, {usage.OutputTokens} out");
        row("cost", client.Price is null ? "unknown: no price of the model" : string.Create(CultureInfo.InvariantCulture, $"${usage.Cost ?? 0:0.######}"));
        if (usage.Stopped is { } reason)
            row("model stopped early", reason);
    }

    public static object Summary(ModelClient client, ModelAuthor author, AuthoringReport report)
    {
        var usage = client.Usage;
        return new
        {
            model = client.Options.Model,
            messages = report.Messages,
            reasonings = report.Reasonings,
            message_fallbacks = report.MessageFallbacks,
            reasoning_fallbacks = report.ReasoningFallbacks,
            unworded = report.Unworded,
            judged = report.Judged,
            rejected = report.Rejected,
            reject_percent = Math.Round(RejectRate(report), 2),
            unreadable = author.Unreadable,
            calls = usage.Calls,
            failures = usage.Failures,
            cached = usage.Cached,
            input_tokens = usage.InputTokens,
            output_tokens = usage.OutputTokens,
            cost_usd = client.Price is null ? null : (decimal?)(usage.Cost ?? 0),
            stopped = usage.Stopped,
        };
    }

    private static double RejectRate(AuthoringReport report) => report.Judged == 0 ? 0 : 100.0 * report.Rejected / report.Judged;

    private static decimal? MaxCost(string? text)
    {
        if (text is null)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost) && cost is >= 0 and <= 1_000_000)
            return cost;
        throw new WorldException("invalid_option", $"--max-cost is {text}.", "Use US dollars from 0 to 1000000, such as 2.50.", "max_cost", text);
    }
}
