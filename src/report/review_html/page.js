"use strict";
(() => {
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const status = document.getElementById("status");
  const find = document.getElementById("find");
  const person = document.getElementById("person");
  const finding = document.getElementById("finding");
  let open = null;

  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element && !key.startsWith("aria")) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  const draw = (name, attributes = {}, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const clock = (seconds) => `${seconds.toFixed(1)} s`;

  // Filtering

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits =
        words.every((word) => text.includes(word)) &&
        (!person || person.value === "" || row.dataset.rep === person.value) &&
        (finding.value === "" || row.dataset.codes.split(" ").includes(finding.value));
      row.hidden = !fits;
      shown += fits;
      if (open && open.row === row) open.detail.hidden = !fits;
    }
    status.textContent = `${shown} of ${rows.length} recordings shown`;
  };
  for (const control of [find, person, finding]) if (control) control.addEventListener("input", filter);
  document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("filter").addEventListener("reset", () => setTimeout(filter));
  for (const button of document.querySelectorAll("[data-finding], [data-person]")) {
    button.addEventListener("click", () => {
      if (button.dataset.finding !== undefined) finding.value = button.dataset.finding;
      if (button.dataset.person !== undefined) person.value = button.dataset.person;
      filter();
      document.getElementById("recordings").scrollIntoView();
      find.focus({ preventScroll: true });
    });
  }

  // Sorting

  const heads = Array.from(table.tHead.rows[0].cells);
  const sort = (column) => {
    const head = heads[column];
    const rising = head.getAttribute("aria-sort") !== "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    const isNumber = head.classList.contains("number");
    const value = (row) => {
      const cell = row.cells[column];
      return isNumber ? parseFloat(cell.dataset.value) : cell.textContent.trim();
    };
    const collator = new Intl.Collator(undefined, { numeric: true });
    const unknown = (value) => (isNumber ? Number.isNaN(value) : value === "");
    // What is not known comes last, either way.
    const compare = (a, b) => {
      if (unknown(a.value) || unknown(b.value)) return unknown(a.value) - unknown(b.value);
      const order = isNumber ? a.value - b.value : collator.compare(a.value, b.value);
      return rising ? order : -order;
    };
    const keyed = rows.map((row) => ({ row, value: value(row) })).sort(compare);
    body.append(...keyed.flatMap(({ row }) => (open && open.row === row ? [row, open.detail] : [row])));
    status.textContent = `Sorted by ${head.textContent.trim()}, ${rising ? "lowest" : "highest"} first`;
  };
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => sort(column)));

  // One recording

  const close = () => {
    if (!open) return;
    open.detail.remove();
    if (open.url) URL.revokeObjectURL(open.url);
    open.button.setAttribute("aria-expanded", "false");
    open = null;
  };

  const sound = (id) => {
    const holder = document.getElementById(`a${id}`);
    if (!holder) return null;
    const binary = atob(holder.textContent);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return URL.createObjectURL(new Blob([bytes], { type: holder.dataset.type }));
  };

  const show = (button) => {
    const row = button.closest("tr");
    const wasOpen = open && open.row === row;
    close();
    if (wasOpen) return;
    const id = row.dataset.id;
    const data = JSON.parse(document.getElementById(`r${id}`).textContent);
    const url = sound(id);
    const detail = make("tr", { className: "detail" });
    const cell = make("td", { colSpan: heads.length });
    detail.append(cell);
    open = { row, detail, button, url };
    button.setAttribute("aria-expanded", "true");
    cell.append(...details(data, url || data.sound, button.textContent));
    row.after(detail);
  };
  body.addEventListener("click", (event) => {
    const button = event.target.closest("button[aria-expanded]");
    if (button) show(button);
  });

  const details = (data, source, name) => {
    const parts = [];
    let seek = null;
    if (source) {
      const audio = make("audio", { controls: true, preload: "metadata", src: source, "aria-label": `Recording ${name}` });
      const problem = make("p", { className: "off", hidden: true, textContent: "This browser cannot play the recording, or it is no longer where it was." });
      audio.addEventListener("error", () => { problem.hidden = false; });
      seek = (seconds) => {
        audio.currentTime = seconds;
        audio.play().catch(() => {});
      };
      parts.push(audio, problem);
      parts.push(timeline(data, seek, audio));
    } else {
      parts.push(make("p", { className: "faint", textContent: "The recording itself is not part of this page." }));
      parts.push(timeline(data, null, null));
    }
    parts.push(make("p", { className: "faint", textContent: legend(data) }));
    const at = (start, label) => {
      if (start === null || start === undefined) return document.createTextNode(label);
      if (!seek) return document.createTextNode(`${clock(start)}: ${label}`);
      return make("button", { type: "button", textContent: `${clock(start)}: ${label}`, onclick: () => seek(start) });
    };
    const lanes = make("div", { className: "lanes" });
    lanes.append(changes(data), list("Findings", data.findings.map((found) => {
      const item = make("li", {}, at(found.start, found.text));
      item.append(` (${found.code} ${found.name})`);
      if (found.help) item.append(make("br"), make("span", { className: "faint", textContent: found.help }));
      return item;
    }), ungraded(data) ?? "Nothing stands out."));
    lanes.append(list("Where to listen", events(data).map((event) => make("li", {}, at(event.start, event.title))), "No events."));
    lanes.append(scorecard(data), numbers(data));
    if (data.words.length) parts.push(...said(data, seek));
    parts.push(lanes);
    return parts;
  };

  const legend = (data) => {
    const about = data.median === null ? "" : ` in semitones around ${Math.round(data.median)} Hz`;
    return `From top to bottom: events, pitch${about}, loudness, waveform${data.words.length ? ", words" : ""}. A filled pause with a dashed border is probable and not counted.`;
  };

  const changes = (data) => list("What to change first", data.changes.map(([code, gain, text]) =>
    make("li", { textContent: `${text} (${code}${gain === null ? "" : `; up to +${Math.round(gain)}`})` })), ungraded(data) ?? "No single change stands out.", "ol");

  const ungraded = (data) => (data.reason === null ? null : `No score: ${data.reason}.`);

  const list = (title, items, otherwise, kind = "ul") => {
    const part = make("section", {}, make("h3", { textContent: title }));
    part.append(items.length ? make(kind, {}, ...items) : make("p", { className: "faint", textContent: otherwise }));
    return part;
  };

  const events = (data) => [
    ...data.events.map(([label, start, end, counted]) => ({
      kind: counted ? "filled_pause" : "filled_pause probable", label, start, end,
      title: counted ? `${label}, ${clock(end - start)}` : `probably ${label}, not counted`,
    })),
    ...data.pauses.map(([start, end]) => ({ kind: "pause", label: "", start, end, title: `pause of ${clock(end - start)}` })),
    ...data.flat.map(([start, end]) => ({ kind: "flat", label: "flat", start, end, title: `flat for ${clock(end - start)}` })),
  ].sort((a, b) => a.start - b.start);

  const said = (data, seek) => {
    const words = make("p", { className: "said" });
    for (const [text, start] of data.words) {
      words.append(seek ? make("button", { type: "button", textContent: text, onclick: () => seek(start) }) : text, " ");
    }
    return [make("h3", { textContent: data.words_given ? "Said" : "Probably said" }), words];
  };

  const scorecard = (data) => {
    const table = make("table", {}, make("caption", { className: "hidden", textContent: "Scorecard" }));
    const head = make("tr", {}, make("th", { scope: "col", textContent: "Part" }), make("th", { scope: "col", className: "number", textContent: "Points" }), make("th", { scope: "col", className: "number", textContent: "Weight" }));
    table.append(make("thead", {}, head));
    const rows = data.parts.map(([name, value, weight, reason]) => make("tr", {},
      make("th", { scope: "row", textContent: name }),
      ...(value === null
        ? [make("td", { className: "unknown", colSpan: 2, textContent: `n/a: ${reason}` })]
        : [make("td", { className: "number", textContent: Math.round(value) }), make("td", { className: "number", textContent: `${Math.round(weight * 100)} %` })])));
    table.append(make("tbody", {}, ...rows));
    return make("section", {}, make("h3", { textContent: "Scorecard" }), table);
  };

  const numbers = (data) => {
    const table = make("table", {}, make("caption", { className: "hidden", textContent: "In numbers" }));
    const target = ([low, high]) => (low === null ? `${high} or less` : high === null ? `${low} or more` : `${low} to ${high}`);
    const head = make("tr", {}, ...["Metric", "Value", "Target"].map((text) => make("th", { scope: "col", textContent: text })));
    table.append(make("thead", {}, head));
    const side = (value, aim) => (!aim ? "" : aim[0] !== null && value < aim[0] ? "low" : aim[1] !== null && aim[1] < value ? "high" : "");
    // With so many digits that a value beyond the target does not look like its end.
    const shown = (value, aim) => {
      const rounded = [2, 3, 4].map((digits) => Number(value.toFixed(digits)));
      return rounded.find((one) => side(one, aim) === side(value, aim)) ?? value;
    };
    const cell = (value, unit, aim, reason) => {
      if (value === null) return make("td", { className: "unknown", textContent: `n/a: ${reason}` });
      const off = side(value, aim);
      const remarks = [off, reason].filter(Boolean).map((remark) => ` (${remark.replace(/^\(|\)$/g, "")})`).join("");
      return make("td", { className: off ? "off" : "", textContent: `${shown(value, aim)} ${unit}${remarks}` });
    };
    const rows = data.metrics.map(([name, value, unit, aim, , reason]) => make("tr", {},
      make("th", { scope: "row", textContent: name.replaceAll("_", " ") }),
      cell(value, unit, aim, reason),
      make("td", { textContent: aim ? target(aim) : "" })));
    table.append(make("tbody", {}, ...rows));
    return make("section", {}, make("h3", { textContent: "In numbers" }), table);
  };

  // The time axis: everything above each other, second by second

  const PIXELS_A_SECOND = 56;
  const timeline = (data, seek, audio) => {
    const width = Math.max(document.querySelector("main").clientWidth - 90, data.seconds * PIXELS_A_SECOND);
    const x = (seconds) => (seconds / data.seconds) * width;
    const lanes = { events: 60, pitch: 110, loud: 50, wave: 70, words: data.words.length ? 48 : 0 };
    const top = { pitch: lanes.events, loud: lanes.events + lanes.pitch + 8 };
    top.wave = top.loud + lanes.loud + 8;
    top.words = top.wave + lanes.wave + 6;
    const height = top.words + lanes.words + 20;
    const svg = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    for (let second = 0; second <= data.seconds; second++) {
      svg.append(draw("line", { class: "axis", x1: x(second), x2: x(second), y1: lanes.events, y2: height - 16 }));
      svg.append(draw("text", { x: x(second) + 2, y: height - 4 }, `${second} s`));
    }
    const middle = (index) => ((index + 0.5) * data.step / data.seconds) * width;
    // Pitch: ±12 semitones; what lies further is drawn at the edge.
    const semitone = (tenths) => top.pitch + lanes.pitch / 2 - Math.max(-12, Math.min(12, tenths / 10)) * (lanes.pitch / 24);
    for (const step of [-6, 0, 6]) {
      svg.append(draw("line", { class: step ? "axis" : "median", x1: 0, x2: width, y1: semitone(step * 10), y2: semitone(step * 10) }));
      svg.append(draw("text", { x: 3, y: semitone(step * 10) - 3 }, step > 0 ? `+${step} st` : `${step} st`));
    }
    let path = "";
    let pen = false;
    data.pitch.forEach((value, index) => {
      if (value !== null) path += `${pen ? "L" : "M"}${middle(index).toFixed(1)} ${semitone(value).toFixed(1)}h.1`;
      pen = value !== null;
    });
    svg.append(draw("path", { class: "pitchline", d: path || "M0 0" }));
    const level = (db) => top.loud + lanes.loud * Math.min(1, -db / 60);
    const line = data.intensity.map((db, index) => `${middle(index).toFixed(1)},${level(db).toFixed(1)}`).join(" ");
    svg.append(draw("polyline", { class: "loudline", points: line }));
    const centre = top.wave + lanes.wave / 2;
    const edge = (sign) => data.envelope.map((value, index) => `${middle(index).toFixed(1)} ${(centre + sign * value * lanes.wave / 200).toFixed(1)}`);
    svg.append(draw("path", { class: "wave", d: `M0 ${centre}L${edge(-1).join("L")}L${edge(1).reverse().join("L")}Z` }));
    data.words.forEach(([text, start], index) => {
      const word = draw("text", { class: "word", x: x(start), y: top.words + 12 + (index % 3) * 15 }, text);
      if (seek) word.addEventListener("click", (event) => { event.stopPropagation(); seek(start); });
      svg.append(word);
    });
    const canvas = make("div", { className: "canvas" }, svg);
    canvas.style.width = `${width}px`;
    for (const event of events(data)) {
      const mark = make(seek ? "button" : "span", { className: `mark ${event.kind}`, textContent: event.label, title: `${clock(event.start)}: ${event.title}` });
      if (seek) {
        mark.type = "button";
        mark.setAttribute("aria-label", `${clock(event.start)}: ${event.title}`);
        mark.addEventListener("click", (click) => { click.stopPropagation(); seek(event.start); });
      }
      mark.style.left = `${x(event.start)}px`;
      mark.style.width = `${x(event.end - event.start)}px`;
      mark.style.top = event.kind.startsWith("filled_pause") ? "2px" : "30px";
      canvas.append(mark);
    }
    if (audio) {
      const head = make("div", { className: "head" });
      canvas.append(head);
      const follow = () => { head.style.left = `${x(Math.min(audio.currentTime, data.seconds))}px`; };
      for (const name of ["timeupdate", "seeking", "loadedmetadata"]) audio.addEventListener(name, follow);
      canvas.addEventListener("click", (event) => seek(Math.max(0, (event.clientX - canvas.getBoundingClientRect().left) / width * data.seconds)));
    }
    return make("div", { className: "time", tabIndex: 0, role: "group", "aria-label": "Time axis; every event is in the list below as well" }, canvas);
  };

  table.dataset.ready = "yes";
})();
