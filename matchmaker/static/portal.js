// What script adds to pages that already work without it. No eval, nothing inline.
"use strict";

// A form is sent once: a second press while the first is under way would post twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // aria-disabled, since a disabled button would keep its own name and value out of what is sent.
  form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
});

// Filters nobody filled in stay out of the address that people pass on.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  const filled = Array.from(event.formData).filter(([, value]) => value !== "");
  new Set(event.formData.keys()).forEach((name) => event.formData.delete(name));
  filled.forEach(([name, value]) => event.formData.append(name, value));
});

// The back button may bring the page back as it was left, with its forms marked as sent.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

// <form data-warn-unsaved>: the browser asks before what was typed is thrown away.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "warnUnsaved" in form.dataset) form.dataset.changed = "yes";
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]:not([data-sent])")) event.preventDefault();
});

// Something was wrong: start reading at the summary, or wherever the page says.
document.querySelector("[data-focus]")?.focus();

// The phone's menu also closes on Escape and on a press outside it.
const menu = document.querySelector("[data-menu]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

// htmx puts new results in place: folded parts stay as the reader left them, and the count is said aloud.
let folds = new Map();

document.addEventListener("htmx:beforeSwap", () => {
  folds = new Map(Array.from(document.querySelectorAll("details[id]"), (details) => [details.id, details.open]));
});

document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll("details[id]").forEach((details) => {
    details.open = folds.get(details.id) ?? details.open;
  });
  const said = document.querySelector(".found-head h1");
  if (said) document.getElementById("status").textContent = said.textContent.trim();
});
