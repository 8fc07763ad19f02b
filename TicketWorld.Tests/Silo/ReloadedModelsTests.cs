using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Models;
using TicketWorld.Silo;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Silo;

/// <summary>Settings of models that change while a host runs.</summary>
public sealed class ReloadedModelsTests : IAsyncLifetime, IDisposable
{
    private FakeModelServer _server = null!;
    private IConfigurationRoot _settings = null!;
    private ReloadedModels _models = null!;
    private Exception? _fault;
    private int _made;

    public async Task InitializeAsync()
    {
        _server = await FakeModelServer.StartAsync();
        _settings = new ConfigurationBuilder().AddInMemoryCollection().Build();
        _settings["OPENAI_API_KEY"] = FakeDesk.Key;
        _settings["OPENAI_BASE_URL"] = _server.BaseUrl.ToString();
        _settings["DEFAULT_MODEL"] = "first";
        _settings["FALLBACK_MODEL"] = "none";
        _settings["MAX_MODEL_COST"] = "1000";
        _settings["LLM_PRICES"] = await PricesAsync();
        var files = new RuleFiles();
        _models = new(
            Read(), Read, _settings.GetReloadToken,
            (options, before) =>
            {
                _made++;
                return new(options, TimeProvider.System, () => 0, before: before);
            },
            models => _fault is { } fault ? throw fault : new StepModels(models, files, new TemplateReplyWriter(files, new RuleGuidance(files)), TimeProvider.System),
            TimeProvider.System, NullLogger<ReloadedModels>.Instance);
    }

    public async Task DisposeAsync()
    {
        File.Delete(_settings["LLM_PRICES"]!);
        await _server.DisposeAsync();
    }

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Another_model_threshold_and_flag_take_effect()
    {
        Assert.Equal("first", await AskedModelAsync());
        Change(("Agents:Classification:Model", "second"), ("AI_CONFIDENCE_THRESHOLD", "0.9"), ("ENABLE_AI_EXTRACTION", "false"), ("WORKFLOW_TIMEOUT_SECONDS", "7"));
        Assert.Equal("second", await AskedModelAsync());
        Assert.Equal((0.9, 7d), (_models.LeastConfidence, _models.TimeLimit.TotalSeconds));
        Assert.False(_models.Does(StepNames.Extraction));
        Assert.True(_models.Does(StepNames.ResponseGeneration));
    }

    [Fact]
    public async Task Wrong_settings_change_nothing()
    {
        Change(("Agents:Classification:Model", "second"), ("AI_CONFIDENCE_THRESHOLD", "high"));
        Assert.Equal("first", await AskedModelAsync());
        Change(("AI_CONFIDENCE_THRESHOLD", "0.5"));
        Assert.Equal("second", await AskedModelAsync());
    }

    [Fact]
    public async Task Without_a_provider_rules_take_the_steps_and_with_one_the_model_does_again()
    {
        Change(("LLM_PROVIDER", "none"));
        Assert.False(_models.HasModel);
        Assert.False(_models.Does(StepNames.Classification));
        Assert.Contains("no longer", (await AskAsync()).Error, StringComparison.Ordinal);
        Change(("LLM_PROVIDER", "openai"));
        Assert.Equal("first", await AskedModelAsync());
    }

    [Fact]
    public async Task What_was_spent_counts_on()
    {
        Change(("MAX_MODEL_COST", "100"));
        await AskAsync();
        var asked = _server.Answered.Count;
        Assert.True(asked > 0);
        Change(("MAX_MODEL_COST", "4"));
        Assert.Contains("budget of $4", (await AskAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(asked, _server.Answered.Count);
    }

    [Fact]
    public async Task A_limit_of_cost_that_has_gone_is_no_leave_to_spend()
    {
        Change(("MAX_MODEL_COST", ""), ("Agents:Classification:Model", "second"));
        Assert.Equal("first", await AskedModelAsync());
        Change(("MAX_MODEL_COST", "500"));
        Assert.Equal("second", await AskedModelAsync());
    }

    [Fact]
    public void A_change_of_something_else_makes_no_models_anew()
    {
        var made = _made;
        Change(("LOG_LEVEL", "debug"));
        Assert.Equal(made, _made);
        Change(("TEMPERATURE", "0.5"));
        Assert.Equal(made + 1, _made);
    }

    [Fact]
    public async Task A_fault_while_models_are_made_leaves_those_there_are_and_their_budget()
    {
        _fault = new FormatException("categories.yaml");
        Change(("MAX_MODEL_COST", "0.0001"), ("Agents:Classification:Model", "second"));
        Assert.Equal("first", await AskedModelAsync());
        _fault = null;
        Change();
        Assert.Contains("budget of $0.0001", (await AskAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_file_is_read_by_a_running_host()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{"DEFAULT_MODEL": "first", "FALLBACK_MODEL": "none"}""");
        await using var silo = HostProcess.Start("TicketWorld.Silo", folder.Path, ["--port", "0"], ("OPENAI_API_KEY", FakeDesk.Key), ("OPENAI_BASE_URL", _server.BaseUrl.ToString()));
        await silo.LineAsync(line => line.Contains("with the model first", StringComparison.Ordinal));
        await silo.LineAsync(line => line.Contains("runs grains", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{"DEFAULT_MODEL": "first", "FALLBACK_MODEL": "none", "Agents": {"Respons": {"Model": "second"}}}""");
        await silo.LineAsync(line => line.Contains("not used: Agents:Respons is not a setting", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{"DEFAULT_MODEL": "second", """);
        await silo.LineAsync(line => line.Contains("appsettings.json cannot be read", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{"DEFAULT_MODEL": "second", "FALLBACK_MODEL": "none"}""");
        await silo.LineAsync(line => line.Contains("with the model second", StringComparison.Ordinal));
        silo.Terminate();
        Assert.Equal(0, await silo.ExitAsync());
    }

    private ModelsOfSettings Read()
    {
        var settings = new Settings(_settings);
        var options = DeskModelSettings.Read(settings);
        settings.ThrowIfFaulty();
        return new(options, settings.Values);
    }

    private void Change(params (string Key, string Value)[] changes)
    {
        foreach (var (key, value) in changes)
            _settings[key] = value;
        _settings.Reload();
    }

    private Task<ModelAnswer> AskAsync()
    {
        _server.Say(_ => "{}");
        return _models.AskAsync(new() { StepName = StepNames.Classification, Text = new("Parcel", "It has not come.") }, CancellationToken.None);
    }

    private async Task<string?> AskedModelAsync()
    {
        await AskAsync();
        return _server.Answered.Last().Model;
    }

    private static async Task<string> PricesAsync()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"usd_per_million_tokens": {"first": {"input": 1000, "output": 10000}, "second": {"input": 100, "output": 1000}}}""");
        return file;
    }
}
