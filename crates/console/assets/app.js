// The little that pages do by themselves. Everything works without it.
"use strict";

// Secrets of links stand behind the hash sign; nobody but this page sees them.
function readCode() {
  const field = document.querySelector("[data-from-hash]");
  if (!field || location.hash.length < 2) return;
  field.value = decodeURIComponent(location.hash.slice(1));
  field.closest("[data-code]").hidden = true;
  history.replaceState(null, "", location.pathname);
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent);
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 2000);
}

// Times are the server's, in UTC; people read their own.
function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (isNaN(at) || time.title) continue;
    time.title = time.textContent;
    time.textContent = at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-submit]");
  if (field) field.form.requestSubmit();
});
document.addEventListener("htmx:load", (event) => localTimes(event.target));
document.addEventListener("DOMContentLoaded", () => {
  readCode();
  localTimes(document);
});
