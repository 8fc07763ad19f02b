using System.Globalization;
using System.Reflection;

namespace TicketWorld.Grains.Runtime;

/// <summary>
/// The named statements and numbered migrations of one SQL dialect, found among embedded resources:
/// <c>…/Sqlite/…/upsert_batch.sql</c> is the statement upsert_batch, <c>…/Sqlite/Migrations/0002_batches.sql</c> migration 2.
/// </summary>
internal sealed class SqlCatalog
{
    private readonly Dictionary<string, string> _statements = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, Migration> _migrations = [];
    private readonly string _dialect;

    /// <param name="dialect">The folder name of the dialect, such as <c>Sqlite</c>.</param>
    /// <param name="sources">Where statements come from.</param>
    public SqlCatalog(string dialect, SqlSources sources)
    {
        _dialect = dialect;
        foreach (var assembly in sources.Assemblies)
            AddAssembly(assembly);
        foreach (var (name, sql) in sources.Statements)
            AddStatement(name, sql, "code");
    }

    public IReadOnlyCollection<Migration> Migrations => _migrations.Values;

    /// <exception cref="InvalidOperationException">No statement has this name.</exception>
    public string this[string name] => _statements.TryGetValue(name, out var sql) ? sql : throw new InvalidOperationException(
        $"There is no SQL statement '{name}' for {_dialect}. Add a file {_dialect}/{name}.sql to the folder of its concept, and its assembly with AddSql.");

    private void AddAssembly(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var parts = resource.Replace('\\', '/').Split('/');
            if (!resource.EndsWith(".sql", StringComparison.Ordinal) || !parts.Contains(_dialect, StringComparer.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(parts[^1]);
            if (parts[^2] == "Migrations")
                AddMigration(name, reader.ReadToEnd());
            else
                AddStatement(name, reader.ReadToEnd(), resource);
        }
    }

    private void AddStatement(string name, string sql, string source)
    {
        if (!_statements.TryAdd(name, sql))
            throw new InvalidOperationException($"The SQL statement '{name}' exists twice; the second is in {source}. Rename one of them.");
    }

    private void AddMigration(string name, string sql)
    {
        if (!int.TryParse(name.AsSpan(0, Math.Min(4, name.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new InvalidOperationException($"The migration '{name}' does not begin with a number of four digits, as 0001_runtime does.");
        if (!_migrations.TryAdd(number, new(number, name, sql)))
            throw new InvalidOperationException($"The migrations '{_migrations[number].Name}' and '{name}' have the same number. Give the later one the next free number.");
    }
}

/// <summary>One step of the schema; applied once, in the order of the numbers, each in its own transaction.</summary>
internal sealed record Migration(int Number, string Name, string Sql);

/// <summary>Where SQL comes from; filled when services are registered.</summary>
internal sealed class SqlSources
{
    public List<Assembly> Assemblies { get; } = [typeof(SqlSources).Assembly];

    public Dictionary<string, string> Statements { get; } = new(StringComparer.Ordinal);
}
