using TicketWorld.Support.Analysis;
using TicketWorld.Support.Rules;

namespace TicketWorld.Tests.Support.Analysis;

/// <summary>The analyser with the rules that the program carries; made once, since it keeps nothing between messages.</summary>
internal static class Analysers
{
    public static RuleAnalyser Own { get; } = new(new RuleFiles());

    public static TicketAnalysis Analyse(string subject, string body) => Own.Analyse(new TicketText(subject, body));

    public static string CategoryOf(TicketAnalysis analysis) => Names.Categories[(int)analysis.Category];

    public static string SeverityOf(TicketAnalysis analysis) => Names.Severities[(int)analysis.Severity];
}
