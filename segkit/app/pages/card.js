// The card's own script: customers in a plane, columns as bars, filters that live in the address.
for (const piece of document.querySelectorAll("[data-opened]")) {
  piece.parentElement.addEventListener("toggle", () => {
    fetch(piece.dataset.opened).then((answer) => answer.text()).then((text) => { piece.innerHTML = text; })
      .catch(() => { piece.textContent = "The pictures did not come. Is the app still running?"; });
  }, { once: true });
}

// The address's end belongs to the filters, so links within the page only go there.
for (const link of document.querySelectorAll('a[href^="#"]')) {
  link.addEventListener("click", (one) => {
    const target = document.querySelector(link.hash);
    one.preventDefault();
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  });
}

const place = document.getElementById("explore");
const waiting = place.querySelector(".waiting");
waiting.hidden = false;
fetch(place.dataset.customers, { headers: { Accept: "application/json" } })
  .then((answer) => answer.json().then((said) => { if (!answer.ok) throw new Error(`${said.problem}. ${said.mend}`); return said; }))
  .then((data) => { waiting.hidden = true; place.querySelector(".explore").hidden = false; explore(data); })
  .catch((error) => { waiting.textContent = `The customers cannot be shown: ${error.message}`; });

function made(tag, said = {}, ...inside) {
  const one = Object.assign(document.createElement(tag), said);
  one.append(...inside);
  return one;
}

function drawn(tag, said) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(said)) one.setAttribute(name, value);
  return one;
}

function percent(share) {
  if (share > 0 && share < 0.005) return "under 1 %";
  return share >= 0.995 && share < 1 ? "over 99 %" : `${Math.round(100 * share)} %`;
}

