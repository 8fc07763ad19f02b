namespace TicketWorld.AppHost.Servers;

/// <summary>A PostgreSQL with pgvector on this machine.</summary>
/// <param name="Version">The major version.</param>
/// <param name="Programs">The folder of its programs, inside of <paramref name="Root"/>.</param>
/// <param name="Root">The folder to change the root to; <c>/</c> for an installation of the system itself.</param>
internal sealed record PostgresInstallation(int Version, string Programs, string Root);
