// What script adds to lists of matches and to the page of a pair. Without it the weights are number inputs and a button.
"use strict";

const form = document.querySelector("[data-weights]");

// A number input becomes a slider with its number beside it; one with an error stays as it was typed.
function slide(input) {
  if (input.getAttribute("aria-invalid")) return;
  const value = input.value === "" ? input.defaultValue : input.value;
  input.type = "range";
  input.min = "0";
  input.max = input.dataset.weight;
  input.step = "1";
  input.value = value;
  input.classList.add("form-range");
  input.classList.remove("form-control", "number");
  const shown = document.createElement("output");
  shown.htmlFor = input.id;
  const show = () => { shown.textContent = input.value; };
  input.addEventListener("input", show);
  input.after(shown);
  show();
}

if (form) {
  form.querySelectorAll("[data-weight]").forEach(slide);
  form.classList.add("has-sliders");

  // The address that people pass on says only what differs from the default.
  form.addEventListener("formdata", (event) => {
    form.querySelectorAll("[data-weight]").forEach((input) => {
      if (event.formData.get(input.name) === form.dataset.weights) event.formData.delete(input.name);
    });
  });

  // The new order is said aloud once it stands there.
  document.addEventListener("htmx:afterSettle", () => {
    const says = document.getElementById("ranked")?.dataset.says;
    if (says) document.getElementById("status").textContent = says;
  });
}

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
