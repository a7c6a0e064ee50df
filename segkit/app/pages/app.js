document.documentElement.classList.add("scripted");

// Pieces that the first screen does not wait for.
for (const place of document.querySelectorAll("[data-piece]")) {
  fetch(place.dataset.piece).then((answer) => answer.text()).then((piece) => { place.innerHTML = piece; })
    .catch(() => { place.textContent = "The store does not answer."; });
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.onclick = () => navigator.clipboard.writeText(button.nextElementSibling.textContent).then(() => { button.textContent = "Copied"; });
}

// What is sent is sent once, however often its button is pressed; a page that the browser brings back can be sent again.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  const mark = (now) => { sent = now; document.documentElement.classList.toggle("sent", now); };
  form.addEventListener("submit", (one) => { if (sent) one.preventDefault(); else mark(true); });
  addEventListener("pageshow", () => mark(false));
}

const bring = document.getElementById("bring");
if (bring) {
  const input = bring.querySelector("input"), moving = bring.querySelector(".moving"), wrong = bring.querySelector(".wrong");
  const refuse = (problem, mend) => {
    moving.hidden = true; wrong.hidden = false; input.value = ""; input.disabled = false;
    wrong.querySelector("b").textContent = problem;
    wrong.querySelector("p").textContent = mend;
  };
  const send = (file) => {
    wrong.hidden = true;
    const largest = Number(bring.dataset.largest);
    if (file.size > largest) return refuse(`${file.name} is larger than ${Math.round(largest / 1e6)} MB`, "start the app with largest_mb=... above it, or use the command line");
    const request = new XMLHttpRequest();
    const bar = moving.querySelector("progress"), says = moving.querySelector(".says");
    moving.hidden = false; input.disabled = true;
    const asked = new URLSearchParams(bring.closest("form") ? new FormData(bring.closest("form")) : []);
    asked.set("name", file.name);
    request.open("PUT", `${bring.dataset.put}?${asked}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (one) => {
      bar.value = one.total ? one.loaded / one.total : 1;
      says.textContent = one.loaded < one.total ? `${Math.round(100 * one.loaded / one.total)} % is here` : "looking at it";
    };
    request.onerror = () => refuse("the table could not be sent", "is the app still running?");
    request.onload = () => {
      let said = {};
      try { said = JSON.parse(request.responseText); } catch { said = { problem: request.responseText.slice(0, 300), mend: "" }; }
      if (request.status === 201) location.assign(said.address);
      else refuse(said.problem, said.mend);
    };
    request.send(file);
  };
  input.onchange = () => input.files.length && send(input.files[0]);
  bring.ondragover = (one) => { one.preventDefault(); bring.classList.add("over"); };
  bring.ondragleave = () => bring.classList.remove("over");
  bring.ondrop = (one) => {
    one.preventDefault(); bring.classList.remove("over");
    if (one.dataTransfer.files.length) send(one.dataTransfer.files[0]);
  };
}

// A column is moved by its select; with a mouse it can be dropped on a box as well.
for (const select of document.querySelectorAll(".box .move select")) {
  const button = select.parentElement.querySelector("button");
  select.onchange = () => button.classList.add("ready");
}
let dragged = null;
for (const column of document.querySelectorAll("[data-drag]")) {
  column.ondragstart = (one) => { dragged = column; one.dataTransfer.setData("text/plain", column.id); };
}
for (const box of document.querySelectorAll(".box")) {
  box.ondragover = (one) => { if (dragged) { one.preventDefault(); box.classList.add("over"); } };
  box.ondragleave = () => box.classList.remove("over");
  box.ondrop = (one) => {
    one.preventDefault();
    if (!dragged || dragged.closest(".box") === box) { box.classList.remove("over"); return; }
    const form = dragged.querySelector("form");
    form.querySelector("select").value = box.dataset.use;
    form.submit();
  };
}

const live = document.querySelector("[data-progress]");
if (live) {
  const look = () => fetch(live.dataset.progress).then((answer) => answer.json()).then((said) => {
    if (said.state !== "running") { location.reload(); return; }
    live.querySelector("progress").max = said.total || 1;
    live.querySelector("progress").value = said.done;
    live.querySelector(".says").textContent = said.says;
    for (const best of live.querySelectorAll(".best")) best.textContent = said.best || "none yet";
    setTimeout(look, 1500);
  }).catch(() => setTimeout(look, 5000));
  setTimeout(look, 1500);
}
