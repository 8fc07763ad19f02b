namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>Servers that some tests need. <c>eng/test.sh</c> starts them and leaves those tests out where it cannot.</summary>
internal static class TestServers
{
    /// <summary>The trait of tests that need a server; its value says which.</summary>
    public const string Trait = "Server";

    public const string Postgres = "postgres";

    /// <summary>Tests with this value start a redis-server of their own, since they stop and kill it.</summary>
    public const string Redis = "redis";

    /// <summary>The variable with the connection string of a database in which tests make schemas of their own.</summary>
    public const string PostgresVariable = "TICKETWORLD_TEST_POSTGRES";

    public static string PostgresConnectionString => Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } set ? set : throw new InvalidOperationException(
        $"This test needs PostgreSQL. Run the tests with eng/test.sh, which starts one, or name a database in {PostgresVariable}.");
}
