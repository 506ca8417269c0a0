/* The moving figures of the lessons on fractions: sliders change numerator and denominator. */
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function figure(name, draw) {
    const box = document.querySelector(`[data-figure="${name}"]`);
    if (!box) return;
    const tools = {
      value: (key) => Number(box.querySelector(`[data-in="${key}"]`).value),
      limit: (key, most) => {
        const input = box.querySelector(`[data-in="${key}"]`);
        input.max = most;
        return Math.min(Number(input.value), most);
      },
      part: (key) => {
        const group = box.querySelector(`[data-part="${key}"]`);
        group.replaceChildren();
        return group;
      },
      put: (key, text) => { box.querySelector(`[data-out="${key}"]`).textContent = text; },
    };
    box.addEventListener("input", () => draw(tools));
    draw(tools);
  }

  function add(group, name, values, text) {
    const element = document.createElementNS(SVG, name);
    Object.entries(values).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) element.textContent = text;
    group.append(element);
  }

  function divisor(a, b) {
    return b === 0 ? a : divisor(b, a % b);
  }

  function common(a, b) {
    return (a * b) / divisor(a, b);
  }

  /* A strip of one whole, cut into equal parts, some of them filled. */
  function strip(group, x, y, width, height, whole, taken) {
    for (let index = 0; index < whole; index += 1) {
      add(group, "rect", {
        x: x + (width * index) / whole, y, width: width / whole, height, class: index < taken ? "full" : "empty",
      });
    }
  }

  function pie(group, x, y, radius, whole, taken) {
    if (whole === 1) {
      add(group, "circle", { cx: x, cy: y, r: radius, class: taken ? "full" : "empty" });
      return;
    }
    const at = (index) => {
      const angle = (2 * Math.PI * index) / whole - Math.PI / 2;
      return `${x + radius * Math.cos(angle)} ${y + radius * Math.sin(angle)}`;
    };
    for (let index = 0; index < whole; index += 1) {
      add(group, "path", {
        d: `M${x} ${y}L${at(index)}A${radius} ${radius} 0 0 1 ${at(index + 1)}Z`, class: index < taken ? "full" : "empty",
      });
    }
  }

  function parts({ value, limit, part, put }) {
    const whole = value("whole");
    const taken = limit("taken", whole);
    pie(part("pie"), 130, 120, 100, whole, taken);
    strip(part("bar"), 280, 60, 330, 120, whole, taken);
    put("whole", whole);
    put("taken", taken);
    put("fraction", `${taken}/${whole}${taken === whole ? " = 1" : taken === 0 ? " = 0" : ""}`);
  }

  function equal({ value, limit, part, put }) {
    const whole = value("whole");
    const taken = limit("taken", whole);
    const times = value("times");
    strip(part("above"), 20, 20, 600, 70, whole, taken);
    strip(part("below"), 20, 110, 600, 70, whole * times, taken * times);
    put("whole", whole);
    put("taken", taken);
    put("times", times);
    put("fraction", `${taken}/${whole} = (${taken} · ${times})/(${whole} · ${times}) = ${taken * times}/${whole * times}`);
  }

  /* The ray from 0 to 1 with its parts and one marked point. */
  function ray(group, y, taken, whole) {
    add(group, "path", { d: `M40 ${y}H610`, class: "stroke" });
    for (let index = 0; index <= whole; index += 1) {
      add(group, "path", { d: `M${40 + (540 * index) / whole} ${y - 8}v16`, class: "stroke" });
    }
    add(group, "text", { x: 36, y: y + 32, class: "small" }, "0");
    add(group, "text", { x: 576, y: y + 32, class: "small" }, "1");
    const x = 40 + (540 * taken) / whole;
    add(group, "path", { d: `M40 ${y}H${x}`, stroke: "var(--main)", "stroke-width": 7 });
    add(group, "circle", { cx: x, cy: y, r: 9, class: "warm" });
    add(group, "text", { x: x - 14, y: y - 18 }, `${taken}/${whole}`);
  }

  function compare({ value, limit, part, put }) {
    const b = value("b");
    const d = value("d");
    const a = limit("a", b);
    const c = limit("c", d);
    ray(part("first"), 60, a, b);
    ray(part("second"), 160, c, d);
    Object.entries({ a, b, c, d }).forEach(([key, number]) => put(key, number));
    const whole = common(b, d);
    const left = (a * whole) / b;
    const right = (c * whole) / d;
    const sign = left > right ? ">" : left < right ? "<" : "=";
    put("sign", `${a}/${b} ${sign} ${c}/${d}   (${left}/${whole} ${sign} ${right}/${whole})`);
  }

  function sum({ value, limit, part, put }) {
    const b = value("b");
    const d = value("d");
    const a = limit("a", b);
    const c = limit("c", d);
    const whole = common(b, d);
    const left = (a * whole) / b;
    const right = (c * whole) / d;
    strip(part("first"), 20, 15, 290, 60, b, a);
    strip(part("second"), 330, 15, 290, 60, d, c);
    const total = part("total");
    for (let one = 0; one < 2; one += 1) {
      strip(total, 20 + one * 310, 150, 290, 60, whole, Math.max(0, Math.min(whole, left + right - one * whole)));
    }
    add(total, "text", { x: 300, y: 118 }, "=");
    add(total, "text", { x: 314, y: 50 }, "+");
    Object.entries({ a, b, c, d }).forEach(([key, number]) => put(key, number));
    put("equation", `${a}/${b} + ${c}/${d} = ${left}/${whole} + ${right}/${whole} = ${simple(left + right, whole)}`);
  }

  function simple(taken, whole) {
    const shared = divisor(taken, whole);
    const short = `${taken / shared}/${whole / shared}`;
    const plain = `${taken}/${whole}`;
    const mixed = taken > whole && taken % whole ? ` = ${Math.floor(taken / whole)} + ${(taken % whole) / shared}/${whole / shared}` : "";
    if (taken % whole === 0) return `${plain} = ${taken / whole}`;
    return (short === plain ? plain : `${plain} = ${short}`) + mixed;
  }

  figure("parts", parts);
  figure("equal", equal);
  figure("compare", compare);
  figure("sum", sum);
})();
