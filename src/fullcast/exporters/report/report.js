// Tells of the line that is pointed at or focused; moves among lines by keyboard.
"use strict";
const story = JSON.parse(document.getElementById("lines").textContent);
const { names, reasons, lines } = story;
const told = document.getElementById("told");
const corrected = new Map(); // whom a person has named, by the line's number
let correcting = false;
const name = (who) => (who < 0 ? "nobody named" : names[who]);
const numberOf = (line) => Number(line.dataset.l ?? line.id.slice(1));

function row(term, words) {
  const place = document.createElement("div");
  const head = place.appendChild(document.createElement("dt"));
  const body = place.appendChild(document.createElement("dd"));
  head.textContent = term;
  body.textContent = words;
  return place;
}

function tell(line) {
  const number = numberOf(line);
  const [id, speaker, sure, addressees, others, reason, evidence] = lines[number];
  const list = document.createElement("dl");
  if (corrected.has(number)) list.append(row("You say", name(corrected.get(number))));
  list.append(row("Speaker", `${name(speaker)}, ${sure}% sure`));
  if (addressees.length) list.append(row("To", addressees.map(name).join(", ")));
  if (others.length) list.append(row("Or", others.map(([who, part]) => `${name(who)} ${part}%`).join(", ")));
  if (reasons[reason]) list.append(row("Because of", reasons[reason]));
  if (evidence) list.append(row("Words", evidence));
  list.append(row("Quotation", id));
  told.firstElementChild.replaceChildren(list);
  told.hidden = false;
}

const hide = () => { told.hidden = !correcting; };
const lineOf = (event) => event.target.closest?.(".q");

document.addEventListener("pointerover", (event) => {
  const line = lineOf(event);
  if (correcting) return; // the line that is being corrected stays
  if (line) tell(line);
  else if (!told.contains(event.target) && !document.activeElement?.matches(".q")) hide();
});
document.addEventListener("focusin", (event) => {
  const line = lineOf(event);
  if (line) tell(line);
  else if (!told.contains(event.target)) hide();
});
document.addEventListener("click", (event) => lineOf(event)?.focus({ preventScroll: true }));

// One line of each chapter is in the order of Tab: that which was visited last, or the first.
const texts = [...document.querySelectorAll(".text")];
for (const text of texts) {
  const all = [...text.querySelectorAll(".q")];
  all.forEach((line, number) => { line.tabIndex = number ? -1 : 0; });
}

function visit(line) {
  for (const other of line.closest(".text").querySelectorAll('.q[tabindex="0"]')) other.tabIndex = -1;
  line.closest("details").open = true;
  line.tabIndex = 0;
  line.focus();
  line.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return hide();
  const line = lineOf(event);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!line || !step || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = [...line.closest(".text").querySelectorAll(".q")];
  const next = all[all.indexOf(line) + step];
  if (next) visit(next);
  event.preventDefault();
});

// A link to a line opens its chapter, also where a browser does not do so by itself.
function arrive() {
  const line = /^#l\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (!line) return;
  visit(line);
  const show = () => line.scrollIntoView({ block: "center" });
  show(); // and again once what is above has been laid out, and has its true height
  requestAnimationFrame(() => requestAnimationFrame(show));
}
addEventListener("hashchange", arrive);
arrive();
