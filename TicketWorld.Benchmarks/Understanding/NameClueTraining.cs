using TicketWorld.Support.Rules;

namespace TicketWorld.Benchmarks.Understanding;

internal static class NameClueTraining
{
    public static int Run(RuleFiles files, string folder) => 0;
}
