namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>The silos that share a database: a row for each, which it renews. Times are the database's.</summary>
internal sealed class PostgresSilos(PostgresDatabase database, SqlCatalog catalog) : ISiloRegistry
{
    public Task BeatAsync(SiloBeat beat, CancellationToken cancellation) => RunAsync(
        "beat_silo",
        cancellation,
        ("silo", beat.Silo.Value),
        ("name", beat.Name),
        ("process", beat.ProcessId),
        ("age", (long)beat.Age.TotalMilliseconds),
        ("done", beat.TurnsDone),
        ("running", beat.TurnsRunning),
        ("rate", beat.TurnsPerSecond),
        ("stopping", beat.Stopping),
        ("forgotten", (long)ISiloRegistry.ForgottenAfter.TotalMilliseconds));

    public Task LeaveAsync(SiloId silo, CancellationToken cancellation) => RunAsync("remove_silo", cancellation, ("silo", silo.Value));

    public Task<IReadOnlyList<SiloView>> ListAsync(CancellationToken cancellationToken = default) => database.RunAsync<IReadOnlyList<SiloView>>(async () =>
    {
        await using var connection = await database.Reader.OpenConnectionAsync(cancellationToken);
        await using var batch = new StatementBatch(connection, catalog, now: null);
        batch.Add(
            "list_silos",
            ("silent", (long)ISiloRegistry.SilentAfter.TotalMilliseconds),
            ("forgotten", (long)ISiloRegistry.ForgottenAfter.TotalMilliseconds));
        await using var reader = await batch.ReadAsync(cancellationToken);
        var silos = new List<SiloView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            silos.Add(new()
            {
                SiloId = reader.GetString(0),
                Name = reader.GetString(1),
                ProcessId = reader.GetInt32(2),
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
                HeartbeatAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
                TurnsDone = reader.GetInt64(5),
                TurnsRunning = reader.GetInt32(6),
                TurnsPerSecond = reader.GetDouble(7),
                Status = reader.GetBoolean(9) ? SiloStatus.Silent : reader.GetBoolean(8) ? SiloStatus.Stopping : SiloStatus.Running,
            });
        }

        return silos;
    });

    private Task<bool> RunAsync(string statement, CancellationToken cancellation, params (string Name, object? Value)[] parameters) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync(cancellation);
        await using var batch = new StatementBatch(connection, catalog, now: null);
        batch.Add(statement, parameters);
        await batch.ExecuteAsync(cancellation);
        return true;
    });
}
