namespace TicketWorld.Benchmarks;
internal static class GenerationBenchmark { public static int Run(string[] a) => 0; }
