using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TicketWorld.Grains;
using TicketWorld.Grains.Retrieval.Postgres;
using TicketWorld.Grains.Runtime;
using TicketWorld.Support.Retrieval;
using TicketWorld.Support.Retrieval.Memory;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Benchmarks;

/// <summary>
/// The article index in each of its forms. The articles are generated customer messages, subject as title; the questions are messages of another
/// seed, the subject alone in one half and the whole message in the other.
/// </summary>
internal static class RetrievalBenchmark
{
    private const int Questions = 400;
    private const int WarmUp = 50;
    private const int RecallQuestions = 200;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var sizes = new List<int>();
        string? postgres = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--postgres" && i + 1 < arguments.Length)
            {
                postgres = arguments[++i];
            }
            else if (int.TryParse(arguments[i], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 100 and <= 10_000_000)
            {
                sizes.Add(size);
            }
            else
            {
                await Console.Error.WriteLineAsync($"'{arguments[i]}' is neither a number of articles from 100 to 10000000 nor --postgres with a connection string. Write for example: retrieval 10000 100000 --postgres 'Host=127.0.0.1;…'.");
                return 2;
            }
        }

        Console.WriteLine($"settings: {Environment.ProcessorCount} processors, {(Environment.Is64BitProcess ? "64" : "32")} bit, vectors of {System.Numerics.Vector<float>.Count} floats; one question at a time");
        foreach (var size in sizes.Count == 0 ? [10_000, 100_000] : sizes)
        {
            var articles = Make(size, seed: 1);
            var questions = Make(Questions, seed: 2).Select((a, i) => i % 2 == 0 ? a.Title : $"{a.Title}\n{a.Body}").ToArray();
            Console.WriteLine($"{size} articles of {articles.Average(a => a.Title.Length + a.Body.Length):N0} characters on average");
            await MeasureMemoryAsync(articles, questions);
            await MeasureSqliteAsync(articles, questions);
            if (postgres is not null)
                await MeasurePostgresAsync(postgres, articles, questions);
        }

        return 0;
    }

    private static List<Article> Make(int count, ulong seed)
    {
        var world = World.Create(new WorldOptions { Tickets = count, Orders = count, Customers = Math.Max(1, count / 2), Products = 200, Seed = seed });
        var maker = new TicketMaker(world);
        var report = new ChunkReport();
        var articles = new List<Article>(count);
        for (var i = 0; i < count; i++)
        {
            var message = maker.Make(i, report).Message;
            articles.Add(new() { Id = $"A-{i:d8}", Title = message.Subject, Body = message.Body, Kind = "ticket", Category = $"group {i % 20}" });
        }

        return articles;
    }

    private static async Task MeasureMemoryAsync(List<Article> articles, string[] questions)
    {
        var before = Live();
        var watch = Stopwatch.StartNew();
        var index = new MemoryArticleIndex(new(new HashedEmbedder()));
        await index.UpsertAsync(articles);
        var built = watch.Elapsed;
        Console.WriteLine($"  memory      built in {built.TotalSeconds:N1} s; {(Live() - before) / 1e6:N0} MB beside the texts; {await AskAsync(index, questions)}");
        GC.KeepAlive(index);
    }

    private static async Task MeasureSqliteAsync(List<Article> articles, string[] questions)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-retrieval-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            await using (var services = await OpenAsync(s => s.AddSqliteGrainStore(folder)))
            {
                await services.GetRequiredService<IArticleIndex>().UpsertAsync(articles);
                Console.Write($"  SQLite      built and kept in {watch.Elapsed.TotalSeconds:N1} s; ");
                await services.GetRequiredService<IGrainStore>().CloseAsync();
            }

            watch.Restart();
            await using var again = await OpenAsync(s => s.AddSqliteGrainStore(folder));
            Console.WriteLine($"opened again in {watch.Elapsed.TotalSeconds:N1} s; file {new FileInfo(Path.Combine(folder, "articles.db")).Length / 1e6:N0} MB; {await AskAsync(again.GetRequiredService<IArticleIndex>(), questions)}");
            await again.GetRequiredService<IGrainStore>().CloseAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasurePostgresAsync(string connectionString, List<Article> articles, string[] questions)
    {
        var schema = $"retrieval_{Environment.ProcessId}";
        var given = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema }.ConnectionString;
        try
        {
            await using var services = await OpenAsync(s => s.AddPostgresGrainStore(given));
            var index = services.GetRequiredService<PostgresArticleIndex>();
            var watch = Stopwatch.StartNew();
            await index.UpsertAsync(articles);
            Console.WriteLine($"  PostgreSQL  built in {watch.Elapsed.TotalSeconds:N1} s; {await AskAsync(index, questions)}");
            var filtered = new ArticleFilter { Category = "group 7" };
            Console.WriteLine($"              with a filter that lets 1 in 20 through: {await AskAsync(index, questions, filtered)}");
            var (recall, exact) = await RecallAsync(index, questions);
            Console.WriteLine($"              recall@10 of HNSW against every vector {recall:P2} ({RecallQuestions} questions); looking at every vector takes {exact:N1} ms on average");
            watch.Restart();
            for (var i = 0; i < 100; i++)
                await index.UpsertAsync([articles[i] with { Id = $"N-{i}" }]);
            Console.WriteLine($"              one more article: {watch.Elapsed.TotalMilliseconds / 100:N1} ms on average");
            Console.WriteLine($"              {string.Join("; ", (await index.DescribeAsync()).Skip(1).Select(fact => $"{fact.Name} {fact.Value}"))}");
            await services.GetRequiredService<IGrainStore>().CloseAsync();
        }
        finally
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var drop = source.CreateCommand($"DROP SCHEMA IF EXISTS {schema} CASCADE");
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static async Task<(double Recall, double ExactMilliseconds)> RecallAsync(PostgresArticleIndex index, string[] questions)
    {
        var embedder = new ArticleEmbedder(new HashedEmbedder());
        var (found, wanted, watch) = (0, 0, new Stopwatch());
        foreach (var question in questions.Take(RecallQuestions))
        {
            var vector = await embedder.EmbedAsync(question);
            watch.Start();
            var exact = (await index.RankBySimilarityAsync(vector, exactly: true)).Take(10).ToArray();
            watch.Stop();

            // Equally near articles are as good as each other.
            var least = exact[^1].Similarity - 1e-6;
            found += (await index.RankBySimilarityAsync(vector, exactly: false)).Take(10).Count(r => r.Similarity >= least);
            wanted += exact.Length;
        }

        return ((double)found / wanted, watch.Elapsed.TotalMilliseconds / RecallQuestions);
    }

    private static async Task<string> AskAsync(IArticleIndex index, string[] questions, ArticleFilter? filter = null)
    {
        foreach (var question in questions.Take(WarmUp))
            await index.SearchAsync(new(question) { Filter = filter ?? ArticleFilter.None });
        var times = new double[questions.Length];
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        for (var i = 0; i < questions.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await index.SearchAsync(new(questions[i]) { Filter = filter ?? ArticleFilter.None });
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        self.Refresh();
        var used = (self.TotalProcessorTime - before).TotalMilliseconds / questions.Length;
        Array.Sort(times);
        return $"query p50 {At(0.5):N1} ms, p95 {At(0.95):N1} ms, p99 {At(0.99):N1} ms, processor time of this process {used:N1} ms on average";

        double At(double share) => times[(int)(times.Length * share)];
    }

    private static async Task<ServiceProvider> OpenAsync(Action<IServiceCollection> addStore)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        addStore(services);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IGrainStore>().OpenAsync(CancellationToken.None);
        return provider;
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
