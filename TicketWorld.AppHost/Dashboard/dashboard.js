"use strict";

// Keeps the server-rendered page current. Text from the server goes into textContent only, never into markup.

const levels = ["trace", "debug", "info", "warning", "error", "critical"];
const keptLines = 2000;

const connection = document.getElementById("connection");
const logs = document.getElementById("log-lines");
const filter = document.getElementById("log-filter");

function say(live, text) {
  connection.dataset.live = live;
  if (connection.textContent !== text) connection.textContent = text;
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function time(text) {
  return text ? new Date(text).toISOString().slice(0, 19).replace("T", " ") + " UTC" : "–";
}

// Resources: rows come and go with their processes; of those that stay only the cells change, so the focus stays where it is.

function setCell(row, field, text) {
  const cell = row.querySelector(`[data-field="${field}"]`);
  const target = cell.querySelector("span") ?? cell;
  if (target.textContent !== text) target.textContent = text;
}

function resourceRow(resource) {
  const row = document.getElementById("resource-row").content.querySelector("tr").cloneNode(true);
  row.dataset.resource = resource.name;
  row.querySelector("th").textContent = resource.name;
  for (const button of row.querySelectorAll("button"))
    button.setAttribute("aria-label", `${button.textContent} ${resource.name}`);
  if (resource.address) {
    const shown = resource.address.replace(/\/$/, "");
    row.querySelector('[data-field="address"]').append(
      resource.address.startsWith("http:") ? element("a", shown, { href: resource.address }) : shown);
  }
  return row;
}

function showRows(resources) {
  const body = document.getElementById("resources").tBodies[0];
  const names = new Set(resources.map(resource => resource.name));
  const choice = filter.elements.resource;
  for (const row of [...body.rows]) if (!names.has(row.dataset.resource)) row.remove();
  // Lines of a process that is gone are still there to be chosen, until another one is.
  for (const option of [...choice.options])
    if (option.value !== "" && !option.selected && !names.has(option.value)) option.remove();
  resources.forEach((resource, place) => {
    if (body.rows[place]?.dataset.resource !== resource.name) body.insertBefore(resourceRow(resource), body.rows[place] ?? null);
    if (![...choice.options].some(option => option.value === resource.name)) choice.append(element("option", resource.name, { value: resource.name }));
  });
}

function showResources(resources) {
  showRows(resources);
  for (const resource of resources) {
    const row = document.querySelector(`tr[data-resource="${CSS.escape(resource.name)}"]`);
    row.dataset.state = resource.state;
    row.dataset.health = resource.health;
    setCell(row, "state", resource.state);
    setCell(row, "health", resource.health);
    setCell(row, "pid", resource.pid == null ? "–" : String(resource.pid));
    setCell(row, "cpu", resource.cpu_percent == null ? "–" : resource.cpu_percent.toFixed(1) + " %");
    setCell(row, "memory", resource.memory_bytes == null ? "–" : (resource.memory_bytes / 1048576).toFixed(0) + " MB");
    setCell(row, "restarts", String(resource.restarts));
    setCell(row, "started", time(resource.started_at));
    const down = resource.state === "stopped" || resource.state === "restarting";
    row.querySelector('[data-action="start"]').disabled = !down;
    row.querySelector('[data-action="stop"]').disabled = resource.state === "stopped" || resource.state === "stopping";
    row.querySelector('[data-action="restart"]').disabled = resource.state === "stopped" || resource.state === "stopping";
  }
}

document.getElementById("resources").addEventListener("click", async event => {
  const button = event.target.closest("button[data-action]");
  if (!button) return;
  const name = button.closest("tr").dataset.resource;
  button.disabled = true;
  try {
    const answer = await fetch(`/api/resources/${encodeURIComponent(name)}/${button.dataset.action}`, { method: "POST" });
    if (!answer.ok) say("lost", `${button.dataset.action} ${name}: ${answer.status}`);
  } catch {
    say("lost", "the AppHost does not answer");
  }
});

// How often a project runs.

function showScales(scales) {
  for (const scale of scales) {
    const line = document.querySelector(`[data-scale="${CSS.escape(scale.resource)}"]`);
    line.querySelector('[data-field="replicas"]').textContent = String(scale.replicas);
    line.querySelector('[data-field="refusal"]').textContent = scale.refusal ?? "";
    line.querySelector('[data-step="-1"]').disabled = scale.refusal != null || scale.replicas <= 0;
    line.querySelector('[data-step="1"]').disabled = scale.refusal != null || scale.replicas >= scale.most;
  }
}

document.getElementById("scales").addEventListener("click", async event => {
  const button = event.target.closest("button[data-step]");
  if (!button) return;
  const line = button.closest("[data-scale]");
  const name = line.dataset.scale;
  const replicas = Number(line.querySelector('[data-field="replicas"]').textContent) + Number(button.dataset.step);
  try {
    const answer = await fetch(`/api/resources/${encodeURIComponent(name)}/scale`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ replicas }),
    });
    const said = await answer.json();
    if (answer.ok) showScales([said]);
    else say("lost", said.detail);
  } catch {
    say("lost", "the AppHost does not answer");
  }
});

