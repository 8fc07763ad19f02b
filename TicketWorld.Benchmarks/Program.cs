using TicketWorld.Benchmarks;
using TicketWorld.Benchmarks.Understanding;

switch (args)
{
    case ["generation", .. var rest]:
        return GenerationBenchmark.Run(rest);
    case ["verification", .. var rest]:
        return VerificationBenchmark.Run(rest);
    case ["phases", .. var rest]:
        return PhaseBenchmark.Run(rest);
    case ["turns", .. var rest]:
        return await GrainTurns.RunAsync(rest);
    case ["silos", .. var rest]:
        return await SiloScaling.RunAsync(rest);
    case ["batch", .. var rest]:
        return await BatchBenchmark.RunAsync(rest);
    case ["desk", .. var rest]:
        return await DeskBenchmark.RunAsync(rest);
    case ["retrieval", .. var rest]:
        return await RetrievalBenchmark.RunAsync(rest);
    case ["extraction", .. var rest]:
        return ExtractionBenchmark.Run(rest);
    case ["understanding", .. var rest]:
        return UnderstandingBenchmark.Run(rest);
    default:
        Console.WriteLine("""
            dotnet run -c Release --project TicketWorld.Benchmarks -- NAME

              generation [--repeat N] [counts]
                                    tickets to files: tickets/s, MB/s, peak memory; beside it the same bytes by a bare JSON writer
              verification [tickets] [repetitions]
                                    tickets verified and audited a second, peak memory; beside it the same files by a bare JSON reader
              phases [tickets]      where the time of a ticket goes, on one thread
              turns [turns [callers]]
                                    durable turns a second, and how long one call takes
              batch [tickets]       a batch through the grains, and how long other calls take before and while it runs
              desk [seconds]        tickets a second through the workflow API by 32 clients, and how long one takes; steps alone, bytes allocated
              retrieval [articles ...] [--postgres CONNECTION]
                                    articles in memory, in SQLite and in PostgreSQL: time to build, query times, recall of HNSW, memory
              extraction [PART ...] [--wrong [--field NAME]] [--unseen] [--rules FOLDER]
                                    fields found in labelled messages: precision, recall and F1 by field, messages/s, bytes allocated; what is missed and
                                    wrong; each part by weights for names that were learnt without it
              extraction learn [--rules FOLDER]
                                    learns anew what speaks for names of products, from all labelled messages but the measured ones
              understanding [development|fixtures|measured ...]
                                    how far the labels of messages are found by rules alone, how reliable confidences are, messages/s
              understanding learn [--rules FOLDER] [--training FILE]
                                    learns weights and calibration anew from the development part and training.txt
              understanding validate [--wrong] [--rules FOLDER] [--training FILE]
                                    the development part, each tenth by weights that were learnt without it
              silos [counts]        tickets/s with a simulated model call, by 1, 2 and 4 silos; needs --postgres

            turns, batch, silos and retrieval take --postgres CONNECTION for a database instead of SQLite; eng/servers.sh runs one:
              bash eng/servers.sh run sh -c 'dotnet run -c Release --project TicketWorld.Benchmarks -- turns --postgres "$TICKETWORLD_TEST_POSTGRES"'
            """);
        return 2;
}
