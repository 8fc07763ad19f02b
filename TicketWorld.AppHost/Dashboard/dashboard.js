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

// Resources: the rows never change, only their cells, so the focus stays where it is.

function setCell(row, field, text) {
  const cell = row.querySelector(`[data-field="${field}"]`);
  const target = cell.querySelector("span") ?? cell;
  if (target.textContent !== text) target.textContent = text;
}

function showResources(resources) {
  for (const resource of resources) {
    const row = document.querySelector(`tr[data-resource="${CSS.escape(resource.name)}"]`);
    if (!row) continue;
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

function showBatches(view) {
  const note = document.getElementById("batches-note");
  const table = document.getElementById("batches");
  const text = view.unavailable ?? (view.items.length ? "" : "No batch yet. POST /api/v1/batches of the API starts one.");
  note.textContent = text;
  note.hidden = text === "";
  table.parentElement.hidden = view.items.length === 0;
  table.tBodies[0].replaceChildren(...view.items.map(batchRow));
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
events.addEventListener("batches", event => showBatches(JSON.parse(event.data)));

const stream = new EventSource("/api/logs/stream?after=" + logs.dataset.last);
stream.addEventListener("line", event => queueLine(JSON.parse(event.data)));
toEnd();
