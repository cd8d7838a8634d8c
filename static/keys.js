// Single keys for those who look through many candidates. A page loads this only for an account that has them switched on.
// They are letters and numbers wherever something is typed, and leave alone what is pressed with Control, Alt or Command.

const TYPED_INTO = "input, textarea, select, [contenteditable]";
const STAGES = { 1: "introduced", 2: "screening", 3: "interview", 4: "offer" };
const LINKS = "main .row-link, main .home .lined a.code";

document.addEventListener("keydown", (event) => {
  const typed = event.target.closest?.(TYPED_INTO) || event.isComposing;
  if (typed || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (act(event.key, event.repeat)) event.preventDefault();
});

// Whether the key means something on this page. One that is held down leads on along a list, and does nothing else.
function act(key, held) {
  if (key === "j" || key === "k") return onPage(key === "j" ? "next" : "prev", held) || along(key === "j" ? 1 : -1);
  if (held) return false;
  if (key in STAGES) return move(STAGES[key]);
  if (key === "5") return decide();
  if (key !== "?") return false;
  document.getElementById("keys").togglePopover();
  return true;
}

// The next candidate of the list that one came from.
function onPage(where, held) {
  const link = document.querySelector(`.around a[rel="${where}"]`);
  if (link && !held) link.click();
  return Boolean(link);
}

function along(step) {
  const links = [...document.querySelectorAll(LINKS)].filter((one) => one.checkVisibility());
  const at = links.findIndex((one) => one.closest("tr, li").contains(document.activeElement));
  const next = at < 0 ? links[step > 0 ? 0 : links.length - 1] : links[at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return links.length > 0;
}

// The row or card that has the focus, on the list or the board.
function current() {
  return document.activeElement.closest("tr, li")?.querySelector(".row-link") && document.activeElement.closest("tr, li");
}

function move(stage) {
  const button = document.querySelector(`.stages button[value="${stage}"]`);
  if (button) button.click();
  const chosen = current()?.querySelector('[name="chosen"]');
  if (button || !chosen) return Boolean(button);
  const form = document.getElementById(chosen.getAttribute("form"));
  const sender = Object.assign(document.createElement("button"), { name: "row", value: `${chosen.value}.${stage}`, hidden: true });
  form.append(sender);
  form.requestSubmit(sender);
  sender.remove();
  return true;
}

function decide() {
  const field = document.querySelector("#outcome :is(summary, input:not([type=hidden]))");
  const link = current()?.querySelector(".row-link");
  if (field) {
    field.focus();
    document.getElementById("outcome").scrollIntoView();
  } else if (link) {
    location.assign(`${link.href}#outcome`);
  }
  return Boolean(field || link);
}

// Whoever moved a row goes on from it.
if (location.hash.startsWith("#at-")) document.getElementById(location.hash.slice(1))?.focus();
