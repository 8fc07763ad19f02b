using TicketWorld.Benchmarks;

return args switch
{
    ["generation", .. var rest] => GenerationBenchmark.Run(rest),
    ["phases", .. var rest] => PhaseBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("""
        dotnet run -c Release --project TicketWorld.Benchmarks -- NAME

          generation [counts]   tickets to files: tickets/s, MB/s, peak memory; beside it the same bytes by a bare JSON writer
          phases [tickets]      where the time of a ticket goes, on one thread
        """);
    return 2;
}
