// What somebody typed is not lost unseen: the browser asks before a page is left on which a form was changed and not sent.
// Forms worth asking for carry data-keeps. It is "unsent" from the first change until the form is sent; the server writes
// it so when it gives a form back with what was typed.

// The browser fires "beforeunload" for these too, although the page stays: letters, calls and files to save.
const STAYS = 'a:is([href^="mailto:"], [href^="tel:"], [href*="save="])';
const AT_ONCE = 1000; // milliseconds
let stayed = -AT_ONCE;

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "keeps" in form.dataset) form.dataset.keeps = "unsent";
  if (event.target.dataset.most) count(event.target);
});

// How long a text is, of how long it may be; counted as the server counts.
function count(field) {
  const length = [...field.value.trim()].length, most = Number(field.dataset.most);
  const shown = document.getElementById(`${field.id}-count`);
  shown.textContent = `${length.toLocaleString("en")} / ${most.toLocaleString("en")}`;
  shown.classList.toggle("field-error", length > most);
}

// A reason says its result. A result keeps the reason that is its own, or takes the only one that it has.
document.addEventListener("change", (event) => {
  const { form, name, value } = event.target;
  const groups = [...(form?.querySelectorAll(".reasons[data-of]") ?? [])];
  if (name === "reason") {
    const own = groups.find((group) => group.contains(event.target));
    if (own) form.querySelector(`[name="result"][value="${own.dataset.of}"]`).checked = true;
  } else if (name === "result") {
    for (const group of groups) {
      const reasons = [...group.querySelectorAll("input")];
      if (group.dataset.of !== value) reasons.forEach((one) => { one.checked = false; });
      else if (reasons.length === 1) reasons[0].checked = true;
    }
  }
});

// A form that was changed and not sent comes along when the language is changed, and is shown again as it was typed.
// A search always does. htmx would send it itself, so it is sent without any listener being told.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".language-switch button");
  if (!button) return;
  const typed = document.querySelector('form[data-keeps="unsent"]');
  const bound = document.getElementById(button.getAttribute("form"));
  if (typed) {
    // A button of its own sends it and is gone: Enter in the form never meets it, even when nothing comes of sending.
    const sender = Object.assign(button.cloneNode(), { hidden: true, name: "only_show", value: "yes" });
    const to = encodeURIComponent(typed.getAttribute("action"));
    sender.setAttribute("form", typed.id);
    sender.setAttribute("formaction", `/language?lang=${button.lang}&to=${to}`);
    event.preventDefault();
    typed.append(sender);
    typed.requestSubmit(sender);
    sender.remove();
  } else if (bound?.hasAttribute("hx-post")) {
    const path = bound.getAttribute("action");
    const only = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    event.preventDefault();
    bound.setAttribute("action", button.getAttribute("formaction"));
    bound.append(only);
    HTMLFormElement.prototype.submit.call(bound);
    bound.setAttribute("action", path);
    only.remove();
  } else if (bound && "keeps" in bound.dataset) {
    for (const name of ["form", "formaction", "name"]) button.removeAttribute(name);
  }
}, true);

// Before any other listener, so that it counts whoever sends the form: the browser, or htmx in its place.
document.addEventListener("submit", (event) => {
  if ("keeps" in event.target.dataset) event.target.dataset.keeps = "";
}, true);

// On a phone the filters fold away again once they are sent, so that what was found comes into sight.
document.addEventListener("submit", (event) => {
  const fold = event.target.querySelector(".filters-fold[open]");
  if (!fold?.firstElementChild.checkVisibility()) return;
  fold.open = false;
  fold.firstElementChild.focus();
});

// On a desk they are open also in a browser whose style sheets cannot show what is folded.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 40.01rem)").matches) {
  document.querySelectorAll(".filters-fold, .sections-fold").forEach((fold) => fold.setAttribute("open", ""));
}

document.addEventListener("click", (event) => {
  if (event.target.closest(STAYS)) stayed = event.timeStamp;
}, true);

// What htmx would exchange may hold such a form: then the page is left in the browser's own way, and so asked for.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target } = event.detail;
  if (!(elt instanceof HTMLFormElement) || !target.querySelector('form[data-keeps="unsent"]')) return;
  event.preventDefault();
  elt.submit();
});

// Back brings the text again, but inside a fold as the server wrote it: closed.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    const typed = [...form.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);
    if (!typed) continue;
    form.dataset.keeps = "unsent";
    form.querySelectorAll("[data-most]").forEach(count);
    form.closest("details")?.setAttribute("open", "");
  }
});

window.addEventListener("beforeunload", (event) => {
  const stays = event.timeStamp - stayed < AT_ONCE;
  if (!stays && document.querySelector('form[data-keeps="unsent"]')) event.preventDefault();
});

// A personal link's secret stands after the # of its address, which is sent to nobody. It moves into the form, out of the
// address, and waits for the button: no program that opens links uses one up.
function takeFromAddress() {
  const place = document.querySelector("[data-from-address]");
  if (!place || location.hash.length < 2) return;
  place.querySelector("input").value = location.hash.slice(1);
  place.hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
}
takeFromAddress();
window.addEventListener("hashchange", takeFromAddress);

// A link to a part of the page unfolds it, from this page and from another.
function unfold(hash) {
  const part = hash.length > 1 && document.getElementById(hash.slice(1));
  part?.querySelector?.("details.fold:not([open])")?.setAttribute("open", "");
}
document.addEventListener("click", (event) => {
  const link = event.target.closest('.jump a[href^="#"]');
  if (link) unfold(link.hash);
});
if (document.querySelector(".jump")) unfold(location.hash);

// Only a script can open the browser's print dialogue: without one there is no button for it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
