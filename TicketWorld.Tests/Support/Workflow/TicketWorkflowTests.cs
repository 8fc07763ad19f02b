using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Routing;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Status;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Tests.Support.Workflow;

/// <summary>Runs over sources that answer when a test says so.</summary>
public sealed class TicketWorkflowTests
{
    private static readonly RuleFiles Files = new();
    private static readonly TicketText Text = new("App closes", "The app closes itself when I open it.");

    [Fact]
    public async Task Side_by_side_both_sources_are_asked_before_either_answers_and_the_trace_overlaps()
    {
        var sources = new HeldSources();
        var running = Over(sources).RunAsync(Text, new(), [], CancellationToken.None);
        Assert.Equal(["guidance", "status"], sources.Asked);
        sources.Status.SetResult([]);
        sources.Guidance.SetResult([]);
        var run = await running;
        var (retrieval, check) = (Step(run, StepNames.Retrieval), Step(run, StepNames.StatusCheck));
        Assert.True(retrieval.StartedAt <= check.CompletedAt && check.StartedAt <= retrieval.CompletedAt);
    }

    [Fact]
    public async Task One_after_the_other_the_second_source_is_asked_when_the_first_has_answered()
    {
        var sources = new HeldSources();
        var running = Over(sources).RunAsync(Text, new() { EnableParallel = false }, [], CancellationToken.None);
        Assert.Equal(["guidance"], sources.Asked);
        sources.Guidance.SetResult([]);
        sources.Status.SetResult([]);
        var run = await running;
        Assert.Equal(["guidance", "status"], sources.Asked);
        Assert.True(Step(run, StepNames.Retrieval).CompletedAt <= Step(run, StepNames.StatusCheck).StartedAt);
    }

    [Fact]
    public async Task A_source_that_fails_leaves_its_step_failed_and_the_ticket_answered()
    {
        var sources = new HeldSources();
        sources.Guidance.SetException(new IOException("secret of the source"));
        sources.Status.SetException(new IOException("secret of the source"));
        var run = await Over(sources).RunAsync(Text, new(), [], CancellationToken.None);
        foreach (var name in (string[])[StepNames.Retrieval, StepNames.StatusCheck])
        {
            Assert.Equal(StepStatus.Failed, Step(run, name).Status);
            Assert.DoesNotContain("secret", Step(run, name).Error, StringComparison.Ordinal);
        }

        Assert.NotNull(run.Reply);
        Assert.NotNull(run.Routing);
    }

    [Fact]
    public async Task A_disturbance_that_is_known_stands_in_the_reply()
    {
        var sources = new HeldSources();
        sources.Guidance.SetResult([]);
        sources.Status.SetResult([new("app", new Dictionary<string, string> { ["en"] = "the application" }, ServiceState.Outage, new(2026, 2, 14, 8, 0, 0, TimeSpan.Zero))]);
        var run = await Over(sources).RunAsync(Text, new(), [], CancellationToken.None);
        Assert.Contains("the application", run.Reply!.Acknowledgment, StringComparison.Ordinal);
        Assert.Contains("2026-02-14 08:00 UTC", run.Reply.Content, StringComparison.Ordinal);
    }

    private static WorkflowStep Step(WorkflowState run, string name) => run.Steps.Single(step => step.StepName == name);

    private static TicketWorkflow Over(HeldSources sources)
    {
        var analyser = new RuleAnalyser(Files);
        return new(
            analyser, analyser, new RuleExtractor(Files), sources, sources, new TemplateReplyWriter(Files, new RuleGuidance(Files)), new TicketRouter(Files), new NoStepModels(),
            TimeProvider.System);
    }

    private sealed class HeldSources : IGuidance, IServiceStatus
    {
        public List<string> Asked { get; } = [];

        public TaskCompletionSource<IReadOnlyList<GuidancePassage>> Guidance { get; } = new();

        public TaskCompletionSource<IReadOnlyList<ServiceDisturbance>> Status { get; } = new();

        public ValueTask<IReadOnlyList<GuidancePassage>> FindAsync(string text, Topic topic, string language, int top, CancellationToken cancellationToken)
        {
            Asked.Add("guidance");
            return new(Guidance.Task);
        }

        public ValueTask<IReadOnlyList<ServiceDisturbance>> CheckAsync(Topic topic, CancellationToken cancellationToken)
        {
            Asked.Add("status");
            return new(Status.Task);
        }
    }
}
