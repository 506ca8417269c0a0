/* The moving figures of the lessons: a slider changes a value, the drawing and the number follow. */
(function () {
  "use strict";

  const G = 10; // N/kg, as the textbook rounds it

  function figure(name, draw) {
    const box = document.querySelector(`[data-figure="${name}"]`);
    if (!box) return;
    const part = (key) => box.querySelector(`[data-part="${key}"]`);
    const put = (key, text) => { box.querySelector(`[data-out="${key}"]`).textContent = text; };
    const value = (key) => {
      const input = box.querySelector(`[data-in="${key}"]`);
      const pressed = input.querySelector && input.querySelector('[aria-pressed="true"]');
      return Number(pressed ? pressed.value : input.value);
    };
    const redraw = () => draw(value, part, put);
    box.addEventListener("input", redraw);
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      button.parentElement.querySelectorAll("button").forEach((one) => {
        one.setAttribute("aria-pressed", String(one === button));
      });
      redraw();
    });
    document.querySelector(".switch").addEventListener("click", redraw);
    redraw();
  }

  function place(element, values) {
    Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
  }

  /* 12 500 Pa reads better as 12,5 kPa. */
  function pascals(value) {
    const [size, kk] = value >= 1e6 ? [1e6, "МПа"] : value >= 1000 ? [1000, "кПа"] : [1, "Па"];
    return `${plain(value / size)} ${kk}`;
  }

  function plain(value) {
    const rounded = value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
    return rounded.toLocaleString("ru-RU").replace(/\u00a0/g, "\u202f");
  }

  function arrow(line, head, x, from, to) {
    const way = Math.sign(to - from);
    place(line, { d: `M${x} ${from}V${to}` });
    place(head, { d: `M${x - 10} ${to}h20l-10 ${18 * way}z` });
  }

  function solid(value, part, put) {
    const force = value("force");
    const area = value("area");
    const pressure = force / (area / 10000);
    const width = 22 * Math.sqrt(area);
    const sunk = Math.min(90, 12 * Math.log2(1 + pressure / 2500)); // deeper with pressure, but sand hardens
    const left = 320 - width / 2;
    const bottom = 140 + sunk;
    place(part("sand"), { d: `M0 140H${left}V${bottom}h${width}V140H640V260H0z` });
    place(part("block"), { x: left, y: bottom - 66, width, height: 66 });
    const top = bottom - 70;
    arrow(part("shaft"), part("head"), 320, Math.max(6, top - 30 - force / 10), top - 16);
    place(part("force"), { x: 336, y: Math.max(24, top - 24) });
    put("force", `${force} Н`);
    put("area", `${area} см²`);
    put("pressure", pascals(pressure));
  }

  function depth(value, part, put) {
    const deep = value("depth");
    const density = value("liquid");
    const y = 60 + 18 * deep;
    const pressure = density * G * deep;
    const rise = Math.min(80, Math.sqrt(pressure / 1360000) * 80);
    place(part("liquid"), {
      y: 60, height: 200,
      fill: density > 10000 ? "var(--metal)" : density > 900 ? "var(--water)" : "#e9d08a",
    });
    place(part("probe"), { cx: 170, cy: y });
    place(part("tube"), { d: `M170 ${y}V10H480V40` });
    place(part("measure"), { d: `M306 60V${y}` });
    place(part("depth"), { y: (60 + y) / 2 + 6 });
    place(part("gauge"), { d: `M480 ${150 + rise}V230a30 30 0 0 0 60 0V${150 - rise}` });
    put("depth", `${plain(deep)} м`);
    put("pressure", `${plain(density)} · ${G} · ${plain(deep)} = ${pascals(pressure)}`);
  }

  function press(value, part, put) {
    const force = value("force");
    const small = value("small");
    const large = value("large");
    const lift = (force * large) / small;
    const narrow = 20 + 4 * small;
    const wide = 60 + 1.4 * large;
    place(part("left"), { x: 150 - narrow / 2, y: 140, width: narrow, height: 80 });
    place(part("right"), { x: 430 - wide / 2, y: 110, width: wide, height: 110 });
    place(part("small"), { x: 150 - narrow / 2, y: 126, width: narrow, height: 16 });
    place(part("large"), { x: 430 - wide / 2, y: 96, width: wide, height: 16 });
    arrow(part("down"), part("downhead"), 150, 104 - Math.min(80, force / 2.5), 106);
    arrow(part("up"), part("uphead"), 430, 92, 84 - Math.min(66, 14 * Math.log10(1 + lift)));
    place(part("f1"), { x: 168, y: 92 });
    place(part("f2"), { x: 450, y: 60 });
    put("force", `${force} Н`);
    put("small", `${small} см²`);
    put("large", `${large} см²`);
    put("lift", `${force} · ${large} / ${small} = ${plain(lift)} Н`);
  }

  const PLACES = [
    [-1, "Каспий жағасы", "Берег Каспия"], [700, "Алматы", "Алматы"], [1600, "Медеу", "Медеу"],
    [2200, "Шымбұлақ", "Чимбулак"], [3200, "Талғар асуы", "Талгарский перевал"],
    [4900, "Талғар шыңы", "Пик Талгар"], [6900, "Хан Тәңірі", "Хан-Тенгри"],
  ];

  function air(value, part, put) {
    const height = value("height");
    const millimetres = 760 * (1 - 2.25577e-5 * height) ** 5.25588; // the standard atmosphere
    const share = height / 7000;
    const path = part("walker").parentElement.querySelector("path");
    const along = walkTo(path, 262 - 232 * share);
    place(part("walker"), { cx: along.x, cy: along.y - 8 });
    const tall = (240 * millimetres) / 800;
    place(part("mercury"), { y: 262 - tall, height: tall });
    place(part("reading"), { y: 262 - tall + 5 });
    part("reading").textContent = `${Math.round(millimetres)} мм`;
    const russian = document.documentElement.lang === "ru";
    const known = PLACES.filter((one) => one[0] <= height).pop();
    put("height", `${height.toLocaleString("ru-RU")} м`);
    put("place", Math.abs(known[0] - height) <= 100 ? `${known[russian ? 2 : 1]}:` : "");
    put("pressure", `${Math.round(millimetres)} ${russian ? "мм рт. ст." : "мм сын. бағ."} ≈ ${pascals(millimetres * 133.3)}`);
  }

  /* The point of the western slope at this height. */
  function walkTo(path, y) {
    let low = 0;
    let high = path.getTotalLength() / 2;
    for (let step = 0; step < 24; step += 1) {
      const middle = (low + high) / 2;
      const point = path.getPointAtLength(middle);
      if (point.y > y && point.x < 400) low = middle; else high = middle;
    }
    return path.getPointAtLength(low);
  }

  figure("solid", solid);
  figure("depth", depth);
  figure("press", press);
  figure("air", air);
})();
