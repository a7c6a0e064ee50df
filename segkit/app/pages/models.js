// Bringing a file is what sends this form's answers.
for (const form of document.querySelectorAll("form[data-never]")) form.onsubmit = () => false;

// What takes some seconds is sent once; a page that the browser brings back can be sent again.
for (const form of document.querySelectorAll("form[data-once]")) {
  const button = form.querySelector("button"), says = form.querySelector("[aria-live]"), usual = says.textContent;
  form.onsubmit = () => { setTimeout(() => { button.disabled = true; }); says.textContent = `${form.dataset.once} …`; };
  addEventListener("pageshow", () => { button.disabled = false; says.textContent = usual; });
}