function explore(data) {
  const find = (what) => place.querySelector(what);
  const columns = new Map(data.columns.map((one) => [one.name, one]));
  const segments = new Map(data.segments.map((one) => [one.segment, one]));
  const own = segments.get(data.segment), count = data.labels.length;
  const each = data.each, about = data.sampled ? "about " : "";
  const whole = (number) => Math.round(number).toLocaleString("en-US");
  const panels = new Map();
  let counting = 0;
  let state = { on: new Map(), box: null, who: "", look: [] };

  // What the address says, and back: a filter is on.COLUMN=2-5 (bins from, to) or on.COLUMN=0.3 (these bins).
  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    state = { on: new Map(), box: null, who: said.get("who") === "all" ? "all" : "", look: said.getAll("look").filter((name) => columns.has(name)) };
    for (const [key, value] of said) {
      const column = columns.get(key.slice(3));
      if (!key.startsWith("on.") || !column) continue;
      const between = /^(\d+)-(\d+)$/.exec(value), last = column.bins.length - 1;
      if (column.ordered && between) state.on.set(column.name, { first: Math.min(between[1], last), last: Math.min(between[2], last) });
      else if (!column.ordered && /^\d+(\.\d+)*$/.test(value)) state.on.set(column.name, { bins: new Set(value.split(".").map(Number)) });
    }
    const box = (said.get("box") || "").split(",").map(Number);
    if (box.length === 4 && box.every(Number.isFinite)) state.box = box;
  }

  function words(filters = state) {
    const said = new URLSearchParams();
    for (const [name, one] of filters.on) said.append(`on.${name}`, one.bins ? [...one.bins].sort((a, b) => a - b).join(".") : `${one.first}-${one.last}`);
    if (filters.box) said.append("box", filters.box.join(","));
    if (filters.who) said.append("who", filters.who);
    return said;
  }

  function changed() {
    const said = words();
    for (const name of state.look) said.append("look", name);
    history.replaceState(null, "", said.size ? `#${said}` : location.pathname + location.search);
    show();
  }

  const inBox = (at) => !state.box || (data.places[2 * at] >= state.box[0] && data.places[2 * at] <= state.box[2] && data.places[2 * at + 1] >= state.box[1] && data.places[2 * at + 1] <= state.box[3]);
  const fits = (one, code) => (one.bins ? one.bins.has(code) : code >= one.first && code <= one.last);
  const matches = (at, but = "") => {
    for (const [name, one] of state.on) if (name !== but && !fits(one, columns.get(name).codes[at])) return false;
    return inBox(at);
  };
  const wanted = (at) => state.who === "all" || data.labels[at] === data.segment;

  function show() {
    const kept = new Set();
    const left = new Map(data.segments.map((one) => [one.segment, 0]));
    for (let at = 0; at < count; at += 1) {
      if (!matches(at)) continue;
      left.set(data.labels[at], left.get(data.labels[at]) + each[at]);
      if (wanted(at)) kept.add(at);
    }
    place.style.setProperty("--own", state.who === "all" ? "#00588f" : own.colour);
    sayLeft(left, about);
    showChips();
    showShares(left);
    countAll();
    showPanels();
    showIds(kept);
    drawPlane();
    for (const link of document.querySelectorAll("a.keeps")) link.hash = location.hash;
    find("a.kept").href = filtered(place.dataset.list);
    find("#whom").value = state.who;
    find(".clear").hidden = !(state.on.size || state.box);
  }

  function filtered(address) {
    const said = words();
    return said.size ? `${address}${address.includes("?") ? "&" : "?"}${said}` : address;
  }

  // Where only some are drawn, all are counted a moment later.
  function countAll() {
    clearTimeout(counting);
    if (!about || !(state.on.size || state.box)) return;
    const asked = filtered(place.dataset.left);
    counting = setTimeout(() => fetch(asked, { headers: { Accept: "application/json" } }).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then((said) => {
        if (asked !== filtered(place.dataset.left)) return;
        const left = new Map(Object.entries(said).map(([segment, customers]) => [Number(segment), customers]));
        sayLeft(left, "");
        showShares(left);
      }).catch(() => {}), 150);
  }

  function sayLeft(left, about) {
    const ours = left.get(data.segment), all = [...left.values()].reduce((sum, one) => sum + one, 0);
    find(".left").textContent = state.on.size || state.box
      ? `The filters leave ${about}${whole(ours)} of this segment's ${whole(own.customers)} customers (${percent(ours / own.customers)}), and ${about}${whole(all)} of all ${whole(data.customers)} (${percent(all / data.customers)}).`
      : `All ${whole(own.customers)} customers of this segment, against all ${whole(data.customers)}. Choose bars, or drag a box, to filter.`;
  }

  // From the first of these bins to the last: 35 to 39 and 50 to 54 are 35 to 54.
  function between(first, last) {
    if (first === last) return first;
    const low = first.split(" to ")[0], high = last.split(" to ").pop();
    if (low.startsWith("below ")) return `up to ${high}`;
    return high.endsWith(" or more") ? `${low} or more` : `${low} to ${high}`;
  }

  function showChips() {
    const chips = [];
    const chip = (text, undo) => chips.push(made("li", {}, made("button", { type: "button", className: "second", ariaLabel: `Take back: ${text}`, textContent: `${text} ✕`, onclick: undo })));
    for (const [name, one] of state.on) {
      const column = columns.get(name);
      const said = one.bins ? [...one.bins].map((bin) => column.bins[bin] ?? "?").join(", ") : between(column.bins[one.first], column.bins[one.last]);
      chip(`${column.title}: ${said}`, () => { state.on.delete(name); changed(); });
    }
    if (state.box) chip("in the box", () => { state.box = null; changed(); });
    find(".chips").replaceChildren(...chips);
  }

  function showShares(left) {
    const all = [...left.values()].reduce((sum, one) => sum + one, 0);
    find(".shares-of tbody").replaceChildren(...data.segments.map((one) => {
      const dot = made("span", { className: "dot" });
      dot.style.setProperty("--own", one.colour);
      const share = all ? percent(left.get(one.segment) / all) : "0 %";
      return made("tr", { className: one.segment === data.segment ? "own" : "" },
        made("th", { scope: "row" }, dot, one.name),
        made("td", { className: "number", textContent: share }),
        made("td", { className: "number", textContent: percent(one.customers / data.customers) }));
    }));
  }

  function shares(column) {
    const ours = new Array(column.bins.length).fill(0), all = ours.slice();
    let mine = 0, everyone = 0;
    for (let at = 0; at < count; at += 1) {
      const code = column.codes[at];
      if (code < 0) continue;
      all[code] += each[at]; everyone += each[at];
      // Of its own filter a column shows what it takes away.
      if (wanted(at) && matches(at, column.name)) { ours[code] += each[at]; mine += each[at]; }
    }
    return { ours: ours.map((one) => (mine ? one / mine : 0)), all: all.map((one) => (everyone ? one / everyone : 0)) };
  }

  function showPanels() {
    const names = [...new Set([...data.telling, ...state.look, ...state.on.keys()])];
    for (const [name, panel] of panels) if (!names.includes(name)) { panel.box.remove(); panels.delete(name); }
    for (const name of names) {
      if (!panels.has(name)) {
        const column = columns.get(name);
        panels.set(name, column.ordered ? rangePanel(column) : levelPanel(column));
        find(".panels").append(panels.get(name).box);
      }
      const panel = panels.get(name);
      panel.box.classList.toggle("on", state.on.has(name));
      panel.show(shares(columns.get(name)), state.on.get(name));
    }
    const more = find("#more");
    const rest = data.columns.filter((one) => !names.includes(one.name)).sort((one, other) => one.title.localeCompare(other.title));
    more.replaceChildren(made("option", { value: "", textContent: "choose" }), ...rest.map((one) => made("option", { value: one.name, textContent: one.title })));
    more.closest("p").hidden = !rest.length;
  }

  function setRange(column, first, last) {
    const low = Math.min(first, last), high = Math.max(first, last);
    if (low === 0 && high === column.bins.length - 1) state.on.delete(column.name);
    else state.on.set(column.name, { first: low, last: high });
    changed();
  }

  // Bars that are brushed with the mouse; the two lists below them do the same.
  function rangePanel(column) {
    const bins = column.bins.length, svg = drawn("svg", { viewBox: `0 0 ${10 * bins} 60`, preserveAspectRatio: "none", role: "img" });
    const chosen = drawn("rect", { class: "chosen", y: 0, height: 60 });
    svg.append(chosen);
    const bars = column.bins.map((label, bin) => {
      const all = drawn("rect", { class: "all", x: 10 * bin + 0.5, width: 9 }), ours = drawn("rect", { class: "ours", x: 10 * bin + 2.5, width: 5 });
      const title = drawn("title", {}), group = drawn("g", {});
      group.append(title, drawn("rect", { x: 10 * bin, width: 10, y: 0, height: 60, fill: "transparent" }), all, ours);
      svg.append(group);
      return { all, ours, title };
    });
    const list = (word) => {
      const select = made("select", {}, ...column.bins.map((label, bin) => made("option", { value: bin, textContent: label })));
      return [made("label", {}, `${word} `, select), select];
    };
    const [fromLabel, from] = list("from"), [toLabel, to] = list("to");
    from.onchange = () => setRange(column, Number(from.value), Math.max(Number(from.value), Number(to.value)));
    to.onchange = () => setRange(column, Math.min(Number(from.value), Number(to.value)), Number(to.value));
    let start = null;
    const bin = (one) => { const seen = svg.getBoundingClientRect(); return Math.max(0, Math.min(bins - 1, Math.floor(bins * (one.clientX - seen.left) / seen.width))); };
    const mark = (first, last) => { chosen.setAttribute("x", 10 * Math.min(first, last)); chosen.setAttribute("width", 10 * (Math.abs(last - first) + 1)); };
    svg.onpointerdown = (one) => { start = bin(one); mark(start, start); svg.setPointerCapture(one.pointerId); };
    svg.onpointermove = (one) => { if (start !== null) mark(start, bin(one)); };
    svg.onpointercancel = () => { start = null; show(); };
    svg.onpointerup = (one) => {
      if (start === null) return;
      const first = start, last = bin(one), now = state.on.get(column.name);
      start = null;
      if (now && first === last && now.first === first && now.last === last) { state.on.delete(column.name); changed(); } else setRange(column, first, last);
    };
    const few = bins <= 8 && column.bins.join("").length < 30;
    const ends = made("div", { className: "ends", ariaHidden: "true" }, ...(few ? column.bins : [column.bins[0], column.bins[bins - 1]]).map((label) => made("span", { textContent: label })));
    if (few) ends.style.justifyContent = "space-around";
    const box = made("fieldset", {}, made("legend", { textContent: column.title }), svg, ends, made("div", { className: "from" }, fromLabel, toLabel));
    const show = (found, filter) => {
      const top = Math.max(0.01, ...found.ours, ...found.all);
      svg.setAttribute("aria-label", column.bins.map((label, at) => `${label}: ${percent(found.ours[at])}, everyone ${percent(found.all[at])}`).join("; "));
      bars.forEach((bar, at) => {
        for (const [part, value] of [[bar.all, found.all[at]], [bar.ours, found.ours[at]]]) { part.setAttribute("height", 58 * value / top); part.setAttribute("y", 60 - 58 * value / top); }
        bar.title.textContent = `${column.bins[at]}: ${percent(found.ours[at])} (everyone ${percent(found.all[at])})`;
      });
      if (filter) mark(filter.first, filter.last); else chosen.setAttribute("width", 0);
      from.value = filter ? filter.first : 0;
      to.value = filter ? filter.last : bins - 1;
    };
    return { box, show };
  }

  function levelPanel(column) {
    const rows = column.bins.map((label, bin) => {
      const input = made("input", { type: "checkbox" }), all = made("i"), ours = made("i"), part = made("span", { className: "part" });
      const name = made("span", { textContent: label, title: label });
      input.onchange = () => {
        const bins = new Set(rows.map((row, at) => (row.input.checked ? at : -1)).filter((at) => at >= 0));
        if (bins.size && bins.size < column.bins.length) state.on.set(column.name, { bins }); else state.on.delete(column.name);
        changed();
      };
      return { input, all, ours, part, row: made("label", { className: "level" }, input, name, made("span", { className: "bar", ariaHidden: "true" }, all, ours), part) };
    });
    const box = made("fieldset", {}, made("legend", { textContent: column.title }), ...rows.map((one) => one.row));
    const show = (found, filter) => rows.forEach((row, at) => {
      row.all.style.width = `${100 * found.all[at]}%`;
      row.ours.style.width = `${100 * found.ours[at]}%`;
      row.part.textContent = percent(found.ours[at]);
      row.row.title = `${column.bins[at]}: ${percent(found.ours[at])} (everyone ${percent(found.all[at])})`;
      row.input.checked = Boolean(filter) && filter.bins.has(at);
    });
    return { box, show };
  }

  function showIds(kept) {
    const first = [...kept].slice(0, 50);
    find(".ids").replaceChildren(...first.map((at) => made("li", {}, made("code", { textContent: data.ids[at] }))));
    find(".says").textContent = saysShown(kept.size);
  }

  function saysShown(size) {
    if (!size) return "Nobody who is drawn is left: take a filter back.";
    const some = size > 50 ? `The first 50 of ${whole(size)}` : size === 1 ? "One customer" : `${whole(size)} customers`;
    return about ? `${some} who are drawn, by ${data.id}; the file has all of them.` : `${some}, by ${data.id}.`;
  }

  // The plane.
  const canvas = find("canvas"), pen = canvas.getContext("2d"), edge = 130;
  let dragged = null;
  const order = [...Array(count).keys()].sort((one, other) => (data.labels[one] === data.segment) - (data.labels[other] === data.segment));

  function drawPlane() {
    const wide = canvas.clientWidth, tall = canvas.clientHeight, times = window.devicePixelRatio || 1;
    if (!wide) return;
    canvas.width = wide * times; canvas.height = tall * times;
    pen.setTransform(times, 0, 0, times, 0, 0);
    const x = (value) => wide * (value + edge) / (2 * edge), y = (value) => tall * (edge - value) / (2 * edge);
    const dot = (at, ink, alpha, size) => {
      pen.globalAlpha = alpha; pen.fillStyle = ink;
      pen.beginPath(); pen.arc(x(data.places[2 * at]), y(data.places[2 * at + 1]), size, 0, 7); pen.fill();
    };
    const left = order.filter((at) => matches(at)), inside = new Set(left);
    for (const at of order) if (!inside.has(at)) dot(at, "#c3c9d1", 0.5, 1.8);
    for (const at of left) {
      const ours = data.labels[at] === data.segment;
      dot(at, segments.get(data.labels[at]).colour, ours || state.who === "all" ? 0.85 : 0.35, ours ? 3.2 : 2.4);
    }
    pen.globalAlpha = 1;
    const box = dragged || state.box;
    if (!box) return;
    const [l, b, r, t] = [Math.min(box[0], box[2]), Math.min(box[1], box[3]), Math.max(box[0], box[2]), Math.max(box[1], box[3])];
    pen.strokeStyle = "#00588f"; pen.lineWidth = 2; pen.setLineDash(dragged ? [5, 4] : []);
    pen.strokeRect(x(l), y(t), x(r) - x(l), y(b) - y(t));
    pen.setLineDash([]);
  }

  const value = (one) => {
    const seen = canvas.getBoundingClientRect();
    return [2 * edge * (one.clientX - seen.left) / seen.width - edge, edge - 2 * edge * (one.clientY - seen.top) / seen.height];
  };
  canvas.onpointerdown = (one) => { const at = value(one); dragged = [...at, ...at]; canvas.setPointerCapture(one.pointerId); };
  canvas.onpointermove = (one) => { if (dragged) { [dragged[2], dragged[3]] = value(one); drawPlane(); } };
  canvas.onpointercancel = () => { dragged = null; drawPlane(); };
  canvas.onpointerup = () => {
    if (!dragged) return;
    const [l, b, r, t] = dragged.map(Math.round), isBox = Math.abs(r - l) > 2 && Math.abs(t - b) > 2;
    dragged = null;
    state.box = isBox ? [Math.min(l, r), Math.min(b, t), Math.max(l, r), Math.max(b, t)] : null;
    changed();
    sides();
  };
  const inputs = [...place.querySelectorAll("[data-side]")];
  const sides = () => inputs.forEach((one, at) => { one.value = state.box ? state.box[at] : ""; });
  for (const one of inputs) one.onchange = () => {
    if (inputs.some((other) => other.value === "")) return;
    const [l, b, r, t] = inputs.map((other) => Math.round(Number(other.value)));
    state.box = [Math.min(l, r), Math.min(b, t), Math.max(l, r), Math.max(b, t)];
    changed();
  };

  find("#whom").onchange = (one) => { state.who = one.target.value; changed(); };
  find("#more").onchange = (one) => { if (one.target.value) { state.look.push(one.target.value); changed(); } };
  find(".clear").onclick = () => { state.on.clear(); state.box = null; changed(); sides(); };
  find(".axes").textContent = `Across: ${data.axes[0]}. Up: ${data.axes[1]}. ${about ? `${whole(count)} of ${whole(data.customers)} customers are drawn, by chance. ` : ""}Drag a box to keep who is in it; click to let it go.`;
  window.addEventListener("hashchange", () => { read(); show(); sides(); });
  window.addEventListener("resize", drawPlane);
  read();
  show();
  sides();
}
