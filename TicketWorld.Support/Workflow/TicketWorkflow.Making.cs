using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Routing;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Status;

namespace TicketWorld.Support.Workflow;

public sealed partial class TicketWorkflow
{
    /// <summary>The workflow over rule files, for programs without a container of services.</summary>
    /// <exception cref="Worlds.Packs.PackException">A rule file cannot be used; names file and line.</exception>
    public static TicketWorkflow Over(RuleFiles files, IStepModels models, TimeProvider time)
    {
        var guidance = new RuleGuidance(files);
        var analyser = new RuleAnalyser(files);
        return new(
            analyser, analyser, RuleExtractor.WithPriorityKeywords(files), guidance, new SimulatedServiceStatus(files), new TemplateReplyWriter(files, guidance), new TicketRouter(files),
            models, time);
    }
}
