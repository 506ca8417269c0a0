/* One question of the pool; which one, the launch parameters say. The answer is judged when it is handed in. */
(function () {
  "use strict";

  const QUESTIONS = [
    ["5 · 7", "35"],
    ["48 : 6", "8"],
    ["9²", "81"],
    ["125 − 78", "47"],
    ["0,5 · 12", "6"],
    ["17 + 26", "43"],
  ];
  const page = document.documentElement;
  const part = new URLSearchParams(location.search).get("part") || "1";
  const [question, right] = QUESTIONS[Number(part) - 1];
  const answer = document.getElementById("answer");
  Sco.start();
  document.getElementById("question").textContent = `${question} = ?`;
  document.querySelector("[data-part]").textContent = part;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (button.dataset.do === "language") {
      page.lang = page.dataset.language = page.lang === "kk" ? "ru" : "kk";
    } else if (answer.value.trim()) {
      handIn(answer.value.trim().replace(",", "."));
    } else {
      answer.focus();
    }
  });

  function handIn(given) {
    const good = Number(given) === Number(right);
    const numeric = Number.isFinite(Number(given)) ? String(Number(given)) : "0";
    Sco.answer({ id: `question-${part}`, type: "numeric", response: [numeric], correct: [right], right: good, description: question });
    Sco.score(good ? 1 : 0);
    Sco.passed(good);
    Sco.finish("continue");
    answer.disabled = true;
    document.querySelector("[role=status]").textContent = good ? "✓" : "✗";
  }
})();
