(() => {
  const root = document.currentScript.closest(".turning");
  const find = (selector) => root.querySelector(selector);
  const data = find('script[type="application/json"]');
  const canvas = find("canvas"), tip = find(".turning-tip"), still = find("svg");
  const buttons = [...root.querySelectorAll(".turning-key button")];
  const turns = data.dataset.turns === "1";
  const pen = canvas.getContext("2d");
  if (!pen) return;

  const dots = JSON.parse(data.textContent).flatMap((numbers, segment) => {
    const own = [];
    for (let at = 0; at < numbers.length; at += 3) {
      own.push({ segment, x: numbers[at] / 100, y: numbers[at + 1] / 100, z: numbers[at + 2] / 100 });
    }
    return own;
  });
  const colours = buttons.map((button) => button.dataset.colour);
  const shown = buttons.map(() => true);
  // Corners of a box around the usual customers, and which of them an edge joins: it shows how the picture is turned.
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ x: n & 1 ? 1 : -1, y: n & 2 ? 1 : -1, z: n & 4 ? 1 : -1 }));
  const edges = corners.flatMap((_, n) => [1, 2, 4].filter((bit) => !(n & bit)).map((bit) => [n, n | bit]));
  let yaw = 0, pitch = 0, wide = 0, tall = 0, stressed = -1, waiting = false;

  // Where a point is on the screen; nearer ones (near towards 1) are drawn larger and last.
  const place = (point) => {
    const x = point.x * Math.cos(yaw) + point.z * Math.sin(yaw);
    const z = point.z * Math.cos(yaw) - point.x * Math.sin(yaw);
    const y = point.y * Math.cos(pitch) - z * Math.sin(pitch);
    const near = z * Math.cos(pitch) + point.y * Math.sin(pitch);
    const size = (0.32 * tall) / (turns ? 1 - 0.14 * near : 1);
    point.at = { x: wide / 2 + x * size, y: tall / 2 - y * size, near };
    return point;
  };

  const frame = () => {
    if (!turns) return;
    const placed = corners.map(place);
    pen.strokeStyle = "#d9dde2";
    pen.lineWidth = 1;
    pen.beginPath();
    for (const [one, other] of edges) {
      pen.moveTo(placed[one].at.x, placed[one].at.y);
      pen.lineTo(placed[other].at.x, placed[other].at.y);
    }
    pen.stroke();
  };

  const draw = () => {
    waiting = false;
    pen.clearRect(0, 0, wide, tall);
    frame();
    const visible = dots.filter((dot) => shown[dot.segment]).map(place);
    visible.sort((one, other) => one.at.near - other.at.near);
    for (const dot of visible) {
      const depth = turns ? Math.min(1, Math.max(0, (dot.at.near + 1.3) / 2.6)) : 0.6;
      pen.globalAlpha = stressed >= 0 && dot.segment !== stressed ? 0.12 : 0.4 + 0.5 * depth;
      pen.fillStyle = colours[dot.segment];
      pen.beginPath();
      pen.arc(dot.at.x, dot.at.y, (1.7 + 1.6 * depth) * Math.max(0.7, tall / 460), 0, 6.3);
      pen.fill();
    }
    pen.globalAlpha = 1;
  };
  const redraw = () => {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  };

  const fit = () => {
    const box = canvas.getBoundingClientRect(), sharp = Math.min(2, window.devicePixelRatio || 1);
    if (!box.width) return;
    [wide, tall] = [box.width, box.height];
    [canvas.width, canvas.height] = [Math.round(wide * sharp), Math.round(tall * sharp)];
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    draw();
  };

  const turn = (across, up) => {
    if (!turns) return;
    yaw += across;
    pitch = Math.max(-1.5, Math.min(1.5, pitch + up));
    redraw();
  };

  const read = (x, y) => {
    let best = null, least = 14;
    for (const dot of dots) {
      if (!shown[dot.segment] || !dot.at) continue;
      const far = Math.hypot(dot.at.x - x, dot.at.y - y);
      if (far <= least) [best, least] = [dot, far];
    }
    tip.hidden = !best;
    if (best) {
      tip.textContent = buttons[best.segment].querySelector("span").textContent;
      tip.style.top = `${best.at.y + 12}px`;
      tip.style.left = `${Math.max(0, Math.min(best.at.x + 8, wide - tip.offsetWidth))}px`;
    }
    const now = best ? best.segment : -1;
    if (now !== stressed) {
      stressed = now;
      redraw();
    }
  };
  const forget = () => {
    tip.hidden = true;
    if (stressed >= 0) redraw();
    stressed = -1;
  };

  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY };
    canvas.setPointerCapture(event.pointerId);
    forget();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return read(event.offsetX, event.offsetY);
    turn((event.clientX - held.x) * 0.008, (event.clientY - held.y) * 0.008);
    held = { x: event.clientX, y: event.clientY, turned: true };
  });
  canvas.addEventListener("pointerup", (event) => {
    // Who only touches, and does not turn, wants to read: a finger cannot hover.
    if (held && !held.turned) read(event.offsetX, event.offsetY);
    held = null;
  });
  canvas.addEventListener("pointercancel", () => { held = null; });
  canvas.addEventListener("pointerleave", forget);
  canvas.addEventListener("dblclick", () => {
    [yaw, pitch] = [0, 0];
    redraw();
  });
  const steps = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] };
  canvas.addEventListener("keydown", (event) => {
    if (!turns || !steps[event.key]) return;
    event.preventDefault();
    turn(...steps[event.key]);
  });
  buttons.forEach((button, segment) => button.addEventListener("click", () => {
    shown[segment] = !shown[segment];
    button.setAttribute("aria-pressed", String(shown[segment]));
    redraw();
  }));

  root.classList.add("turning-live");
  still.setAttribute("hidden", "");
  canvas.hidden = false;
  find(".turning-help").hidden = false;
  new ResizeObserver(fit).observe(canvas);
  fit();
})();
