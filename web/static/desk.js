// Keys of the review desk, either side of a document lighting the other, and dropping files. All of it works without.
"use strict";

const KEYS = { Delete: "Delete", ArrowRight: "ArrowRight", F4: "F4" };

function typing(event) {
  const place = event.target;
  return place.matches("input:not([type=hidden]), textarea, select") && !place.readOnly;
}

function press(key) {
  const button = document.querySelector(`#desk [data-key="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}

// By the place of the key and not by what it writes: a Thai keyboard has letters on the row of digits.
function digit(event) {
  const found = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  return found ? found[1] : null;
}

function accept() {
  const next = document.querySelector("#next");
  if (next) next.click();
  else if (document.querySelector("#desk")?.dataset.default === "yes") press("1");
  else document.querySelector("#answer [data-key]")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!document.querySelector("#desk") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const input = document.querySelector("#text");
  if (typing(event)) {
    if (event.key === "Escape") event.target.blur();
    const unchanged = event.target === input && input.value === input.dataset.original;
    if (event.key === "Enter" && unchanged && document.querySelector("#desk").dataset.default !== "yes") {
      event.preventDefault();
      document.querySelector("#answer [data-key]")?.focus();
    }
    return;
  }
  if (event.target.closest("summary, a, button") && event.key === "Enter") return;
  const picked = digit(event);
  let done = true;
  if (picked && press(picked)) event.preventDefault();
  else if (event.key === "Enter") accept();
  else if (KEYS[event.key]) done = press(KEYS[event.key]);
  else if (event.key === "Backspace") document.querySelector("#undo button")?.click();
  else if (input && (event.key === "F2" || event.key.length === 1)) {
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    done = event.key === "F2";
  } else done = false;
  if (done) event.preventDefault();
});

function light(path, on) {
  for (const element of document.querySelectorAll("[data-path]")) {
    if (element.dataset.path !== path) continue;
    (element.querySelector("rect") ?? element).classList.toggle("lit", on);
  }
}

for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => {
    const place = event.target.closest?.("[data-path]");
    if (place) light(place.dataset.path, on);
  });
}

const drop = document.querySelector(".drop");
if (drop) {
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    document.querySelector("#files").files = event.dataTransfer.files;
    document.querySelector("#upload").requestSubmit();
  });
}

// An answer that was refused (409, 422) is a page to be read like any other.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// The next question has an input of the same name, which would keep the keys: they are to answer it, not to be typed.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement?.id === "text") document.activeElement.blur();
});
