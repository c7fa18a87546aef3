// Lets a person say who speaks a line, keeps that in the browser, and saves it as a file of
// corrections, which fullcast takes with --corrections.
"use strict";
const [form, toggle] = ["correct", "correcting"].map((id) => document.getElementById(id));
const { speaker: chosen, right, undo, save } = form.elements;
const place = `fullcast ${story.sha256}`;
const steps = []; // what each correction took the place of
let current = null;

const spansOf = (number) => document.querySelectorAll(`#l${number}, .q[data-l="${number}"]`);
const before = new Map(); // how lines looked

function look(span, who) {
  if (!before.has(span)) before.set(span, span.className);
  span.className = before.get(span);
  delete span.dataset.who;
  if (who === undefined) return;
  const [initials, hue] = story.marks[who] ?? ["?", "nobody"];
  span.className = `q corrected ${hue}`;
  span.dataset.who = initials;
}

function settle(number, who) {
  if (who === undefined) corrected.delete(number);
  else corrected.set(number, who);
  for (const span of spansOf(number)) look(span, who);
}

function count() {
  const many = corrected.size;
  undo.disabled = !steps.length;
  save.disabled = !many;
  save.textContent = many === 1 ? "Save 1 correction" : `Save ${many || "no"} corrections`;
}

function keep() {
  const named = [...corrected].map(([number, who]) => [lines[number][0], story.ids[who] ?? null]);
  try {
    localStorage.setItem(place, JSON.stringify(named));
  } catch { /* a browser that keeps nothing: Save does */ }
  count();
}

function correct(number, who) {
  steps.push([number, corrected.get(number)]);
  settle(number, who);
  keep();
  tell(spansOf(number)[0]);
}

function take(line) {
  current = numberOf(line);
  chosen.value = corrected.get(current) ?? lines[current][1];
  chosen.disabled = right.disabled = false;
}

function toCsv() {
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = [...corrected].map(([number, who]) =>
    [lines[number][0], story.ids[who] ?? "", names[who] ?? "", "person"].map(cell).join(","));
  return ["quotation,speaker,speaker_name,source", ...rows, ""].join("\r\n");
}

chosen.append(...[-1, ...names.keys()].map((who) => new Option(who < 0 ? "nobody in the cast" : names[who], who)));
chosen.addEventListener("change", () => correct(current, Number(chosen.value)));
right.addEventListener("click", () => correct(current, Number(chosen.value)));
undo.addEventListener("click", () => {
  const [number, who] = steps.pop();
  settle(number, who);
  keep();
  visit(spansOf(number)[0]);
});
save.addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([toCsv()], { type: "text/csv" }));
  link.download = `${story.file}.corrections.csv`;
  link.click();
});
toggle.addEventListener("click", () => {
  correcting = !correcting;
  toggle.setAttribute("aria-pressed", correcting);
  form.hidden = !correcting;
  hide();
});
document.addEventListener("focusin", (event) => {
  const line = lineOf(event);
  if (line) take(line);
});
document.addEventListener("keydown", (event) => {
  if (!correcting || event.altKey || event.ctrlKey || event.metaKey) return;
  const line = lineOf(event);
  if (event.key === "Escape" && current !== null && form.contains(event.target)) visit(spansOf(current)[0]);
  if (!line) return;
  if (event.key === "Enter") {
    chosen.focus();
    event.preventDefault(); // which would open the list
  }
  if (/^[1-9]$/.test(event.key) && event.key <= names.length) {
    correct(numberOf(line), event.key - 1);
    take(line);
  }
});

for (const number of story.decided) settle(number, lines[number][1]);
try {
  const numbers = new Map(lines.map(([id], number) => [id, number]));
  for (const [id, who] of JSON.parse(localStorage.getItem(place) ?? "[]")) {
    const known = who === null ? -1 : story.ids.indexOf(who);
    if (numbers.has(id) && (who === null || known >= 0)) settle(numbers.get(id), known);
  }
} catch { /* nothing was kept */ }
count();
toggle.hidden = !lines.length;
