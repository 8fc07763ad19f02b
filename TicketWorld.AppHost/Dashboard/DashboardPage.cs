using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TicketWorld.AppHost.Logs;
using TicketWorld.AppHost.Processes;

namespace TicketWorld.AppHost.Dashboard;

/// <summary>What the dashboard shows.</summary>
internal sealed record DashboardContent(
    IReadOnlyList<ResourceSnapshot> Resources, IReadOnlyList<ScaleView> Scales, ListView<SiloRow> Silos, ListView<BatchRow> Batches, ListView<ParkedRow> Parked,
    IReadOnlyList<LogLine> Lines, DateTimeOffset Now);

/// <summary>
/// The dashboard as HTML, complete without its script; the script only keeps it current. Everything that comes from
/// outside, names and log lines alike, is text and encoded as such.
/// </summary>
internal static class DashboardPage
{
    public static string Render(DashboardContent content)
    {
        var (resources, scales, silos, batches, parked, lines, now) = content;
        var options = string.Concat(resources.Select(resource => $"""<option value="{Text(resource.Name)}">{Text(resource.Name)}</option>"""));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>TicketWorld</title>
              <link rel="stylesheet" href="/assets/dashboard.css">
              <script src="/assets/dashboard.js" defer></script>
            </head>
            <body>
            <a class="skip" href="#logs">Skip to logs</a>
            <header>
              <h1>TicketWorld</h1>
              <p id="connection" role="status" data-live="no">snapshot of {Text(Time(now))}</p>
            </header>
            <main>
              <section aria-labelledby="resources-title">
                <h2 id="resources-title">Resources</h2>
                <div class="scroll" role="region" aria-labelledby="resources-title" tabindex="0"><table id="resources">
                  <thead><tr>
                    <th scope="col">Name</th><th scope="col">State</th><th scope="col">Health</th><th scope="col">Address</th>
                    <th scope="col" class="number">Process</th><th scope="col" class="number">CPU</th><th scope="col" class="number">Memory</th>
                    <th scope="col" class="number">Restarts</th><th scope="col">Started</th><th scope="col">Actions</th>
                  </tr></thead>
                  <tbody>
            {string.Concat(resources.Select(Row))}      </tbody>
                </table></div>
                <template id="resource-row"><table><tbody>{Row(Nameless)}</tbody></table></template>
                <div id="scales">{string.Concat(scales.Select(Scale))}</div>
              </section>
              <section aria-labelledby="silos-title">
                <h2 id="silos-title">Silos</h2>
                <p id="silos-note"{(SilosNote(silos) is null ? " hidden" : "")}>{Text(SilosNote(silos) ?? "")}</p>
                <div class="scroll" role="region" aria-labelledby="silos-title" tabindex="0"{(silos.Items.Count == 0 ? " hidden" : "")}><table id="silos">
                  <thead><tr>
                    <th scope="col">Silo</th><th scope="col">Status</th><th scope="col" class="number">Turns/s</th><th scope="col" class="number">Running</th>
                    <th scope="col" class="number">Turns done</th><th scope="col" class="number">Process</th><th scope="col">Started</th>
                  </tr></thead>
                  <tbody>
            {string.Concat(silos.Items.Select(Row))}      </tbody>
                </table></div>
              </section>
              <section aria-labelledby="batches-title">
                <h2 id="batches-title">Batches</h2>
                <p id="batches-note"{(BatchesNote(batches) is null ? " hidden" : "")}>{Text(BatchesNote(batches) ?? "")}</p>
                <div class="scroll" role="region" aria-labelledby="batches-title" tabindex="0"{(batches.Items.Count == 0 ? " hidden" : "")}><table id="batches">
                  <thead><tr>
                    <th scope="col">Batch</th><th scope="col">Status</th><th scope="col">Progress</th>
                    <th scope="col" class="number">Tickets</th><th scope="col" class="number">Tickets/s</th><th scope="col">Created</th>
                  </tr></thead>
                  <tbody>
            {string.Concat(batches.Items.Select(Row))}      </tbody>
                </table></div>
              </section>
              <section aria-labelledby="parked-title">
                <h2 id="parked-title">Parked messages</h2>
                <p id="parked-note"{(ParkedNote(parked) is null ? " hidden" : "")}>{Text(ParkedNote(parked) ?? "")}</p>
                <div class="scroll" role="region" aria-labelledby="parked-title" tabindex="0"{(parked.Items.Count == 0 ? " hidden" : "")}><table id="parked">
                  <thead><tr>
                    <th scope="col">Message</th><th scope="col">Grain</th><th scope="col">Method</th><th scope="col" class="number">Attempts</th>
                    <th scope="col">Error</th><th scope="col">Parked</th>
                  </tr></thead>
                  <tbody>
            {string.Concat(parked.Items.Select(Row))}      </tbody>
                </table></div>
              </section>
              <section aria-labelledby="logs-title" id="logs">
                <h2 id="logs-title">Logs</h2>
                <form id="log-filter" class="filter">
                  <label>Resource <select name="resource"><option value="">all</option>{options}</select></label>
                  <label>From level <select name="level"><option value="0">all</option><option value="2">info</option><option value="3">warning</option><option value="4">error</option></select></label>
                  <label>Contains <input name="contains" type="search" autocomplete="off" spellcheck="false"></label>
                  <label class="check"><input name="follow" type="checkbox" checked> Follow</label>
                  <button type="button" name="clear">Clear view</button>
                </form>
                <div id="log-lines" class="log" role="log" tabindex="0" aria-labelledby="logs-title" data-last="{(lines.Count == 0 ? 0 : lines[^1].Sequence)}">
            {string.Concat(lines.Select(Line))}    </div>
              </section>
            </main>
            </body>
            </html>
            """;
    }

    private static string Row(ResourceSnapshot resource)
    {
        var name = Text(resource.Name);
        return $"""
                  <tr data-resource="{name}" data-state="{Word(resource.State)}" data-health="{Word(resource.Health)}">
                    <th scope="row">{name}</th>
                    <td data-field="state"><span class="state">{Word(resource.State)}</span></td>
                    <td data-field="health"><span class="health">{Word(resource.Health)}</span></td>
                    <td data-field="address">{Address(resource.Address)}</td>
                    <td class="number" data-field="pid">{Number(resource.Pid)}</td>
                    <td class="number" data-field="cpu">{(resource.CpuPercent is { } cpu ? cpu.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–")}</td>
                    <td class="number" data-field="memory">{(resource.MemoryBytes is { } bytes ? (bytes >> 20).ToString(CultureInfo.InvariantCulture) + " MB" : "–")}</td>
                    <td class="number" data-field="restarts">{Number(resource.Restarts)}</td>
                    <td data-field="started">{(resource.StartedAt is { } at ? Time(at) : "–")}</td>
                    <td class="actions">
                      <button type="button" data-action="start" aria-label="Start {name}">Start</button>
                      <button type="button" data-action="stop" aria-label="Stop {name}">Stop</button>
                      <button type="button" data-action="restart" aria-label="Restart {name}">Restart</button>
                    </td>
                  </tr>

            """;
    }

    /// <summary>A link for what a browser can open, and text for the rest.</summary>
    private static string Address(Uri? address) => address switch
    {
        null => "",
        { Scheme: "http" } => $"""<a href="{Text(address.ToString())}">{Text(address.GetLeftPart(UriPartial.Authority))}</a>""",
        _ => Text(address.GetLeftPart(UriPartial.Authority)),
    };

    private static string Scale(ScaleView scale)
    {
        var name = Text(scale.Resource);
        return $"""
            <p class="scale" data-scale="{name}" data-most="{scale.Most}">
                  <span>{name}: <b data-field="replicas">{scale.Replicas}</b></span>
                  <button type="button" data-step="-1" aria-label="One {name} less"{(scale.Refusal is null && scale.Replicas > 0 ? "" : " disabled")}>−</button>
                  <button type="button" data-step="1" aria-label="One {name} more"{(scale.Refusal is null && scale.Replicas < scale.Most ? "" : " disabled")}>+</button>
                  <span class="note" data-field="refusal">{Text(scale.Refusal ?? "")}</span>
                </p>
            """;
    }

    private static string Row(SiloRow silo) => $"""
                  <tr data-status="{Text(silo.Status)}">
                    <th scope="row"><span title="{Text(silo.SiloId)}">{Text(silo.Name)}</span></th>
                    <td><span class="state">{Text(silo.Status)}</span></td>
                    <td class="number">{silo.TurnsPerSecond.ToString("0.0", CultureInfo.InvariantCulture)}</td>
                    <td class="number">{silo.TurnsRunning}</td>
                    <td class="number">{silo.TurnsDone}</td>
                    <td class="number">{silo.ProcessId}</td>
                    <td>{Time(silo.StartedAt)}</td>
                  </tr>

            """;

    private static string Row(BatchRow batch) => $"""
                  <tr data-status="{Text(batch.Status)}">
                    <th scope="row"><code>{Text(batch.BatchId)}</code></th>
                    <td><span class="state">{Text(batch.Status)}</span></td>
                    <td><progress max="100" value="{batch.Percent}" aria-label="Progress">{batch.Percent} %</progress> <span class="percent">{batch.Percent} %</span></td>
                    <td class="number">{batch.TicketsDone} / {batch.TicketsTotal}</td>
                    <td class="number">{(batch.TicketsPerSecond is { } rate ? rate.ToString("0", CultureInfo.InvariantCulture) : "–")}</td>
                    <td>{Time(batch.CreatedAt)}</td>
                  </tr>

            """;

    private static string Row(ParkedRow parked) => $"""
                  <tr>
                    <th scope="row"><code>{Text(parked.Id)}</code></th>
                    <td>{Text(parked.Grain.Kind)} {Text(parked.Grain.Key)}</td>
                    <td>{Text(parked.Method)}</td>
                    <td class="number">{parked.Attempts}</td>
                    <td>{Text(parked.Error.Message)}</td>
                    <td>{Time(parked.ParkedAt)}</td>
                  </tr>

            """;

    private static string Line(LogLine line) =>
        $"""    <div data-resource="{Text(line.Resource)}" data-level="{Text(line.Level)}" data-origin="{Word(line.Origin)}"><b>{Text(line.Resource)}</b> {Text(line.Text)}</div>{"\n"}""";

    /// <summary>The row of which the script makes those of new processes.</summary>
    private static ResourceSnapshot Nameless { get; } = new() { Name = "", Resource = "", Address = null };

    private static string? SilosNote(ListView<SiloRow> silos) => silos switch
    {
        { Unavailable: { } why } => why,
        { Items.Count: 0 } => "No silo runs: work waits until one does.",
        _ => null,
    };

    private static string? BatchesNote(ListView<BatchRow> batches) => batches switch
    {
        { Unavailable: { } why } => why,
        { Items.Count: 0 } => "No batch yet. POST /api/v1/batches of the API starts one.",
        _ => null,
    };

    private static string? ParkedNote(ListView<ParkedRow> parked) => parked switch
    {
        { Unavailable: { } why } => why,
        { Items.Count: 0 } => "None: no message has failed at every attempt.",
        _ => parked.Total > parked.Items.Count ? $"The oldest {parked.Items.Count} of {parked.Total}." : null,
    };

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