// Silos.

function siloRow(silo) {
  const row = element("tr", undefined, { "data-status": silo.status });
  const name = element("th", undefined, { scope: "row" });
  name.append(element("span", silo.name, { title: silo.silo_id }));
  const status = element("td");
  status.append(element("span", silo.status, { class: "state" }));
  row.append(name, status);
  for (const text of [silo.turns_per_second.toFixed(1), silo.turns_running, silo.turns_done, silo.process_id])
    row.append(element("td", String(text), { class: "number" }));
  row.append(element("td", time(silo.started_at)));
  return row;
}

function showList(id, view, row, none) {
  const note = document.getElementById(`${id}-note`);
  const table = document.getElementById(id);
  const more = view.total > view.items.length && id === "parked" ? `The oldest ${view.items.length} of ${view.total}.` : "";
  const text = view.unavailable ?? (view.items.length ? more : none);
  note.textContent = text;
  note.hidden = text === "";
  table.parentElement.hidden = view.items.length === 0;
  table.tBodies[0].replaceChildren(...view.items.map(row));
}

// Batches.

function batchRow(batch) {
  const row = element("tr", undefined, { "data-status": batch.status });
  const percent = batch.tickets_total ? Math.floor(100 * batch.tickets_done / batch.tickets_total) : 0;
  const id = element("th", undefined, { scope: "row" });
  id.append(element("code", batch.batch_id));
  const status = element("td");
  status.append(element("span", batch.status, { class: "state" }));
  const progress = element("td");
  progress.append(
    element("progress", `${percent} %`, { max: "100", value: String(percent), "aria-label": "Progress" }),
    " ", element("span", `${percent} %`, { class: "percent" }));
  row.append(
    id, status, progress,
    element("td", `${batch.tickets_done} / ${batch.tickets_total}`, { class: "number" }),
    element("td", batch.tickets_per_second == null ? "–" : batch.tickets_per_second.toFixed(0), { class: "number" }),
    element("td", time(batch.created_at)));
  return row;
}

// Parked messages.

function parkedRow(parked) {
  const row = element("tr");
  const id = element("th", undefined, { scope: "row" });
  id.append(element("code", parked.id));
  row.append(
    id, element("td", `${parked.grain.kind} ${parked.grain.key}`), element("td", parked.method),
    element("td", String(parked.attempts), { class: "number" }), element("td", parked.error.message), element("td", time(parked.parked_at)));
  return row;
}

// Logs.

function isShown(line) {
  const wanted = filter.elements;
  return (wanted.resource.value === "" || line.dataset.resource === wanted.resource.value)
    && levels.indexOf(line.dataset.level) >= Number(wanted.level.value)
    && line.textContent.toLowerCase().includes(wanted.contains.value.toLowerCase());
}

function toEnd() {
  if (filter.elements.follow.checked) logs.scrollTop = logs.scrollHeight;
}

function showLine(line) {
  const made = element("div", undefined, { "data-resource": line.resource, "data-level": line.level, "data-origin": line.origin });
  made.append(element("b", line.resource), " ", line.text);
  made.hidden = !isShown(made);
  logs.append(made);
  while (logs.childElementCount > keptLines) logs.firstElementChild.remove();
}

let waiting = [];
function queueLine(line) {
  if (waiting.push(line) > 1) return;
  requestAnimationFrame(() => {
    for (const next of waiting) showLine(next);
    waiting = [];
    toEnd();
  });
}

filter.addEventListener("input", () => {
  for (const line of logs.children) line.hidden = !isShown(line);
  toEnd();
});
filter.addEventListener("submit", event => event.preventDefault());
filter.elements.clear.addEventListener("click", () => logs.replaceChildren());
logs.addEventListener("wheel", event => {
  if (event.deltaY < 0) filter.elements.follow.checked = false;
}, { passive: true });

// Connections. EventSource reconnects by itself.

const events = new EventSource("/api/events");
events.addEventListener("open", () => say("yes", "live"));
events.addEventListener("error", () => say("lost", "connection lost, trying again"));
events.addEventListener("resources", event => showResources(JSON.parse(event.data)));
events.addEventListener("scales", event => showScales(JSON.parse(event.data)));
events.addEventListener("silos", event => showList("silos", JSON.parse(event.data), siloRow, "No silo runs: work waits until one does."));
events.addEventListener("batches", event => showList("batches", JSON.parse(event.data), batchRow, "No batch yet. POST /api/v1/batches of the API starts one."));
events.addEventListener("parked", event => showList("parked", JSON.parse(event.data), parkedRow, "None: no message has failed at every attempt."));

const stream = new EventSource("/api/logs/stream?after=" + logs.dataset.last);
stream.addEventListener("line", event => queueLine(JSON.parse(event.data)));
toEnd();
